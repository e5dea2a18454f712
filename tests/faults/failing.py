"""Works on a database whose N-th operation on the disk fails, for every N, and looks what is left.

    python failing.py FOLDER fill|migrate fail|kill

One operation fails and the next ones succeed; with `kill` the process dies in its place. Tells as
JSON how many operations there are, and after which of them something acknowledged was missing.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TextIO

import apsw

from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import Timer
from roomtone.store import choices, database, migrations, timers, turns
from roomtone.turn.record import Turn

KEY = bytes(range(32))


class Faulty(apsw.VFS):
    """The operating system's files, of which one call fails."""

    def __init__(self) -> None:
        self.calls = 0
        self.number = 0
        self.kill = False
        super().__init__("faulty", "unix")

    def step(self) -> None:
        """One operation; the chosen one fails."""
        self.calls += 1
        if self.calls == self.number:
            if self.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise apsw.IOError("told to fail")

    def xOpen(self, name: object, flags: list[int]) -> File:  # noqa: N802 - the library's name
        return File(self, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: N802 - as above
        self.step()
        super().xDelete(name, sync_folder)


class File(apsw.VFSFile):
    """One file of `Faulty`."""

    def __init__(self, disk: Faulty, name: object, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("unix", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - the library's name
        self._disk.step()
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - as above
        self._disk.step()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - as above
        self._disk.step()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - as above
        self._disk.step()
        super().xTruncate(size)


def fill(path: Path, log: TextIO) -> None:
    """Keep a few things, and note each that is acknowledged."""
    store = database.Database(path, KEY)
    for number in range(4):
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
            log.write(name + "\n")
            log.flush()
    store.close()


def old(path: Path) -> list[str]:
    """Make a database of the first schema, with a timer."""
    newest, database.MIGRATIONS = database.MIGRATIONS, migrations.MIGRATIONS[:1]
    try:
        store = database.Database(path, KEY)
        store.write("INSERT INTO timers (name, seconds, due) VALUES ('timer 0', 60, 60.0)")
        store.close()
    finally:
        database.MIGRATIONS = newest
    return ["timer 0"]


def found(path: Path) -> set[str]:
    """What is there when everything works again."""
    store = database.Database(path, KEY)
    names = {turn.heard for turn in turns.newest(store, 99)}
    names |= {timer.name for timer in timers.running(store)}
    names |= {name for (name,) in store.read("SELECT name FROM choices")}
    assert store.read("PRAGMA integrity_check") == [("ok",)]
    store.close()
    return names


def one(folder: Path, number: int, work: str, how: str) -> tuple[int, set[str]]:
    """In a process of its own, let operation `number` fail; (operations, what is missing)."""
    folder.mkdir()
    path, told = folder / "roomtone.db", folder / "told"
    before = old(path) if work == "migrate" else []
    told.touch()
    if not (child := os.fork()):
        with told.open("w") as log:
            work_on(path, number, work, how == "kill", log)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), f"operation {number}: status {status}"
    kept = [line.strip() for line in told.read_text().splitlines(keepends=True) if "\n" in line]
    calls = int(kept.pop()) if status == 0 else 0
    return calls, {*before, *kept} - found(path)


def work_on(path: Path, number: int, work: str, kill: bool, log: TextIO) -> None:
    """Do the work on files that fail, and note what is acknowledged, and the operations."""
    disk = Faulty()
    apsw.Connection(str(path.with_name("probe")), vfs="multipleciphers-faulty").close()
    apsw.set_default_vfs("multipleciphers-faulty")
    disk.calls, disk.number, disk.kill = 0, number, kill
    try:
        if work == "migrate":
            database.Database(path, KEY).close()
        else:
            fill(path, log)
    except OwnerError:
        pass  # the start has failed, in one line; nothing more was acknowledged
    log.write(f"{disk.calls}\n")


def main(folder: Path, work: str, how: str) -> None:
    """Every operation in turn."""
    calls, missing = one(folder / "0", 0, work, how)
    assert not missing
    bad = {
        number: sorted(missing)
        for number in range(1, calls + 1)
        if (missing := one(folder / str(number), number, work, how)[1])
    }
    sys.stdout.write(json.dumps({"operations": calls, "bad": bad}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
