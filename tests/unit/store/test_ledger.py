"""The ledger: on the disk before anything leaves, completed once, never changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roomtone.base.error import PartError
from roomtone.store import forgetting, ledger, turns
from roomtone.store.database import Database
from roomtone.turn.ledger import NOT_SENT, Entry
from roomtone.turn.record import Turn

SENT = Entry(
    at=10.0,
    by="cloud",
    provider="https://api.example",
    model="m",
    reason="ask",
    bytes=17,
    text='{"content":"hey"}',
)


@pytest.fixture
def database() -> Database:
    return Database(None)


def rows(database: Database) -> list[tuple[Any, ...]]:
    return database.read("SELECT * FROM ledger")


def test_a_row_comes_back_as_it_was_with_its_number(database: Database) -> None:
    number = ledger.add(database, SENT)
    (found,) = ledger.newest(database, 9, None)
    assert found.id == number
    assert (found.at, found.turn, found.bytes, found.text, found.outcome) == (
        10.0,
        None,
        17,
        SENT.text,
        "",
    )


def test_the_newest_come_first_and_those_of_one_turn_alone(database: Database) -> None:
    first = ledger.add(database, SENT)
    second = ledger.add(database, SENT)
    number = turns.add(database, Turn(started=9.0, entries=(first,)))
    assert [entry.id for entry in ledger.newest(database, 9, None)] == [second, first]
    assert [entry.id for entry in ledger.newest(database, 1, None)] == [second]
    assert [entry.id for entry in ledger.newest(database, 9, number)] == [first]


def test_what_came_of_it_is_noted_once(database: Database) -> None:
    number = ledger.add(database, SENT)
    ledger.settle(database, number, "answered", 900)
    ledger.settle(database, number, "cut", 1)
    (found,) = ledger.newest(database, 1, None)
    assert (found.outcome, found.milliseconds) == ("answered", 900)


def test_what_was_given_up_before_it_left_has_sent_nothing(database: Database) -> None:
    number = ledger.add(database, SENT)
    ledger.settle(database, number, NOT_SENT, 5)
    ledger.settle(database, number, "answered", 9)
    (found,) = ledger.newest(database, 9, None)
    assert (found.outcome, found.bytes, found.text, found.milliseconds) == (NOT_SENT, 0, "", 5)


def test_a_turn_for_which_nothing_left_has_a_row_that_says_so(database: Database) -> None:
    first = turns.add(database, Turn(started=5.0, by="skill", heard="secret"))
    turns.add(database, Turn(started=6.0, by="llama", reason="cloud is not allowed"))
    second, found = ledger.newest(database, 9, None)
    assert (found.turn, found.by, found.bytes, found.text, found.reason) == (
        first,
        "local",
        0,
        "",
        "skill",
    )
    assert second.reason == "cloud is not allowed"


def test_a_turn_takes_over_its_rows_and_no_others(database: Database) -> None:
    mine, other = ledger.add(database, SENT), ledger.add(database, SENT)
    number = turns.add(database, Turn(started=9.0, entries=(mine, 99)))
    turns.add(database, Turn(started=9.5, entries=(mine,)))
    assert {entry.id: entry.turn for entry in ledger.newest(database, 9, None)} == {
        mine: number,
        other: None,
    }


def test_the_words_of_a_body_are_read_whatever_its_form() -> None:
    body = json.dumps({"messages": [{"content": 'Zürich says "hi"', "n": 1}]})
    assert 'Zürich says "hi"' in ledger.readable(body)
    assert ledger.readable("no json {") == "no json {"


def test_no_row_is_replaced_or_deleted(database: Database) -> None:
    number = ledger.add(database, SENT)
    before = rows(database)
    for statement in (
        "DELETE FROM ledger WHERE id = ?",
        "REPLACE INTO ledger SELECT ?, 1, NULL, '', '', '', '', 0, '', '', 0",
        "UPDATE OR REPLACE ledger SET id = id + 1 WHERE id = ?",
    ):
        with pytest.raises(PartError):
            database.write(statement, (number,))
    assert rows(database) == before


def test_a_row_goes_only_while_something_is_forgotten_and_without_its_text(
    database: Database,
) -> None:
    ledger.add(database, SENT)
    database.write("INSERT INTO choices VALUES (?, 'some')", (forgetting.MARK,))
    with pytest.raises(PartError):
        database.write("DELETE FROM ledger")
    database.write("UPDATE ledger SET text = ''")
    database.write("DELETE FROM choices")
    with pytest.raises(PartError):
        database.write("DELETE FROM ledger")
    database.write("INSERT INTO choices VALUES (?, 'some')", (forgetting.MARK,))
    database.write("DELETE FROM ledger")
    assert rows(database) == []


WORDS = st.sampled_from(["", "a", "b"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(1, 3),
        "at": st.sampled_from([1.0, 2.0]),
        "turn": st.sampled_from([None, 1, 2]),
        **dict.fromkeys(("by", "provider", "model", "reason", "text", "outcome"), WORDS),
        "bytes": st.integers(0, 2),
        "milliseconds": st.integers(0, 2),
    },
)
KEPT = Database(None)


def allowed(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """What may become of a row, told once more."""
    fixed = ("id", "at", "by", "provider", "model", "reason", "bytes")
    same = {name for name in old if old[name] == new[name]}
    settled = {"outcome", "milliseconds"} <= same or (not old["outcome"] and new["outcome"])
    assigned = "turn" in same or old["turn"] is None
    forgotten = "text" in same or not new["text"]
    return bool(same.issuperset(fixed) and settled and assigned and forgotten)


@given(CHANGES, CHANGES)
@settings(max_examples=120, deadline=None)
def test_a_row_may_only_be_completed_and_its_text_forgotten(
    start: dict[str, Any], change: dict[str, Any]
) -> None:
    empty = {"id": 2, "at": 1.0, "turn": None, "by": "", "provider": "", "model": "", "reason": ""}
    empty |= {"bytes": 0, "text": "", "outcome": "", "milliseconds": 0}
    old = empty | start
    new = old | change
    KEPT.write("INSERT OR IGNORE INTO choices VALUES (?, 'some')", (forgetting.MARK,))
    KEPT.write("UPDATE ledger SET text = ''")
    KEPT.write("DELETE FROM ledger")
    names, marks = ", ".join(old), ", ".join("?" * len(old))
    insert, update, select = (
        f"INSERT INTO ledger ({names}) VALUES ({marks})",  # noqa: S608
        f"UPDATE ledger SET {', '.join(f'{name} = ?' for name in new)}",  # noqa: S608
        f"SELECT {names} FROM ledger",  # noqa: S608
    )
    KEPT.write(insert, list(old.values()))
    if allowed(old, new):
        KEPT.write(update, list(new.values()))
    else:
        with pytest.raises(PartError):
            KEPT.write(update, list(new.values()))
    expected = new if allowed(old, new) else old
    assert KEPT.read(select) == [tuple(expected.values())]
