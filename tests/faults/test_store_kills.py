"""A writer that is killed, or whose every operation fails once, loses nothing acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.killing import DEAR, kill_store
from bench.kills import MEMORY, kill_many
from faults.household import DAEMON, Disk

pytestmark = pytest.mark.fault

FAILING = Path(__file__).with_name("failing.py")
WHOLLY = ("fill", "migrate", "protect")
"""Of these every operation is tried, of the others every third."""
PLACES = f"{DAEMON}:{FAILING.parents[1]}"


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path, recovered):
    toll = kill_many(tmp_path / "state", kills=100, seed=7)
    assert toll.lost == 0
    assert toll.acknowledged > 1000
    recovered(33, f"{toll.kills} kills of a writer: slowest start", toll.slowest)


def test_kills_amid_snapshots_forgetting_and_new_keys_lose_nothing_and_bring_nothing_back(
    memory, recovered
):
    began = time.monotonic()
    toll = kill_store(memory / "state", kills=200, seed=7)
    assert toll.lost == 0
    assert toll.acknowledged > 100
    assert all(toll.hit[work] for work in (*DEAR, "open"))
    recovered(
        33, f"{toll.kills} kills of a light writer: each", (time.monotonic() - began) / toll.kills
    )


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in the memory, where there is one: neither kill nor failure needs a disk."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@pytest.mark.parametrize("how", ["fail", "kill"])
@pytest.mark.parametrize(
    ("work", "row"),
    [
        ("fill", 45),
        ("migrate", 47),
        ("snapshot", 42),
        ("restore", 42),
        ("forget", 45),
        ("rotate", 45),
        ("protect", 45),
    ],
)
def test_whichever_operation_fails_the_file_opens_and_holds_what_was_acknowledged(
    memory, recovered, work, row, how
):
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, FAILING, memory, work, how, "1" if work in WHOLLY else "3"],
        env=os.environ | {"PYTHONPATH": PLACES},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["bad"] == {}
    assert told["operations"] > (5 if work == "protect" else 30)
    each = (time.monotonic() - began) / told["operations"]
    recovered(
        41 if (work, how) == ("fill", "kill") else row,
        f"{work}, operation 1 to {told['operations']}: {how}; opened again",
        each,
    )


@pytest.mark.parametrize("work", ["fill", "migrate", "snapshot", "restore", "forget", "rotate"])
def test_however_little_room_there_is_nothing_is_lost_and_nothing_half_is_left(
    tmp_path, recovered, work
):
    disk = Disk(tmp_path / "disk")
    began = time.monotonic()
    try:
        told = json.loads(
            disk.run(
                *("env", f"PYTHONPATH={PLACES}", sys.executable, FAILING, disk.place, work, "full")
            )
        )
    finally:
        disk.gone()
    assert told["bad"] == {}
    assert told["operations"] > (0 if work == "restore" else 5)
    each = (time.monotonic() - began) / (told["operations"] + 1)
    recovered(43, f"{work} with 0 to {told['operations'] * 4} KiB of room", each)
