"""A machine for a test: a real systemd as process 1 of namespaces of its own, gone afterwards.

The machine sees a copy-on-write view of a root file system: this computer's, or another release of
Debian. It has its own processes, network (loopback alone), cgroups, /run, /tmp and /dev. Needs
root; no container program is involved.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

BOOT = Path(__file__).with_name("boot.sh")
CGROUPS = Path("/sys/fs/cgroup")
PREFIX = "roomtone-machine"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BOOT_PATIENCE = 30.0
NEEDED = ("unshare", "nsenter", "setpriv", "ip", "mount")

Cgroups = Literal["unified", "hybrid"]
Done = subprocess.CompletedProcess[str]

_number = itertools.count()


def missing() -> str:
    """Why no machine is to be had on this computer; empty when it is."""
    if os.geteuid():
        return "a machine of its own needs root"
    if absent := [name for name in NEEDED if not shutil.which(name)]:
        return f"a machine of its own needs the programs {', '.join(absent)}"
    spaces = ("--pid", "--fork", "--mount", "--uts", "--ipc", "--net", "--cgroup")
    tried = subprocess.run(["unshare", *spaces, "true"], capture_output=True, check=False)
    return "this computer gives no namespaces" if tried.returncode else ""


class Machine:
    """Boot with `with`; run commands in it; leaving takes it down with everything in it.

    `root` is a root file system with systemd in it. `binds` are folders and files shared with the
    machine, read-write: a path appears at the same place, a pair of paths as (here, there); with
    the root "/" everything is visible anyway, except /tmp, and what is written vanishes.
    """

    def __init__(
        self,
        root: Path = Path("/"),
        cgroups: Cgroups = "unified",
        binds: Sequence[Path | tuple[Path, Path]] = (),
        target: str = "appliance.target",
    ) -> None:
        self._root = root
        self._cgroups: Cgroups = "unified" if _pure() else cgroups
        self._binds = [(one, one) if isinstance(one, Path) else one for one in binds]
        self._target = target
        self._name = f"{PREFIX}-{os.getpid()}-{next(_number)}"
        self._own_cgroups: list[Path] = []
        self._outer: subprocess.Popen[bytes] | None = None
        self._first = 0

    def __enter__(self) -> Machine:
        _sweep()
        self._scratch = Path(tempfile.mkdtemp(prefix=f"{self._name}."))
        try:
            self._boot()
        except BaseException:
            self._down()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self._down()

    def run(
        self,
        *command: str | Path,
        check: bool = True,
        timeout: float = 60.0,
        given: str | None = None,
        env: dict[str, str] | None = None,
    ) -> Done:
        """Run `command` in the machine as root; with `check` its failure fails the test."""
        done = subprocess.run(
            self.inside(command, env or {}),
            capture_output=True,
            text=True,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            timeout=timeout,
            check=False,
        )
        if check:
            assert not done.returncode, (
                f"{command} -> {done.returncode}: {done.stdout}{done.stderr}"
            )
        return done

    def start(self, *command: str | Path, env: dict[str, str] | None = None) -> subprocess.Popen:
        """A command that goes on in the machine; it ends with it at the latest."""
        return subprocess.Popen(
            self.inside(command, env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def sh(self, script: str, *, check: bool = True, timeout: float = 60.0) -> str:
        """What a shell script prints in the machine."""
        return self.run("sh", "-ec", script, check=check, timeout=timeout).stdout

    def host_path(self, inside: Path | str) -> Path:
        """Where this computer sees a path of the machine; no symbolic link may lie on the way."""
        return Path(f"/proc/{self._first}/root{inside}")

    def write(self, inside: Path | str, text: str, mode: int = 0o644) -> None:
        """Make a file in the machine, and its folders."""
        path = self.host_path(inside)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def show(self, unit: str, *names: str) -> dict[str, str]:
        """Properties of a unit."""
        text = self.run("systemctl", "show", unit, *(f"--property={name}" for name in names)).stdout
        return dict(line.split("=", 1) for line in text.splitlines())

    def journal(self, *options: str) -> str:
        """The journal of this boot, in the form that `options` ask of journalctl."""
        self.run("journalctl", "--sync")
        return self.run("journalctl", "--boot", "--no-pager", "--quiet", *options).stdout

    def inside(self, command: Sequence[str | Path], env: dict[str, str]) -> list[str]:
        """The command line, for this computer, that runs `command` in the machine."""
        spaces = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup")
        words = {"PATH": PATH, "LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0", "HOME": "/root"} | env
        return [
            *("nsenter", f"--target={self._first}", *spaces),
            *("env", "-i", "--chdir=/", *(f"{name}={value}" for name, value in words.items())),
            *(str(word) for word in command),
        ]

    def _boot(self) -> None:
        self._own_cgroups = [folder / self._name for folder in _hierarchies(self._cgroups)]
        for folder in self._own_cgroups:
            folder.mkdir()
        join = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"'
        binds = [str(path) for pair in self._binds for path in pair]
        log = (self._scratch / "log").open("wb")
        self._outer = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "KILL", "sh", "-ec", join, "join"),
                *(*map(str, self._own_cgroups), "--", "unshare", "--pid", "--fork"),
                *("--kill-child=KILL", "--mount", "--uts", "--ipc", "--net", "--cgroup"),
                *("--propagation", "private", "bash", str(BOOT), str(self._scratch)),
                *(str(self._root), self._cgroups, self._target, *binds),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        end = time.monotonic() + BOOT_PATIENCE
        while not self._has_systemd():
            assert self._outer.poll() is None, f"no boot: {(self._scratch / 'log').read_text()}"
            assert time.monotonic() < end, "systemd did not start"
            time.sleep(0.02)
        state = self.run("systemctl", "is-system-running", "--wait", check=False).stdout.strip()
        if state != "running":
            raise AssertionError(
                f"{state}: {self.sh('systemctl --failed --no-pager', check=False)}"
            )

    def _has_systemd(self) -> bool:
        assert self._outer is not None
        outer = self._outer.pid
        with contextlib.suppress(OSError, IndexError, ValueError):
            self._first = int(Path(f"/proc/{outer}/task/{outer}/children").read_text().split()[0])
            name = Path(f"/proc/{self._first}/comm").read_text().strip()
            return name == "systemd" and self.host_path("/run/systemd/private").exists()
        return False

    def _down(self) -> None:
        if self._outer is not None:
            self._outer.kill()  # its child is process 1, which takes everything else with it
            self._outer.wait()
        for folder in self._own_cgroups:
            _remove(folder)
        shutil.rmtree(self._scratch, ignore_errors=True)


def _pure() -> bool:
    """Whether this computer has cgroup2 alone; then limits bite in it."""
    return (CGROUPS / "cgroup.controllers").exists()


def limits_bite(cgroups: Cgroups) -> bool:
    """Whether MemoryMax and TasksMax do anything in such a machine here."""
    return cgroups == "hybrid" or _pure()


def _hierarchies(cgroups: Cgroups) -> list[Path]:
    """Where this process stands in each tree of cgroups that the machine needs a branch of."""
    if _pure():
        return [CGROUPS]
    folders = [CGROUPS / "unified"]
    if cgroups == "hybrid":
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _id, tree, branch = line.split(":", 2)
            if tree in {"memory", "pids", "devices", "name=systemd"}:
                folders.append(CGROUPS / tree.removeprefix("name=") / branch.lstrip("/"))
    return folders


def _remove(folder: Path) -> None:
    """Remove a branch of cgroups; the last processes in it may still be dying."""
    end = time.monotonic() + 3
    while folder.exists() and time.monotonic() < end:
        for inner, _folders, _files in os.walk(folder, topdown=False):
            with contextlib.suppress(OSError):
                Path(inner).rmdir()
        time.sleep(0.02)


def _sweep() -> None:
    """Remove what a test that was killed has left: empty cgroups and folders."""
    places = [*_hierarchies("hybrid"), Path(tempfile.gettempdir())]
    for left in (path for place in places for path in place.glob(f"{PREFIX}-*")):
        if not Path(f"/proc/{left.name.split('-')[2]}").exists():
            _remove(left) if CGROUPS in left.parents else shutil.rmtree(left, ignore_errors=True)
