"""A memory that was damaged and mended is told once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store
from roomtone.turn.record import Turn

NOON = 1_790_000_000.0


def damage(database: Path) -> None:
    """Overwrite the middle of the file."""
    content = bytearray(database.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = b"\xff" * 64
    database.write_bytes(content)


async def lived(folder: Path, told: list[event.Event], said: list[str]) -> list[str]:
    """One run of the daemon's memory; what is in it."""
    bulletin = Bulletin()
    store = Store(folder / "roomtone.db", folder / "key")
    memory = await Memory.open(store, StreamClock(NOON), bulletin, KeepSettings())
    bulletin.listen(told.append)
    memory.mending.say = said.append
    writing = asyncio.create_task(memory.write())
    await asyncio.sleep(0.05)
    heard = [turn.heard for turn in await memory.archive.turns(9)]
    memory.archive.add(Turn(started=NOON, heard="who", reply="You."))
    await memory.drain()
    await memory.store.snapshot()
    writing.cancel()
    await memory.close()
    return heard


def test_it_is_told_in_the_journal_and_in_the_room_and_the_turns_are_back(tmp_path: Path) -> None:
    told: list[event.Event] = []
    said: list[str] = []
    asyncio.run(lived(tmp_path, told, said))
    assert (told, said) == ([], [])
    damage(tmp_path / "roomtone.db")
    assert asyncio.run(lived(tmp_path, told, said)) == ["who"]
    (fault,) = told
    assert isinstance(fault, event.Fault)
    assert (fault.part, fault.kind) == ("store", "database_restored")
    assert "who" not in str(fault)
    assert len(said) == 1
    assert "copy" in said[0]
    asyncio.run(lived(tmp_path, told, said))
    assert len(said) == 1
