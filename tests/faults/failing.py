"""Works on a database whose N-th operation on the disk fails, for every N, and looks what is left.

    python failing.py FOLDER fill|migrate|snapshot|restore|forget|rotate|protect fail|kill

One operation fails and the next ones succeed; with `kill` the process dies in its place. Tells as
JSON how many operations there are, and after which of them something acknowledged was missing, or
something was left that must not be.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import apsw

from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import Timer
from roomtone.store import choices, connection, database, migrations, snapshots, timers, turns
from roomtone.store.key import Lock
from roomtone.turn.record import Turn

CALLS = ("fsync", "ftruncate", "link", "rename", "unlink", "utime", "write")
"""What the store asks of the operating system itself."""

PASSPHRASE = "a horse of correct height"  # noqa: S105 - it protects nothing

HALF = {"next", "next-journal", "old", "part", "part-journal"}
"""What stands in the names of files that are not whole, or not needed any more."""


class Faulty(apsw.VFS):
    """The operating system's files, of which one call fails."""

    def __init__(self) -> None:
        self.calls = 0
        self.number = 0
        self.kill = False
        super().__init__("faulty", "unix")

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


def opened(path: Path) -> database.Database:
    """The database with its key, as the store opens it."""
    return database.Database(path, lock(path).open())


def lock(path: Path) -> Lock:
    """The key's keeper, with the passphrase if one is needed."""
    made = Lock(path, path.with_name("key"))
    if made.file.exists():
        made.unlock(PASSPHRASE)
    return made


def keep(store: database.Database, first: int, last: int) -> list[str]:
    """Keep a few things; the names of those that are acknowledged."""
    told = []
    for number in range(first, last):
        for name, work in {
            f"turn {number}": lambda n=number: turns.add(
                store, Turn(started=n, heard=f"turn {n}", reply="Yes. " * 500)
            ),
            f"timer {number}": lambda n=number: timers.add(
                store, Timer(id=0, name=f"timer {n}", seconds=60, due=60.0 + n)
            ),
            f"choice {number}": lambda n=number: choices.put(store, f"choice {n}", "yes"),
        }.items():
            try:
                work()
            except PartError:
                continue
            told.append(name)
    return told


def nothing(_path: Path) -> list[str]:
    """Nothing is there before."""
    return []


def old(path: Path) -> list[str]:
    """Make a database of the first schema, with a timer."""
    newest, database.MIGRATIONS = database.MIGRATIONS, migrations.MIGRATIONS[:1]
    try:
        store = opened(path)
        store.write("INSERT INTO timers (name, seconds, due) VALUES ('timer 0', 60, 60.0)")
        store.close()
    finally:
        database.MIGRATIONS = newest
    return ["timer 0"]


def used(path: Path) -> list[str]:
    """Make a database with things in it and a snapshot of them."""
    store = opened(path)
    told = keep(store, 0, 3)
    store.snapshot(1000.0)
    store.close()
    return told


def damaged(path: Path) -> list[str]:
    """Make a database with a snapshot, and damage it."""
    told = used(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    return told


def fill(path: Path, log: TextIO) -> None:
    """Keep things, and note each that is acknowledged."""
    store = opened(path)
    for number in range(4):
        for name in keep(store, number, number + 1):
            log.write(name + "\n")
            log.flush()
    store.close()


def migrate(path: Path, _log: TextIO) -> None:
    """Open it."""
    opened(path).close()


def snapshot(path: Path, log: TextIO) -> None:
    """Keep more, and take two snapshots, so that one goes."""
    store = opened(path)
    for now in (2000.0, 3000.0):
        log.writelines(name + "\n" for name in keep(store, int(now), int(now) + 1))
        log.flush()
        store.snapshot(now)
    store.close()


def forget(path: Path, _log: TextIO) -> None:
    """Forget nothing, which writes the file anew."""
    store = opened(path)
    store.forget()
    store.close()


def rotate(path: Path, log: TextIO) -> None:
    """Change the key; then no file may hold the old one."""
    before = lock(path).open()
    store = opened(path)
    store.rotate(lock(path))
    log.write(f"gone {before.hex()}\n")
    log.flush()
    store.close()


def protect(path: Path, log: TextIO) -> None:
    """Hide the key behind a passphrase; then no file may hold it."""
    keeper = lock(path)
    before = keeper.open()
    keeper.protect(PASSPHRASE)
    log.write(f"gone {before.hex()}\n")
    log.flush()


WORKS: dict[str, tuple[Callable[[Path], list[str]], Callable[[Path, TextIO], None]]] = {
    "fill": (nothing, fill),
    "migrate": (old, migrate),
    "snapshot": (used, snapshot),
    "restore": (damaged, migrate),
    "forget": (used, forget),
    "rotate": (used, rotate),
    "protect": (used, protect),
}
"""What is there before, and what is done on files that fail."""


def found(path: Path) -> set[str]:
    """What is there when everything works again; nothing half done may be left."""
    store = opened(path)
    names = {turn.heard for turn in turns.newest(store, 99)}
    names |= {timer.name for timer in timers.running(store)}
    names |= {name for (name,) in store.read("SELECT name FROM choices")}
    assert store.check() == []
    store.close()
    for copy in snapshots.of(path):
        assert connection.sound(copy, lock(path).open())
    halves = {one.name for one in path.parent.iterdir() if HALF & {*one.name.split(".")}}
    assert not halves, halves
    return names


def left(path: Path, secret: str) -> set[str]:
    """The files in which a key can still be read."""
    return {
        one.name
        for one in path.parent.iterdir()
        if one.name != "told" and secret.encode() in one.read_bytes()
    }


def one(folder: Path, number: int, work: str, how: str) -> tuple[int, set[str]]:
    """In a process of its own, let operation `number` fail; (operations, what is missing)."""
    folder.mkdir()
    path, told = folder / "roomtone.db", folder / "told"
    before = WORKS[work][0](path)
    told.touch()
    if not (child := os.fork()):
        with told.open("w") as log:
            work_on(path, number, work, how == "kill", log)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), f"operation {number}: status {status}"
    kept = [line.strip() for line in told.read_text().splitlines(keepends=True) if "\n" in line]
    calls = int(kept.pop()) if status == 0 else 0
    there = found(path)
    gone = [line.split()[1] for line in kept if line.startswith("gone ")]
    missing = {*before, *(line for line in kept if not line.startswith("gone "))} - there
    return calls, missing | {
        f"{name} holds the old key" for key in gone for name in left(path, key)
    }


def work_on(path: Path, number: int, work: str, kill: bool, log: TextIO) -> None:
    """Do the work on files that fail, and note what is acknowledged, and the operations."""
    disk = Faulty()
    apsw.Connection(str(path.with_name("probe")), vfs="multipleciphers-faulty").close()
    apsw.set_default_vfs("multipleciphers-faulty")
    for name in CALLS:
        disk.watch(name)
    disk.calls, disk.number, disk.kill = 0, number, kill
    with contextlib.suppress(OwnerError, PartError):  # in one line; no more is acknowledged
        WORKS[work][1](path, log)
    log.write(f"{disk.calls}\n")


def main(folder: Path, work: str, how: str) -> None:
    """Every operation in turn."""
    calls, missing = one(folder / "0", 0, work, how)
    assert not missing, missing
    bad = {
        number: sorted(missing)
        for number in range(1, calls + 1)
        if (missing := one(folder / str(number), number, work, how)[1])
    }
    sys.stdout.write(json.dumps({"operations": calls, "bad": bad}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
