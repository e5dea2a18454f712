"""Keeps hold of every file that is written in a folder, also of those that are gone again."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

KEPT = "traces"
"""Folder in the watched one, with the files that others removed."""

Identity = tuple[int, int]


class Traces:
    """Looks again and again; a file that has gone is kept under another name.

    What lives for less than the time between two looks may be missed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = folder / KEPT
        self._kept.mkdir()
        self._known: set[Identity] = set()
        self._before = {_identity(path.stat()) for path in (*_files(folder), *written())}

    @property
    def count(self) -> int:
        """Files that were written so far."""
        return len(self._known)

    def look(self) -> None:
        """Take hold of what is new."""
        for path in _files(self._folder):
            if self._kept not in path.parents:
                with contextlib.suppress(OSError):
                    if self._new(path.lstat()):
                        os.link(path, self._name())
        for path in written():
            with contextlib.suppress(OSError):
                status = path.stat()
                if status.st_nlink == 0 and _identity(status) not in self._before:
                    self._new(status)
                    shutil.copyfile(path, self._kept / f"gone-{status.st_dev}-{status.st_ino}")

    def trial(self) -> bool:
        """Write a file without a name; whether it was seen."""
        with tempfile.TemporaryFile(dir=self._folder) as file:
            file.write(b"seen?")
            file.flush()
            self.look()
        gone = list(self._kept.glob("gone-*"))
        seen = any(path.read_bytes() == b"seen?" for path in gone)
        for path in gone:
            path.unlink()
        self._known.clear()
        return seen

    def _new(self, status: os.stat_result) -> bool:
        one = _identity(status)
        if one in self._known or one in self._before:
            return False
        self._known.add(one)
        return True

    def _name(self) -> Path:
        return self._kept / str(len(self._known))


def written(pids: Iterator[int] | None = None) -> Iterator[Path]:
    """Descriptors of regular files, as paths, that processes hold open for writing.

    Those of `pids`, else of this process and every one that it started.
    """
    for pid in family(os.getpid()) if pids is None else pids:
        with contextlib.suppress(OSError):
            for path in Path(f"/proc/{pid}/fd").iterdir():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    if stat.S_ISREG(path.stat().st_mode) and _writes(pid, path.name):
                        yield path


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name before the last bracket may hold anything.
            above = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
            below.setdefault(above, []).append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += below.get(one, [])
    yield from found


def _writes(pid: int, descriptor: str) -> bool:
    lines = Path(f"/proc/{pid}/fdinfo/{descriptor}").read_text().splitlines()
    flags = next(line.split()[1] for line in lines if line.startswith("flags:"))
    return bool(int(flags, 8) & (os.O_WRONLY | os.O_RDWR))


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)


def _identity(status: os.stat_result) -> Identity:
    return status.st_dev, status.st_ino
