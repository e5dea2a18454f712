from __future__ import annotations

import pytest

from roomtone.turn.port import Clause
from roomtone.turn.speculation import ATTEMPTS, LONGEST, WASTE, Budget, enough, same, whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("what is a cloud", "What is a cloud?"),
        ("what is a cloud", "um what is a cloud"),
        ("What\u2019s the time, please?", "what's the time"),
        ("", "um"),
    ],
)
def test_case_punctuation_and_fillers_do_not_make_another_question(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("what is a cloud", "what is the cloud"),
        ("set a timer for five minutes", "set a timer for five minutes and ten seconds"),
        ("who is ann", "who isn ann"),
        ("fifteen", "fifty"),
    ],
)
def test_another_word_makes_another_question(one: str, other: str) -> None:
    assert not same(one, other)


def test_attempts_at_one_turn_are_counted() -> None:
    budget = Budget()
    assert [budget.grants(2.0) for _ in range(ATTEMPTS + 1)] == [True] * ATTEMPTS + [False]


def test_what_was_for_nothing_ends_the_attempts() -> None:
    budget = Budget()
    budget.wasted = WASTE
    assert not budget.grants(2.0)


def test_a_long_talk_is_not_answered_ahead() -> None:
    assert not Budget().grants(LONGEST + 0.1)


def test_two_clauses_or_three_seconds_are_enough() -> None:
    assert enough(2, 0.5)
    assert enough(1, 3.0)
    assert not enough(1, 2.9)


def test_the_last_attempt_is_kept_for_a_pause() -> None:
    budget = Budget()
    assert [budget.grants(2.0, early=True) for _ in range(ATTEMPTS)] == [True, True, False]
    assert budget.grants(2.0)


def test_a_sentence_counts_when_it_ends() -> None:
    assert whole([Clause("One,"), Clause("and two"), "and three.", "Four."]) == 2
