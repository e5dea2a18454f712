"""What outlives a conversation, also when the disk is full."""

from __future__ import annotations

import asyncio

from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.base.error import PartError
from roomtone.store.store import Store

NOON = 1_790_000_000.0


async def opened(days: int = 30) -> tuple[Memory, Bulletin]:
    bulletin = Bulletin()
    memory = await Memory.open(await Store.open(), StreamClock(NOON), bulletin, days)
    return memory, bulletin


def tell_a_turn(bulletin: Bulletin, turn: int = 1) -> None:
    bulletin.publish(event.WakeHeard(turn=turn, phrase="alexa", score=0.9))
    bulletin.publish(event.Understood(turn=turn, text="who", confidence=0.8))
    bulletin.publish(event.ReplyFinished(turn=turn, by="llama", text="You.", spoken_text="You."))


def test_turns_are_written_from_their_events() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        tell_a_turn(bulletin)
        await memory.drain()
        (turn,) = await memory.history(5)
        assert (turn.heard, turn.spoken, turn.wake_phrase) == ("who", "You.", "alexa")
        assert (await memory.turn(None)) == turn
        await memory.close()

    asyncio.run(keep())


def test_nothing_is_kept_when_the_owner_keeps_nothing() -> None:
    async def keep() -> None:
        memory, bulletin = await opened(days=0)
        tell_a_turn(bulletin)
        await memory.drain()
        assert await memory.history(5) == []
        await memory.close()

    asyncio.run(keep())


def test_mute_and_volume_are_remembered() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        await memory.set_volume(0.4)
        bulletin.publish(event.Muted(on=True))
        await memory.drain()
        again = await Memory.open(memory._store, StreamClock(NOON), Bulletin(), 30)
        assert (again.volume, again.muted) == (0.4, True)
        await memory.close()

    asyncio.run(keep())


def test_timers_come_back_the_next_one_first() -> None:
    async def keep() -> None:
        memory, _ = await opened()
        told: list[int] = []
        memory.on_timers(lambda: told.append(1))
        await memory.add_timer(60, "late", NOON)
        await memory.add_timer(10, "soon", NOON)
        again = await Memory.open(memory._store, StreamClock(NOON), Bulletin(), 30)
        assert [timer.name for timer in await again.timers()] == ["soon", "late"]
        await memory.cancel_timers(tuple(timer.id for timer in await memory.timers()))
        assert await memory.timers() == ()
        assert len(told) == 3
        await memory.close()

    asyncio.run(keep())


class FullDisk:
    """A store whose disk is full."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str):
        if name.startswith(("add", "cancel", "set_")):

            async def refuse(*_args: object) -> None:
                raise PartError("store", "the disk is full")

            return refuse
        return getattr(self._store, name)


def test_a_full_disk_costs_the_record_not_the_timer() -> None:
    async def keep() -> None:
        bulletin, told = Bulletin(), []
        bulletin.listen(told.append)
        store = FullDisk(await Store.open())
        memory = await Memory.open(store, StreamClock(NOON), bulletin, 30)
        timer = await memory.add_timer(10, "tea", NOON)
        assert await memory.timers() == (timer,)
        tell_a_turn(bulletin)
        await memory.drain()
        faults = [one for one in told if isinstance(one, event.Fault)]
        assert [(one.part, one.action) for one in faults] == [("store", "kept in memory")] * 2
        await memory.close()

    asyncio.run(keep())
