"""A power cut costs nothing that was confirmed, and no word is readable without the key."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from roomtone.store.store import Store

pytestmark = pytest.mark.sound

WRITER = """
import asyncio, pathlib, sys
from roomtone.base.room import Timer
from roomtone.store.store import Store
from roomtone.turn.record import Turn

EGG = Timer(id=0, name="egg", seconds=60, due=60.0)

async def live(folder):
    store = await Store.open(folder / "roomtone.db", folder / "key")
    while True:
        number = await store.add_turn(Turn(started=1.0, heard="canary " * 50))
        timer = await store.add_timer(EGG)
        print(number, timer, flush=True)

asyncio.run(live(pathlib.Path(sys.argv[1])))
"""


def killed_after(folder: Path, lines: int) -> list[tuple[int, int]]:
    """What a writer confirmed before it was killed, at or after line `lines`."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    told = [writer.stdout.readline() for _ in range(lines)]
    writer.send_signal(signal.SIGKILL)
    told += writer.communicate()[0].splitlines(keepends=True)
    whole = [line.split() for line in told if line.endswith("\n")]
    return [(int(turn), int(timer)) for turn, timer in whole]


async def kept(folder: Path) -> tuple[set[int], set[int]]:
    store = await Store.open(folder / "roomtone.db", folder / "key")
    turns = {turn.id for turn in await store.turns(100_000)}
    timers = {timer.id for timer in await store.timers()}
    await store.close()
    return turns, timers


@pytest.mark.parametrize("lines", [1, 2, 3, 5, 9, 17, 33, 60])
def test_what_was_confirmed_is_there_after_the_kill(tmp_path: Path, lines: int) -> None:
    confirmed = killed_after(tmp_path, lines)
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"canary" not in on_disk
    turns, timers = asyncio.run(kept(tmp_path))
    assert {turn for turn, _ in confirmed} <= turns
    assert {timer for _, timer in confirmed} <= timers
    assert len(turns) - len(confirmed) <= 1
