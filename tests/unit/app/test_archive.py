"""Turns and the ledger: kept, found again, forgotten; and nothing of guests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from roomtone.app.archive import Archive
from roomtone.base import event
from roomtone.base.clock import StreamClock
from roomtone.base.error import OwnerError, PartError
from roomtone.store.store import Store
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn

NOON = 1_790_000_000.0


def play(act: Callable[[Archive], Awaitable[None]], *, keeps: bool = True) -> None:
    async def playing() -> None:
        store = await Store.open()
        await act(Archive(store, StreamClock(NOON), keeps=keeps))
        await store.close()

    asyncio.run(playing())


def turn(heard: str, started: float = NOON, **more: object) -> Turn:
    return Turn(started=started, heard=heard, reply="Yes.", **more)


async def heard(archive: Archive) -> list[str]:
    return [one.heard for one in await archive.turns(99)]


def test_what_waits_for_the_disk_is_part_of_the_history() -> None:
    async def act(archive: Archive) -> None:
        archive.add(turn("one"))
        assert await heard(archive) == ["one"]
        await archive.save()
        archive.add(turn("two", NOON + 1))
        assert await heard(archive) == ["two", "one"]

    play(act)


@pytest.mark.parametrize("saved", [True, False])
def test_the_last_turn_is_forgotten_wherever_it_is(saved: bool) -> None:
    async def act(archive: Archive) -> None:
        for number in range(3):
            archive.add(turn(f"turn {number}", NOON + number))
        if saved:
            await archive.save()
        assert await archive.forget("last") == 1
        await archive.save()
        assert await heard(archive) == ["turn 1", "turn 0"]

    play(act)


def test_today_and_all_take_what_waits_along() -> None:
    async def act(archive: Archive) -> None:
        archive.add(turn("long ago", NOON - 5 * 86_400))
        archive.add(turn("today"))
        await archive.save()
        archive.add(turn("just now", NOON + 1))
        assert await archive.today() == 1
        assert await archive.forget("today") == 2
        assert await heard(archive) == ["long ago"]
        archive.add(turn("waiting"))
        assert await archive.forget("all") == 2
        assert await heard(archive) == []

    play(act)


def test_one_turn_and_what_matches_are_forgotten() -> None:
    async def act(archive: Archive) -> None:
        for words in ("about Clara", "about the weather", "for clara again"):
            archive.add(turn(words, NOON + len(words)))
        await archive.save()
        archive.add(turn("Clara, still waiting", NOON + 99))
        assert await archive.forget_matching("clara") == 3
        assert await heard(archive) == ["about the weather"]
        number = (await archive.turns(1))[0].id
        await archive.forget_turn(number)
        with pytest.raises(OwnerError, match="history list"):
            await archive.forget_turn(number)

    play(act)


def test_nothing_of_guests_is_kept_and_the_turn_that_lets_them_in_is_not_either() -> None:
    def says(archive: Archive, number: int, *, closes: bool = False) -> None:
        archive.note(event.Understood(turn=number, text=f"turn {number}", confidence=1.0))
        if closes:
            archive.guest = True
            archive.pass_over()
        archive.note(event.ReplyFinished(turn=number, by="skill", text="Yes.", spoken_text="Yes."))

    async def act(archive: Archive) -> None:
        says(archive, 1)
        says(archive, 2, closes=True)
        says(archive, 3)
        archive.guest = False
        says(archive, 4)
        assert await heard(archive) == ["turn 4", "turn 1"]

    play(act)


def test_an_owner_who_keeps_nothing_has_no_history() -> None:
    async def act(archive: Archive) -> None:
        archive.add(turn("who"))
        assert not archive.open
        assert await heard(archive) == []

    play(act, keeps=False)


def test_a_turn_knows_what_left_the_house_for_it() -> None:
    async def act(archive: Archive) -> None:
        sent = Entry(at=NOON, by="cloud", provider="p", model="m", bytes=5, text="hello")
        number = await archive.note_sent(sent)
        archive.note(event.Understood(turn=7, text="who", confidence=1.0))
        archive.note(event.Sent(turn=7, provider="p", bytes=5, entry=number))
        archive.note(event.ReplyFinished(turn=7, by="cloud", text="You.", spoken_text="You."))
        await archive.save()
        await archive.settle(number, "answered", 700)
        (kept,) = await archive.turns(1)
        (entry,) = await archive.ledger(9, kept.id)
        assert (entry.text, entry.outcome, entry.milliseconds, entry.turn) == (
            "hello",
            "answered",
            700,
            kept.id,
        )
        assert await archive.sent_today() == (5, NOON)

    play(act)


def test_what_guests_said_before_the_disk_told_of_them_is_not_written() -> None:
    async def act(archive: Archive) -> None:
        archive.add(turn("secret"))
        archive.found(guest=True)
        await archive.save()
        archive.found(guest=False)
        assert await heard(archive) == []

    play(act)


def test_how_things_stand_is_told_without_a_word_of_what_was_said() -> None:
    async def act(archive: Archive) -> None:
        archive.add(turn("secret"))
        await archive.save()
        told = await archive.standing()
        assert (told["turns"], told["guest"], told["keeps"]) == (1, False, True)
        assert "secret" not in str(told)

    play(act)


def test_a_turn_that_two_write_at_once_is_written_once_and_is_gone_when_it_is_forgotten() -> None:
    async def act(archive: Archive) -> None:
        archive.add(turn("secret"))
        await asyncio.gather(archive.save(), archive.save(), archive.forget("last"))
        await archive.save()
        assert await heard(archive) == []

    play(act)


def test_what_is_told_late_of_an_earlier_turn_changes_nothing_of_the_one_that_goes_on() -> None:
    async def act(archive: Archive) -> None:
        for number, words in ((1, "one"), (2, "two"), (3, "three")):
            archive.note(event.Understood(turn=number, text=words, confidence=1.0))
            archive.note(event.Sent(turn=number - 1, provider="p", bytes=3, entry=1))
            if number == 3:
                archive.pass_over()
            archive.note(event.ReplyFinished(turn=number, by="llama", text="A", spoken_text="A"))
        assert [(one.heard, one.entries) for one in await archive.turns(9)] == [
            ("two", ()),
            ("one", ()),
        ]

    play(act)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_text_that_left_for_a_turn_that_is_not_kept_is_forgotten_with_the_last(
    keeps: bool,
) -> None:
    async def act(archive: Archive) -> None:
        sent = Entry(at=NOON, by="cloud", provider="p", model="m", bytes=6, text="secret")
        number = await archive.note_sent(sent)
        await archive.settle(number, "answered", 700)
        (entry,) = await archive.ledger(9)
        assert bool(entry.text) == keeps
        await archive.forget("last")
        (entry,) = await archive.ledger(9)
        assert (entry.text, entry.bytes) == ("", 6)

    play(act, keeps=keeps)


def test_the_text_of_a_last_turn_that_waits_for_the_disk_is_forgotten_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def act(archive: Archive) -> None:
        async def full(_turn: Turn) -> int:
            raise PartError("store", "the disk is full", kind="disk_full")

        sent = Entry(at=NOON + 1, by="cloud", provider="p", model="m", bytes=6, text="secret")
        number = await archive.note_sent(sent)
        monkeypatch.setattr(archive._store, "add_turn", full)
        archive.add(turn("secret", entries=(number,)))
        assert await archive.forget("last") == 1
        (entry,) = await archive.ledger(9)
        assert entry.text == ""

    play(act)
