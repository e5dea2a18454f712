"""What outlives a conversation."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.store import forgetting
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


def test_turns_are_written_from_their_events() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        tell_a_turn(bulletin)
        await memory.drain()
        (turn,) = await memory.archive.turns(5)
        assert (turn.heard, turn.spoken, turn.wake_phrase) == ("who", "You.", "alexa")
        assert (await memory.archive.turn(None)) == turn
        await memory.close()

    asyncio.run(keep())


def test_nothing_is_kept_when_the_owner_keeps_nothing() -> None:
    async def keep() -> None:
        memory, bulletin = await opened(days=0)
        tell_a_turn(bulletin)
        await memory.drain()
        assert await memory.archive.turns(5) == []
        await memory.close()

    asyncio.run(keep())


def test_how_late_an_echo_was_is_remembered() -> None:
    async def keep() -> None:
        memory, _ = await opened()
        assert memory.echo_delay == 0
        await memory.choose("echo_delay", "0.081")
        again = await Memory.open(memory.store, StreamClock(NOON), Bulletin(), KeepSettings())
        assert again.echo_delay == 0.081
        await memory.close()

    asyncio.run(keep())


def test_mute_and_volume_are_remembered() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        await memory.set_volume(0.4)
        bulletin.publish(event.Muted(on=True))
        await memory.drain()
        again = await Memory.open(memory.store, StreamClock(NOON), Bulletin(), KeepSettings())
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
        again = await Memory.open(memory.store, StreamClock(NOON), Bulletin(), KeepSettings())
        assert [timer.name for timer in await again.timers()] == ["soon", "late"]
        await memory.cancel_timers(tuple(timer.id for timer in await memory.timers()))
        assert await memory.timers() == ()
        assert len(told) == 3
        await memory.close()

    asyncio.run(keep())


def test_timers_are_told_by_the_clock_as_it_stands() -> None:
    async def keep() -> None:
        clock = StreamClock(NOON)
        memory = await Memory.open(await Store.open(), clock, Bulletin(), KeepSettings())
        await memory.add_timer(60, "tea", NOON)
        clock._start += 3 * 365 * 86_400  # the wall clock leaps, elapsed time does not
        await clock.move(20.0)
        (timer,) = await memory.timers()
        assert timer.due - clock.now() == 40.0
        await memory.drain()
        (kept,) = await memory.store.timers()
        assert kept.due == timer.due
        await memory.close()

    asyncio.run(keep())


def test_alarms_come_back_the_next_one_first() -> None:
    async def keep() -> None:
        memory, _ = await opened()
        await memory.add_alarm(SEVEN)
        await memory.add_alarm(SEVEN - dt.timedelta(minutes=30))
        again = await Memory.open(memory.store, StreamClock(NOON), Bulletin(), KeepSettings())
        early, late = await again.alarms()
        assert (early.at, late.at) == (SEVEN - dt.timedelta(minutes=30), SEVEN)
        await again.cancel_alarms((early.id,))
        assert await again.alarms() == (late,)
        await memory.close()

    asyncio.run(keep())


@pytest.mark.parametrize("on", [True, False])
def test_the_last_mute_counts_though_the_database_takes_none(tmp_path: Path, on: bool) -> None:
    async def live(work: Callable[[Memory, Bulletin], Awaitable[None]]) -> None:
        bulletin = Bulletin()
        store = Store(tmp_path / "db", tmp_path / "key")
        memory = await Memory.open(store, StreamClock(NOON), bulletin, KeepSettings())
        await work(memory, bulletin)
        await memory.close()

    async def say(memory: Memory, bulletin: Bulletin, *, muted: bool) -> None:
        bulletin.publish(event.Muted(on=muted))
        await memory.drain()

    async def find(memory: Memory, _bulletin: Bulletin) -> None:
        assert memory.muted is on

    asyncio.run(live(lambda memory, bulletin: say(memory, bulletin, muted=not on)))
    whole = (tmp_path / "db").read_bytes()
    for copy in tmp_path.glob("db.snapshot-*"):
        copy.unlink()
    (tmp_path / "db").write_bytes(b"no database at all" * 500)
    asyncio.run(live(lambda memory, bulletin: say(memory, bulletin, muted=on)))
    asyncio.run(live(find))
    (tmp_path / "db").write_bytes(whole)
    asyncio.run(live(find))  # the sign is newer than what the database knows
    assert not (tmp_path / "unmuted").exists()
    asyncio.run(live(find))


def test_a_turn_that_is_being_written_is_told_once() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        tell_a_turn(bulletin)
        await memory.store.add_turn(memory.archive._waiting[0])
        assert [turn.heard for turn in await memory.archive.turns(5)] == ["who"]
        await memory.close()

    asyncio.run(keep())


def test_guests_are_known_after_a_restart_whatever_the_database_says(tmp_path: Path) -> None:
    async def keep() -> None:
        async def opens() -> Memory:
            store = Store(tmp_path / "db", tmp_path / "key")
            return await Memory.open(store, StreamClock(NOON), Bulletin(), KeepSettings())

        memory = await opens()
        await memory.set_guest(on=True)
        await memory.store.set_setting("guest", "no")
        await memory.close()
        memory = await opens()
        assert memory.guest
        await memory.set_guest(on=False)
        await memory.close()
        memory = await opens()
        assert not memory.guest
        await memory.close()

    asyncio.run(keep())


def test_what_guests_set_rings_by_its_name_and_is_written_without_it(tmp_path: Path) -> None:
    async def keep() -> None:
        store = Store(tmp_path / "db", tmp_path / "key")
        memory = await Memory.open(store, StreamClock(NOON), Bulletin(), KeepSettings())
        await memory.set_guest(on=True)
        await memory.add_timer(60, "secret", NOON)
        await memory.add_alarm(SEVEN, "secret")
        await memory.set_guest(on=False)
        await memory.add_timer(60, "tea", NOON)
        assert [timer.name for timer in await memory.timers()] == ["secret", "tea"]
        assert sorted(timer.name for timer in await store.timers()) == ["", "tea"]
        assert [alarm.name for alarm in await store.alarms()] == [""]
        await memory.close()

    asyncio.run(keep())


def test_what_matches_goes_from_the_notes_whatever_its_accents_and_does_not_come_back() -> None:
    async def keep() -> None:
        memory, bulletin = await opened()
        for text in ("Café Renée at nine", "milk"):
            await memory.add_note(text)
        assert await memory.forget_matching(" ") == 0
        tell = event.Understood(turn=1, text="again to the cafe", confidence=0.8)
        bulletin.publish(tell)
        assert await memory.forget_matching("cafe renee") == 1
        bulletin.publish(event.ReplyFinished(turn=1, by="llama", text="Yes.", spoken_text="Yes."))
        await memory.add_note("bread")
        await memory.drain()
        assert [note.text for note in await memory.store.notes()] == ["milk", "bread"]
        assert [note.text for note in await memory.notes()] == ["milk", "bread"]
        assert await memory.archive.turns(5) == []
        await memory.close()

    asyncio.run(keep())


def test_a_note_that_takes_long_to_erase_is_dropped_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(*given: object) -> int:
        time.sleep(0.2)
        return some_notes(*given)

    some_notes = forgetting.some_notes
    monkeypatch.setattr(forgetting, "some_notes", slow)
    monkeypatch.setattr("roomtone.app.disk.PATIENCE", 0.05)

    async def keep() -> None:
        memory, bulletin = await opened()
        told: list[event.Event] = []
        bulletin.listen(told.append)
        note = await memory.add_note("milk")
        await memory.drain()
        assert await memory.drop_notes((note.id,)) == 1
        assert await memory.store.notes() == ()
        assert told == []
        await memory.close()

    asyncio.run(keep())
