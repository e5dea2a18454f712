"""A writer that is killed, or whose every operation fails once, loses nothing acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.kills import kill_many
from faults.household import DAEMON

pytestmark = pytest.mark.fault

FAILING = Path(__file__).with_name("failing.py")


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path, recovered):
    toll = kill_many(tmp_path / "state", kills=100, seed=7)
    assert toll.lost == 0
    assert toll.acknowledged > 1000
    recovered(33, f"{toll.kills} kills of a writer: slowest start", toll.slowest)


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
    tmp_path, recovered, work, row, how
):
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, FAILING, tmp_path, work, how],
        env=os.environ | {"PYTHONPATH": str(DAEMON)},
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
