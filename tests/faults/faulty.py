"""Files of which one operation fails, whoever asks: SQLite or the store itself."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import apsw

CALLS = ("fsync", "ftruncate", "link", "rename", "unlink", "utime", "write")
"""What the store asks of the operating system itself."""


class Faulty(apsw.VFS):
    """The operating system's files, of which one call fails."""

    def __init__(self) -> None:
        self.calls = 0
        self.number = 0
        self.kill = False
        super().__init__("faulty", "unix")

    def begin(self, probe: Path, number: int, *, kill: bool) -> None:
        """Have operation `number` of this process fail from now on; `probe` may be written."""
        apsw.Connection(str(probe), vfs="multipleciphers-faulty").close()
        apsw.set_default_vfs("multipleciphers-faulty")
        for name in CALLS:
            self.watch(name)
        self.calls, self.number, self.kill = 0, number, kill

    def step(self) -> bool:
        """One operation; whether it is the chosen one, which fails."""
        self.calls += 1
        if self.calls == self.number and self.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.calls == self.number

    def fail(self) -> None:
        """One operation of the library."""
        if self.step():
            raise apsw.IOError("told to fail")

    def watch(self, name: str) -> None:
        """Count a call of the operating system too."""
        real = getattr(os, name)

        def call(*args: object, **kwargs: object) -> object:
            if self.step():
                raise OSError(errno.EIO, "told to fail")
            return real(*args, **kwargs)

        setattr(os, name, call)

    def xOpen(self, name: object, flags: list[int]) -> File:  # noqa: N802 - the library's name
        return File(self, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802 - as above
        self.fail()
        super().xDelete(name, sync_folder)


class File(apsw.VFSFile):
    """One file of `Faulty`."""

    def __init__(self, disk: Faulty, name: object, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("unix", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - the library's name
        self._disk.fail()
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - as above
        self._disk.fail()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - as above
        self._disk.fail()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - as above
        self._disk.fail()
        super().xTruncate(size)
