"""Backoff, degradation and what is told of them."""

from __future__ import annotations

from roomtone.base.falls import BACKOFF, MOST, STEADY, WINDOW, Falls, News

DIED = "was killed by SIGKILL"


def kinds(news: list[News]) -> list[str]:
    return [one.kind for one in news]


def test_the_first_fall_costs_a_tenth_of_a_second_and_the_next_ones_more() -> None:
    falls = Falls("voice", retry=30.0)
    pauses = []
    for at in range(len(BACKOFF) + 2):
        falls.fell(float(at), "part_died", DIED, float(at))
        pauses.append(falls.pause)
        falls.rose(at + 0.1)
    assert pauses == [*BACKOFF, BACKOFF[-1], BACKOFF[-1]]


def test_a_part_that_had_been_up_for_a_while_is_back_at_once() -> None:
    falls = Falls("voice", retry=30.0)
    for at in range(3 * MOST):
        falls.fell(at * (STEADY + 1), "part_died", DIED, at * (STEADY + 1))
        assert falls.pause == BACKOFF[0]
        falls.rose(at * (STEADY + 1) + 0.5)


def test_falls_of_long_ago_are_forgotten() -> None:
    falls = Falls("voice", retry=30.0)
    for at in range(3 * MOST):
        falls.fell(at * WINDOW, "part_died", DIED, at * WINDOW)
        assert not falls.degraded
        falls.rose(at * WINDOW + 1)


def test_a_part_that_falls_too_often_is_degraded_and_told_once() -> None:
    falls = Falls("voice", retry=30.0)
    told = [kinds(falls.fell(float(at), "part_died", DIED, float(at))) for at in range(MOST + 2)]
    assert told == [["part_died"]] * (MOST - 1) + [["part_died", "part_failing"], [], []]
    assert falls.degraded


def test_a_fault_is_over_when_the_part_is_up_and_lasted_since_it_was_well() -> None:
    falls = Falls("voice", retry=30.0)
    falls.fell(10.0, "part_hung", "was stopped", since=9.3)
    assert falls.rose(10.5) == [News(part="voice", up=True, kind="part_hung", recovered_ms=1200)]
    assert falls.rose(11.0) == []


def test_two_falls_before_it_is_up_are_one_fault() -> None:
    falls = Falls("voice", retry=30.0)
    falls.fell(10.0, "part_died", DIED, since=10.0)
    falls.fell(11.0, "part_died", DIED, since=11.0)
    assert [one.recovered_ms for one in falls.rose(12.0)] == [2000]


def test_a_part_that_cannot_start_says_so_once_and_takes_it_back_when_it_can() -> None:
    falls = Falls("voice", retry=30.0)
    told = falls.unable(1.0, "model_bad", "pull the model")
    assert told == [
        News(
            part="voice",
            up=False,
            fault="pull the model",
            action="tried again every 30 s at least",
            kind="model_bad",
        )
    ]
    assert falls.advice == "pull the model"
    assert falls.pause == 30.0
    assert falls.unable(31.0, "model_bad", "pull the model") == []
    assert [one.recovered_ms for one in falls.rose(61.0)] == [60_000]
    assert not falls.degraded
    assert not falls.advice


def test_a_part_that_must_not_be_away_is_tried_more_often() -> None:
    falls = Falls("ear", retry=1.0)
    for at in range(9):
        falls.fell(float(at), "part_died", DIED, float(at))
        assert falls.pause <= 1.0
