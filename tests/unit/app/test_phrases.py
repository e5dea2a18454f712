"""Set phrases: what the product says anyway, and never a word that a user said."""

from __future__ import annotations

import datetime as dt

import pytest

from roomtone.app.answerer import SORRY
from roomtone.app.phrases import CONFIRMED, REQUESTS, phrases
from roomtone.base.room import AlarmClock, Note, Room, Timer
from roomtone.respond.route import Router
from roomtone.speak.wording import wording

ROUTER = Router()
ROOM = Room(now=dt.datetime(2026, 9, 21, 10, 5, tzinfo=dt.UTC))


def test_there_are_some_sixty_and_each_once() -> None:
    said = phrases(ROUTER, "Roomtone")
    assert said[0] == SORRY
    assert 50 <= len(said) <= 80
    assert len(set(said)) == len(said)
    assert all(wording(text) for text in said)


@pytest.mark.parametrize("request_", REQUESTS)
def test_every_request_is_answered_and_without_what_the_hour_adds(request_: str) -> None:
    reply = ROUTER.answer(request_, ROOM)
    assert reply is not None
    assert reply.text in phrases(ROUTER, "Roomtone")


def test_a_yes_and_a_no_are_among_them() -> None:
    assert len(CONFIRMED) == 3
    assert "Alright, nothing was deleted." in phrases(ROUTER, "Roomtone")
    assert "I am Robin." in phrases(ROUTER, "Robin")


def test_nothing_that_a_house_keeps_is_said_in_them() -> None:
    """They are the same in a house with notes, names and timers: they know of none."""
    ours = set(phrases(ROUTER, "Roomtone"))
    due = ROOM.now.timestamp() + 90
    full = Room(
        now=ROOM.now,
        timers=(Timer(id=1, name="pizza", seconds=90, due=due),),
        alarms=(AlarmClock(id=1, at=ROOM.now + dt.timedelta(hours=1), name="school"),),
        notes=(Note(id=1, at=0.0, text="the key is under the mat"),),
        last_reply="The key is under the mat.",
    )
    told = {reply.text for ask in REQUESTS if (reply := ROUTER.answer(ask, full))}
    assert any("key" in text for text in told)
    assert not any(word in text for text in ours for word in ("pizza", "school", "key"))
