"""How many threads write, token by token."""

from __future__ import annotations

import os

import pytest

from roomtone.respond.hands import SMALL, Hands, free_cores, threads


def test_all_threads_write_until_the_first_clause_is_there() -> None:
    hands = Hands(1, 2, lambda: 2)
    used = []
    hands.begin()
    for token in (b"Yes", b",", b" the", b" moon", b" is", b" round", b".", b" It", b" is"):
        used.append(hands.now)
        hands.wrote(token, 0.02)
    assert used == [2, 2, 2, 2, 2, 2, 2, 1, 1]
    hands.begin()
    assert hands.now == 2


@pytest.mark.parametrize("mark", [b",", b"?", "\u2014".encode(), "\u2026".encode()])
def test_a_clause_ends_at_every_mark_at_which_sentences_are_cut(mark: bytes) -> None:
    hands = Hands(1, 2, lambda: 2)
    hands.begin()
    for token in (b"The whole moon", *(mark[at : at + 1] for at in range(len(mark)))):
        assert hands.now == 2
        hands.wrote(token, 0.02)
    assert hands.now == 1


def test_they_are_left_to_other_parts_as_soon_as_fewer_would_be_as_quick() -> None:
    hands = Hands(1, 2, lambda: 2)
    for seconds in (0.03, 0.027, 0.04):
        hands.wrote(b" word", seconds)
    hands.begin()
    hands.wrote(b" one", 0.02)
    assert hands.now == 2
    hands.wrote(b" two", 0.035)
    assert hands.now == 1


def test_where_they_never_pay_they_are_tried_ever_more_seldom() -> None:
    hands, tried = Hands(1, 2, lambda: 2), []
    hands.wrote(b" word", 0.027)
    for answer in range(28):
        hands.begin()
        if hands.now == 2:
            tried.append(answer)
        hands.wrote(b" word", 0.04 if hands.now == 2 else 0.027)
    assert tried == [0, 2, 6, 14, 22]


def test_what_a_quiet_moment_has_shown_is_forgotten() -> None:
    hands = Hands(1, 2, lambda: 2)
    for seconds in (0.027, *[0.06] * 60):
        hands.wrote(b" word", seconds)
    hands.begin()
    hands.wrote(b" one", 0.05)
    assert hands.now == 2


def test_cores_on_which_somebody_else_computes_are_left_to_him() -> None:
    free = 1
    hands = Hands(1, 2, lambda: free)
    hands.begin()
    assert (hands.now, hands.reading) == (1, 1)
    free = 2
    hands.wrote(b" one", 0.03)
    assert (hands.now, hands.reading) == (2, 2)
    free = 0
    hands.wrote(b" two", 0.02)
    assert (hands.now, hands.reading) == (1, 1)
    assert free_cores() <= len(os.sched_getaffinity(0))


def test_where_all_threads_are_few_nothing_changes() -> None:
    hands = Hands(2, 2)
    hands.begin()
    hands.wrote(b"A clause of some length,", 0.5)
    assert hands.now == 2


def test_a_small_model_is_written_by_one_thread() -> None:
    assert threads(SMALL - 1) == (1, 1)
    reading, writing = threads(SMALL)
    assert 1 <= writing <= reading
