r"""Works on a database whose N-th operation on the disk fails, for every N, and looks what is left.

    python failing.py FOLDER fill|migrate|snapshot|restore|forget|rotate|protect \
        fail|kill|full [STEP]

One operation fails and the next ones succeed; with `kill` the process dies in its place; with
`full` the disk has room for N pages only. Tells as JSON how many operations there are, or pages
that are too few, and for which of them something acknowledged was missing, or something was left
that must not be. Only every STEP-th operation is tried.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from faults.faulty import Faulty
from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import Timer
from roomtone.store import choices, connection, database, migrations, snapshots, timers, turns
from roomtone.store.key import Lock
from roomtone.turn.record import Turn

PASSPHRASE = "a horse of correct height"  # noqa: S105 - it protects nothing

KINDS = {"turn", "timer", "choice"}
"""What is kept."""

PAGE = 4096
"""Bytes by which the room on the disk differs."""

MOST = 500
"""Pages of room with which anything must work."""

HALF = {"next", "next-journal", "old", "part", "part-journal"}
"""What stands in the names of files that are not whole, or not needed any more."""


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
    """In a process of its own, let operation `number` fail; (operations, what is missing).

    With `full`, (1 when there was not enough room or else 0, what is missing).
    """
    folder.mkdir()
    path, told, filler = folder / "roomtone.db", folder / "told", folder / "filler"
    before = WORKS[work][0](path)
    told.write_text(" " * PAGE)
    if how == "full":
        fill_up(filler, number)
    if not (child := os.fork()):
        with told.open("r+") as log:
            work_on(path, 0 if how == "full" else number, work, how == "kill", log)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), f"operation {number}: status {status}"
    filler.unlink(missing_ok=True)
    kept = [line.strip() for line in told.read_text().splitlines(keepends=True) if "\n" in line]
    calls = int(kept.pop()) if status == 0 else 0
    refused = "refused" in kept
    there = found(path)
    gone = [line.split()[1] for line in kept if line.startswith("gone ")]
    missing = {line for line in (*before, *kept) if line.split()[0] in KINDS} - there
    missing |= {f"{name} holds the old key" for key in gone for name in left(path, key)}
    return (int(refused) if how == "full" else calls), missing


def fill_up(filler: Path, pages: int) -> None:
    """Leave room for that many pages on the disk."""
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(PAGE)):
            pass
    os.truncate(filler, max(0, filler.stat().st_size - pages * PAGE))


def work_on(path: Path, number: int, work: str, kill: bool, log: TextIO) -> None:
    """Do the work on files that fail, and note what is acknowledged, and the operations."""
    disk = Faulty()
    disk.begin(path.with_name("probe"), number, kill=kill)
    try:
        WORKS[work][1](path, log)
    except (OwnerError, PartError):  # in one line; no more is acknowledged
        log.write("refused\n")
    log.write(f"{disk.calls}\n")


def every(folder: Path, work: str, how: str, step: int) -> tuple[int, dict[int, list[str]]]:
    """Every operation, or every number of pages until there is room."""
    calls, missing = (MOST, set()) if how == "full" else one(folder / "0", 0, work, how)
    assert not missing, missing
    bad: dict[int, list[str]] = {}
    for number in range(how != "full", calls + 1, step):
        place = folder / str(number)
        refused, missing = one(place, number, work, how)
        if missing:
            bad[number] = sorted(missing)
        shutil.rmtree(place)
        if how == "full" and not refused:
            return number, bad
    return calls, bad


def main(folder: Path, work: str, how: str, step: str = "1") -> None:
    """Do all, and tell."""
    operations, bad = every(folder, work, how, int(step))
    sys.stdout.write(json.dumps({"operations": operations, "bad": bad}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
