"""What happens to the memory when the disk is full, hangs, fails, or comes late."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
import time

import pytest

from roomtone.app import disk
from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.base.error import PartError
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store

SEVEN = dt.datetime(2026, 9, 22, 7, 0)  # noqa: DTZ001 - the wall has no zone
NOON = 1_790_000_000.0


async def opened(days: int = 30) -> tuple[Memory, Bulletin]:
    bulletin = Bulletin()
    memory = await Memory.open(
        await Store.open(), StreamClock(NOON), bulletin, KeepSettings(days=days)
    )
    return memory, bulletin


def tell_a_turn(bulletin: Bulletin, turn: int = 1) -> None:
    bulletin.publish(event.WakeHeard(turn=turn, phrase="alexa", score=0.9))
    bulletin.publish(event.Understood(turn=turn, text="who", confidence=0.8))
    bulletin.publish(event.ReplyFinished(turn=turn, by="llama", text="You.", spoken_text="You."))


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

    def muted(self) -> None:
        return None

    def guests(self) -> bool:
        return False

    def busy(self) -> bool:
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
        memory = await Memory.open(Lazy(ill), StreamClock(NOON), bulletin, KeepSettings())
        writing = asyncio.create_task(memory.write())
        old = await memory.add_timer(30, "old", NOON)
        ill.kind = "disk_full"
        tea = await memory.add_timer(10, "tea", NOON)
        await memory.cancel_timers((old.id,))
        await memory.set_volume(0.3)
        await memory.add_alarm(SEVEN)
        tell_a_turn(bulletin)
        assert await memory.timers() == (tea,)
        assert [turn.heard for turn in await memory.archive.turns(5)] == ["who"]
        await asyncio.sleep(0.05)
        assert faults(told) == [("disk_full", False)]
        await memory.alive()
        ill.kind = ""
        await well_again(memory)
        assert faults(told) == [("disk_full", False), ("disk_full", True)]
        again = await Memory.open(ill._store, StreamClock(NOON), Bulletin(), KeepSettings())
        assert [timer.name for timer in await again.timers()] == ["tea"]
        assert [alarm.at for alarm in await again.alarms()] == [SEVEN]
        assert again.volume == 0.3
        assert [turn.heard for turn in await again.archive.turns(5)] == ["who"]
        writing.cancel()
        await memory.close()

    asyncio.run(keep())


@pytest.mark.usefixtures("quick")
def test_a_disk_that_is_ill_at_the_start_is_told_and_taken_over_later() -> None:
    async def keep() -> None:
        store = await Store.open()
        before = await Memory.open(store, StreamClock(NOON), Bulletin(), KeepSettings())
        await before.add_timer(30, "kept", NOON)
        ill = IllDisk(store)
        ill.kind = "database_bad"
        bulletin, told = Bulletin(), []
        memory = await Memory.open(Lazy(ill), StreamClock(NOON), bulletin, KeepSettings())
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
        memory = await Memory.open(store, StreamClock(NOON), bulletin, KeepSettings())
        free = threading.Event()
        store._access._thread.submit(free.wait)
        timer = await memory.add_timer(10, "tea", NOON)
        assert await memory.timers() == (timer,)
        assert faults(told) == [("disk_failed", False)]
        await memory.alive()
        free.set()
        await well_again(memory)
        assert [timer.name for timer in await store.timers()] == ["tea"]
        await memory.close()

    asyncio.run(keep())


@pytest.mark.usefixtures("quick")
def test_choices_that_are_found_late_are_taken_over_and_told() -> None:
    async def keep() -> None:
        store = await Store.open()
        await store.set_setting("volume", "0.3")
        await store.set_setting("muted", "yes")
        ill = IllDisk(store)
        ill.kind = "database_bad"
        memory = await Memory.open(Lazy(ill), StreamClock(NOON), Bulletin(), KeepSettings())
        told: list[tuple[float, bool]] = []
        memory.on_choices(lambda: told.append((memory.volume, memory.muted)))
        writing = asyncio.create_task(memory.write())
        assert (memory.volume, memory.muted) == (1.0, False)
        ill.kind = ""
        await well_again(memory)
        assert told == [(0.3, True)]
        writing.cancel()
        await memory.close()

    asyncio.run(keep())


def test_a_disk_that_is_told_to_hang_holds_up_neither_the_watchdog_nor_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 0.2)
    monkeypatch.setattr("roomtone.store.access.CLOSING", 0.1)

    async def keep() -> None:
        memory, _ = await opened()
        free = threading.Event()
        memory.store._access._thread.submit(free.wait)
        try:
            async with asyncio.timeout(2):
                asked = asyncio.create_task(memory.alive())
                await memory.set_volume(0.5)
                await asked
                await memory.close()
        finally:
            free.set()

    asyncio.run(keep())


@pytest.mark.usefixtures("quick")
def test_any_failure_of_the_disk_is_told_by_its_type_and_tried_again() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        told: list[event.Event] = []
        bulletin.listen(told.append)
        failures = [ValueError("private"), KeyError("private")]
        save = memory._disk._save

        async def fail() -> None:
            if failures:
                raise failures.pop()
            await save()

        memory._disk._save = fail
        writing = asyncio.create_task(memory.write())
        await asyncio.sleep(0.01)
        await memory.set_volume(0.5)
        await well_again(memory)
        assert faults(told) == [("disk_failed", False), ("disk_failed", True)]
        assert "KeyError" in told[0].fault
        assert "private" not in told[0].fault
        writing.cancel()
        await memory.close()

    asyncio.run(keep())


def test_a_store_that_is_at_a_long_piece_of_work_is_not_ill(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 0.05)

    async def keep() -> None:
        told: list[event.Event] = []
        bulletin = Bulletin()
        bulletin.listen(told.append)
        memory = await Memory.open(await Store.open(), StreamClock(NOON), bulletin, KeepSettings())

        def forgetting(_database: object) -> None:
            time.sleep(0.2)

        long = asyncio.create_task(memory.store._access.do_long(forgetting))
        await asyncio.sleep(0.01)
        await memory.set_volume(0.3)
        assert told == []
        await long
        await memory.drain()
        assert await memory.store.setting("volume", "") == "0.3"
        await memory.close()

    asyncio.run(keep())
