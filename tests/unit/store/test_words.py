"""The index of words: any question is allowed, and each word is found that was said."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roomtone.store import turns, words
from roomtone.store.database import Database
from roomtone.turn.record import Turn

SAID = (
    "what's the weather in Zürich",
    "set a timer for ten minutes",
    "the weather's fine; ten degrees",
    "naïve café ŒUVRE, straße",
    "ΑΘΗΝΑ is Athens",
    "電気をつけて",
    "1.5 litres of milk at 7:30",
    "%",
    "",
)


@functools.cache
def database() -> Database:
    kept = Database(None)
    for number, heard in enumerate(SAID):
        turns.add(kept, Turn(started=float(number), heard=heard, reply=heard[::-1]))
    return kept


def found(question: str) -> set[int]:
    return {int(turn.started) for turn in turns.search(database(), question, 99)}


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("weather", {0, 2}),
        ("WEATHER ten", {2}),
        ("ten weather", {2}),
        ("weath", {0, 2}),
        ("weath ten", set()),
        ("zurich", {0}),
        ("cafe oeuvre", set()),
        ("cafe œuvre", {3}),
        ("what's", {0}),
        ("αθηνα", {4}),
        ("電気", {5}),
        ("7:30", {6}),
        ("%", {7}),
        ('"', set()),
        ("weather AND ten", set()),
        ("heard:weather", set()),
        ("wea*", {0, 2}),
        ("NEAR(weather ten)", set()),
        ("'; DROP TABLE turns", set()),
    ],
)
def test_all_words_must_be_there_and_the_last_may_be_a_beginning(
    question: str, numbers: set[int]
) -> None:
    assert found(question) == numbers


def test_nothing_asked_is_everything() -> None:
    assert found(" \n") == set(range(len(SAID)))


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_question_is_a_mistake_and_each_finds_what_holds_its_words(question: str) -> None:
    asked = words.tokens(question)
    if not asked:
        found(question)
        return
    expected = set()
    for number, heard in enumerate(SAID):
        said = {*words.tokens(heard), *words.tokens(heard[::-1])}
        if said.issuperset(asked[:-1]) and any(word.startswith(asked[-1]) for word in said):
            expected.add(number)
    assert found(question) == expected


@given(st.text(st.characters(codec=None), max_size=20), st.sampled_from(SAID))
@settings(max_examples=60, deadline=None)
def test_half_a_character_and_every_other_letter_may_be_asked_for(odd: str, said: str) -> None:
    found(odd + said[: len(odd)])
    found("\ud800" + odd + "\x00")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Crème", "creme"),
        ("Cre\u0300me", "creme"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁn \N{BLACK-LETTER CAPITAL H} \N{FULLWIDTH LATIN CAPITAL LETTER A}", "fin h a"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_accents_and_how_they_are_written_make_no_difference(text: str, plain: str) -> None:
    assert words.folded(text) == plain
