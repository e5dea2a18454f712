"""Disks of a test's own, in a mount namespace, and a keeper that lives on one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KEEPER = Path(__file__).with_name("keeper.py")
DAEMON = KEEPER.parents[2] / "daemon"


def namespaces() -> bool:
    """Whether this machine lets us mount file systems that nobody else sees."""
    if os.geteuid() or not shutil.which("unshare") or not shutil.which("nsenter"):
        return False
    return subprocess.run(["unshare", "--mount", "true"], check=False).returncode == 0


class Disk:
    """A small file system on `place`, seen by the processes that are started on it alone."""

    def __init__(self, place: Path, mount: str = "-t tmpfs -o size=4m roomtone") -> None:
        """Mount it with these options of mount(8)."""
        if not namespaces():
            pytest.skip("mounting a disk of our own needs root and mount namespaces")
        self.place = place
        place.mkdir()
        self._holder = subprocess.Popen(
            [
                *("unshare", "--mount", "--propagation", "private", "sh", "-c"),
                f"mount {mount} {place} && chmod 755 {place} && echo up && exec cat",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout is not None
        if self._holder.stdout.readline() != "up\n":
            self.gone()
            pytest.skip(f"this machine cannot mount {mount}")

    @classmethod
    def card(cls, place: Path) -> Disk:
        """An ext4 file system like that of a memory card. It must not be written in error."""
        image = place.with_suffix(".img")
        image.write_bytes(b"")
        os.truncate(image, 16 * 1024 * 1024)
        if not shutil.which("mkfs.ext4"):
            pytest.skip("there is no mkfs.ext4 here")
        subprocess.run(["mkfs.ext4", "-q", image], check=True)
        return cls(place, f"-o loop,errors=remount-ro {image}")

    def run(self, *command: str | Path) -> str:
        """Run a command that sees the disk."""
        return subprocess.run(
            [*self.enter(), *command], check=True, capture_output=True, text=True
        ).stdout

    def enter(self) -> list[str]:
        """What makes a command see the disk."""
        return ["nsenter", f"--mount=/proc/{self._holder.pid}/ns/mnt", f"--wd={self.place}"]

    def remount(self, options: str) -> None:
        """Mount it differently; nothing may have a file open for writing."""
        self.run("mount", "-o", f"remount,{options}", self.place)

    def die(self) -> None:
        """Have the kernel find the card broken: it refuses every write from now on."""
        device = self.run("findmnt", "-no", "SOURCE", self.place).strip()
        Path(f"/sys/fs/ext4/{Path(device).name}/trigger_fs_error").write_text("1")

    def exchange(self) -> None:
        """Put another disk with the same files in its place."""
        self.run("cp", "-a", self.place, f"{self.place}.copy")
        self.run("mount", "-t", "tmpfs", "roomtone", self.place)
        self.run("sh", "-c", f"cp -a {self.place}.copy/state {self.place}/")

    def fill(self) -> None:
        """Leave no byte free."""
        subprocess.run(
            [*self.enter(), "dd", "if=/dev/zero", f"of={self.place}/filler", "bs=4k"],
            check=False,
            stderr=subprocess.DEVNULL,
        )

    def drain(self) -> None:
        """Make room again."""
        self.run("rm", "-f", f"{self.place}/filler")

    def gone(self) -> None:
        self._holder.kill()
        self._holder.communicate()


class Keeper:
    """A process of `keeper.py`; `ask` gives an order and returns the answer."""

    def __init__(self, folder: Path, disk: Disk | None = None, **environment: str) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [*(disk.enter() if disk else []), sys.executable, KEEPER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(DAEMON)} | environment,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def ask(self, order: str) -> object:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def wait_for(self, order: str, answer: object, within: float = 45.0) -> float:
        """Ask until that is the answer; the seconds it took."""
        began = time.monotonic()
        while (said := self.ask(order)) != answer:
            assert time.monotonic() - began < within, f"{order} is {said}, not {answer}"
            time.sleep(0.05)
        return time.monotonic() - began

    def end(self) -> None:
        """Close in order."""
        self.ask("close")
        self.kill()

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.communicate()
