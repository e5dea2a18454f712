"""A byte that flips anywhere is noticed, costs at most what the snapshot is old, and never lies."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from roomtone.base.error import OwnerError
from roomtone.store import turns
from roomtone.store.database import Database
from roomtone.store.key import Lock
from roomtone.turn.record import Turn

pytestmark = pytest.mark.fault

FLIPS = 1000
FILES = ("roomtone.db", "roomtone.db-wal", "key")
KEY_TIMES = 200
"""How many times likelier a byte of the key is hit than its size would have it."""

Rows = frozenset[tuple[object, ...]]


class House(NamedTuple):
    """A folder as a power cut leaves it, and what was in it."""

    folder: Path
    snapped: Rows
    """What was there when the snapshot was taken."""
    last: Rows
    """What was there in the end."""
    age: float
    """Seconds from the snapshot to the last write."""


def keep(database: Database, first: int, last: int) -> None:
    for number in range(first, last):
        turns.add(database, Turn(started=number, heard=f"turn {number}", reply="Yes. " * 200))
        database.write("INSERT INTO choices VALUES (?, ?)", (f"choice {number}", "yes"))


def rows(database: Database) -> Rows:
    return frozenset(
        (table, *row)
        for table in ("turns", "choices")
        for row in database.read(f"SELECT * FROM {table}")  # noqa: S608 - two fixed names
    )


@pytest.fixture(scope="module", params=["with a log", "closed in order"])
def house(request, tmp_path_factory) -> House:
    live = tmp_path_factory.mktemp("live")
    path = live / "roomtone.db"
    database = Database(path, Lock(path, live / "key").open())
    keep(database, 0, 40)
    database.write("DELETE FROM turns WHERE id BETWEEN 10 AND 20")
    began = time.time()
    database.snapshot()
    snapped = rows(database)
    database.read("PRAGMA wal_checkpoint(TRUNCATE)")
    keep(database, 40, 50)
    database.write("DELETE FROM turns WHERE id = 30")
    last = rows(database)
    if request.param != "with a log":
        database.close()
    left = tmp_path_factory.mktemp("left") / "state"
    shutil.copytree(live, left, ignore=shutil.ignore_patterns("*-shm"))
    age = time.time() - began
    database.close()
    return House(left, snapped, last, age)


def flip(path: Path, at: int, bits: int) -> None:
    """Flip bits of one byte, as a card does it: without a new time in the file."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[at] ^= bits
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def outcome(house: House, folder: Path, name: str) -> str:
    """What a start on the damaged folder comes to; one word."""
    path = folder / "roomtone.db"
    before = {one: one.read_bytes() for one in folder.iterdir() if one.name in FILES}
    try:
        database = Database(path, Lock(path, folder / "key").open())
    except OwnerError as error:
        untouched = {one: one.read_bytes() for one in before} == before
        return f"refused, {error.kind}" if untouched else "overwritten"
    found, restored = rows(database), database.restored
    assert database.check() == []
    database.write("INSERT INTO choices VALUES ('after', 'yes')")
    database.close()
    if restored is None:
        assert found == house.last, "something is missing or wrong, and nobody is told"
        return "harmless"
    assert found <= house.snapped | house.last
    assert house.snapped & house.last <= found
    assert 0.0 <= restored.lost_s <= house.age + 2.0
    return "restored"


def test_of_a_thousand_flipped_bytes_none_is_missed_and_none_costs_more_than_the_snapshot_is_old(
    house, tmp_path, recovered
):
    draw = random.Random(42)  # noqa: S311 - the same bytes every time
    sizes = {
        name: (house.folder / name).stat().st_size * (KEY_TIMES if name == "key" else 1)
        for name in FILES
        if (house.folder / name).exists()
    }
    seen: Counter[tuple[str, str]] = Counter()
    began = time.monotonic()
    for number in range(FLIPS // 2):
        folder = tmp_path / str(number)
        shutil.copytree(house.folder, folder)
        (name,) = draw.choices([*sizes], [*sizes.values()])
        size = (house.folder / name).stat().st_size
        flip(folder / name, draw.randrange(size), draw.randrange(1, 256))
        seen[name, outcome(house, folder, name)] += 1
        shutil.rmtree(folder)
    each = (time.monotonic() - began) / FLIPS
    assert {what for name, what in seen if name != "key"} <= {"harmless", "restored"}
    assert {what for name, what in seen if name == "key"} <= {"harmless", "refused, database_bad"}
    assert seen["roomtone.db", "restored"] + seen["roomtone.db-wal", "restored"] > FLIPS // 4
    assert seen["key", "refused, database_bad"] > FLIPS // 100
    recovered(42, f"{FLIPS // 2} flipped bytes: {dict(seen)}", each)
