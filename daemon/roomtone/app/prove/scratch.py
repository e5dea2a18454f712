"""A folder of its own for everything that a proof makes; what runs in it ends with it."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import msgspec

from roomtone.app import config_show
from roomtone.app.config import Config
from roomtone.system.settings import CloudSettings, LogSettings, PathSettings

NOT_OURS = (
    "STATE_DIRECTORY",
    "RUNTIME_DIRECTORY",
    "CACHE_DIRECTORY",
    "LOGS_DIRECTORY",
    "CREDENTIALS_DIRECTORY",
    "NOTIFY_SOCKET",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
    "JOURNAL_STREAM",
    "LISTEN_FDS",
    "LISTEN_PID",
    "ROOMTONE_CONFIG",
    "OPENAI_API_KEY",
    "TMP",
    "TEMP",
)
"""Variables that would lead a process to the service's own files, or to the owner's keys."""

AT_HOME = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
}
"""Variable -> the folder in the scratch that it names."""

NICE, FIRST_TO_GO = 5, 900
"""How much it gives way, and how gladly the kernel ends it when memory runs out (proc(5))."""

GRACE = 3.0
"""Seconds that a process has to end when it is told to."""

SHORT = ("/tmp", "/var/tmp")  # noqa: S108 - a folder of its own is made there, mode 0700
"""Where the folder is made: a socket's path must be short."""


class Scratch:
    """Use with `with`; the folder is this user's alone, and gone afterwards."""

    def __init__(self) -> None:
        place = next((one for one in SHORT if os.access(one, os.W_OK)), tempfile.gettempdir())
        self.folder = Path(tempfile.mkdtemp(prefix="roomtone-prove-", dir=place))
        for name in (*AT_HOME.values(), "shm"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_exception: object) -> None:
        for process in self._running:
            end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def place(self, name: str) -> Path:
        """A new folder in it."""
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        return folder

    def environment(self, **more: str) -> dict[str, str]:
        """What a process is started with: nothing of the service's, all folders in here."""
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        return kept | {name: str(self.folder / value) for name, value in AT_HOME.items()} | more

    def start(
        self,
        module: str,
        *arguments: object,
        log: IO[bytes],
        env: Mapping[str, str],
        out: IO[bytes] | None = None,
    ) -> subprocess.Popen[bytes]:
        """`python -m MODULE ARGUMENTS`, its errors to `log`, its output to `out` or `log` too."""
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=out or log,
            stderr=log,
            env=dict(env),
            start_new_session=True,
        )
        with contextlib.suppress(OSError):
            # A dump would hold what was said. A service that runs beside goes first.
            resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
            os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
            Path(f"/proc/{process.pid}/oom_score_adj").write_text(str(FIRST_TO_GO))
        self._running.append(process)
        return process


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The same process; it has ended afterwards."""
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Tell it to end, then make it, with everything that it started."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()


def settings(config: Config, folder: Path, models: Path, /, **sections: msgspec.Struct) -> Path:
    """The owner's configuration as a file in `folder`, which it makes its state; nothing leaves.

    Its log tells everything, for what is said there is to be tried. `sections` change others.
    """
    changed = msgspec.structs.replace(
        config,
        paths=PathSettings(state=str(folder), models=str(models)),
        log=LogSettings(level="debug"),
        **({"cloud": CloudSettings()} | sections),
    )
    file = folder / "config.toml"
    file.write_text(config_show.show(changed))
    return file
