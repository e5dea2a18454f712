"""Turns are found again by number, by age and by what was said."""

from __future__ import annotations

import pytest

from roomtone.store import turns
from roomtone.store.database import Database
from roomtone.turn.record import Turn


@pytest.fixture
def database() -> Database:
    return Database(None)


def test_a_turn_comes_back_as_it_was_with_its_number(database: Database) -> None:
    turn = Turn(
        started=12.5, wake_phrase="hey_jarvis", wake_score=0.9, heard="what time is it",
        confidence=0.8, by="skill", skill="clock", reply="Noon.", spoken="Noon.",
        milliseconds={"recognize": 31},
    )  # fmt: skip
    number = turns.add(database, turn)
    found = turns.one(database, number)
    assert found is not None
    assert found.id == number
    assert (found.heard, found.milliseconds, found.skill) == (
        "what time is it",
        {"recognize": 31},
        "clock",
    )


def test_the_newest_come_first_and_no_more_than_asked_for(database: Database) -> None:
    for started in range(5):
        turns.add(database, Turn(started=started, heard=str(started)))
    assert [turn.heard for turn in turns.newest(database, 3)] == ["4", "3", "2"]


def test_the_last_turn_is_the_newest_and_none_before_the_first(database: Database) -> None:
    assert turns.one(database, None) is None
    turns.add(database, Turn(started=1.0, heard="first"))
    turns.add(database, Turn(started=2.0, heard="second"))
    last = turns.one(database, None)
    assert last is not None
    assert last.heard == "second"


def test_a_number_that_nobody_has_is_none(database: Database) -> None:
    assert turns.one(database, 7) is None


def test_search_reads_questions_and_answers_without_case(database: Database) -> None:
    turns.add(database, Turn(started=1.0, heard="set a Pizza timer"))
    turns.add(database, Turn(started=2.0, heard="and now", reply="Your pizza is done."))
    turns.add(database, Turn(started=3.0, heard="lights"))
    assert [turn.started for turn in turns.search(database, "pizza", 9)] == [2.0, 1.0]


def test_search_takes_every_letter_as_it_is(database: Database) -> None:
    turns.add(database, Turn(started=1.0, heard="100 % sure_ly \\ 'quoted'"))
    turns.add(database, Turn(started=2.0, heard="plain"))
    for words in ("%", "_", "\\", "'quoted'"):
        assert [turn.started for turn in turns.search(database, words, 9)] == [1.0]


def test_a_number_is_never_used_twice(database: Database) -> None:
    first = turns.add(database, Turn(started=1.0))
    database.write("DELETE FROM turns")
    assert turns.add(database, Turn(started=2.0)) > first
