"""What outlives a conversation, also when the disk is full."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading

import pytest

from roomtone.app import disk
from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.base.error import PartError
from roomtone.store.store import Store

SEVEN = dt.datetime(2026, 9, 22, 7, 0)  # noqa: DTZ001 - the wall has no zone
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


def test_timers_are_told_by_the_clock_as_it_stands() -> None:
    async def keep() -> None:
        clock = StreamClock(NOON)
        memory = await Memory.open(await Store.open(), clock, Bulletin(), 30)
        await memory.add_timer(60, "tea", NOON)
        clock._start += 3 * 365 * 86_400  # the wall clock leaps, elapsed time does not
        await clock.move(20.0)
        (timer,) = await memory.timers()
        assert timer.due - clock.now() == 40.0
        await memory.drain()
        (kept,) = await memory._store.timers()
        assert kept.due == timer.due
        await memory.close()

    asyncio.run(keep())


def test_alarms_come_back_the_next_one_first() -> None:
    async def keep() -> None:
        memory, _ = await opened()
        await memory.add_alarm(SEVEN)
        await memory.add_alarm(SEVEN - dt.timedelta(minutes=30))
        again = await Memory.open(memory._store, StreamClock(NOON), Bulletin(), 30)
        early, late = await again.alarms()
        assert (early.at, late.at) == (SEVEN - dt.timedelta(minutes=30), SEVEN)
        await again.cancel_alarms((early.id,))
        assert await again.alarms() == (late,)
        await memory.close()

    asyncio.run(keep())


class IllDisk:
    """A store whose disk can fall ill."""

    def __init__(self, store: Store) -> None:
        self.kind = ""
        self._store = store

    def __getattr__(self, name: str):
        if self.kind and name in FAILING:

            async def refuse(*_args: object) -> None:
                raise PartError("store", "refuses", kind=self.kind)

            return refuse
        return getattr(self._store, name)


FAILING = ("add_turn", "add_timer", "add_alarm", "cancel_timers", "set_setting", "setting", "turns")


class Lazy:
    """Methods of a store that can be exchanged while it is in use."""

    def __init__(self, ill: IllDisk) -> None:
        self._ill = ill

    def muted(self) -> bool:
        return False

    def __getattr__(self, name: str):
        async def call(*args: object) -> object:
            return await getattr(self._ill, name)(*args)

        return call


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is tried again at once."""
    monkeypatch.setattr(disk, "RETRY_FIRST", 0.01)


def faults(told: list[event.Event]) -> list[tuple[str, bool]]:
    """Kind, and whether it is the end of it."""
    return [
        (one.kind, one.recovered_ms is not None) for one in told if isinstance(one, event.Fault)
    ]


async def well_again(memory: Memory) -> None:
    async with asyncio.timeout(5):
        while not memory._disk.well:  # noqa: ASYNC110 - the event would be what is tested
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("quick")
def test_what_a_full_disk_refuses_is_kept_and_written_when_there_is_room() -> None:
    async def keep() -> None:
        bulletin, told = Bulletin(), []
        bulletin.listen(told.append)
        ill = IllDisk(await Store.open())
        memory = await Memory.open(Lazy(ill), StreamClock(NOON), bulletin, 30)
        writing = asyncio.create_task(memory.write())
        old = await memory.add_timer(30, "old", NOON)
        ill.kind = "disk_full"
        tea = await memory.add_timer(10, "tea", NOON)
        await memory.cancel_timers((old.id,))
        await memory.set_volume(0.3)
        await memory.add_alarm(SEVEN)
        tell_a_turn(bulletin)
        assert await memory.timers() == (tea,)
        assert [turn.heard for turn in await memory.history(5)] == ["who"]
        await asyncio.sleep(0.05)
        assert faults(told) == [("disk_full", False)]
        await memory.alive()
        ill.kind = ""
        await well_again(memory)
        assert faults(told) == [("disk_full", False), ("disk_full", True)]
        again = await Memory.open(ill._store, StreamClock(NOON), Bulletin(), 30)
        assert [timer.name for timer in await again.timers()] == ["tea"]
        assert [alarm.at for alarm in await again.alarms()] == [SEVEN]
        assert again.volume == 0.3
        assert [turn.heard for turn in await again.history(5)] == ["who"]
        writing.cancel()
        await memory.close()

    asyncio.run(keep())


@pytest.mark.usefixtures("quick")
def test_a_disk_that_is_ill_at_the_start_is_told_and_taken_over_later() -> None:
    async def keep() -> None:
        store = await Store.open()
        before = await Memory.open(store, StreamClock(NOON), Bulletin(), 30)
        await before.add_timer(30, "kept", NOON)
        ill = IllDisk(store)
        ill.kind = "database_bad"
        bulletin, told = Bulletin(), []
        memory = await Memory.open(Lazy(ill), StreamClock(NOON), bulletin, 30)
        bulletin.listen(told.append)
        writing = asyncio.create_task(memory.write())
        assert await memory.timers() == ()
        await memory.add_timer(60, "new", NOON)
        await asyncio.sleep(0.001)
        assert faults(told) == [("database_bad", False)]
        ill.kind = ""
        await well_again(memory)
        assert [timer.name for timer in await memory.timers()] == ["kept", "new"]
        assert len(await store.timers()) == 2
        writing.cancel()
        await memory.close()

    asyncio.run(keep())


def test_a_disk_that_hangs_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 0.05)

    async def keep() -> None:
        bulletin, told = Bulletin(), []
        bulletin.listen(told.append)
        store = await Store.open()
        memory = await Memory.open(store, StreamClock(NOON), bulletin, 30)
        free = threading.Event()
        store._thread.submit(free.wait)
        timer = await memory.add_timer(10, "tea", NOON)
        assert await memory.timers() == (timer,)
        assert faults(told) == [("disk_failed", False)]
        await memory.alive()
        free.set()
        await well_again(memory)
        assert [timer.name for timer in await store.timers()] == ["tea"]
        await memory.close()

    asyncio.run(keep())
