"""When a provider is asked again."""

from __future__ import annotations

import datetime as dt

import pytest

from roomtone.respond.retry import TRIES, asked_to_wait, pause

NOW = dt.datetime(2026, 1, 1, 12, 0, 0, tzinfo=dt.UTC)


def test_it_waits_longer_each_time_and_never_twice_the_same():
    waits = [pause(tries, None, 10.0, draw) for tries in (1, 2) for draw in (0.0, 0.99)]
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(0.125)
    assert waits[-1] == pytest.approx(0.5, abs=0.01)


def test_it_stops_after_some_tries_or_when_no_time_is_left():
    assert pause(TRIES, None, 10.0, 0.0) is None
    assert pause(1, None, 0.3, 0.0) is None


def test_what_the_provider_asks_for_is_kept_or_it_is_not_asked_again():
    assert pause(1, 2.0, 10.0, 0.0) == 2.0
    assert pause(1, 2.0, 2.1, 0.0) is None
    assert pause(1, 0.0, 10.0, 0.0) == pytest.approx(0.125)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after-ms": "250", "retry-after": "3"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:05 GMT"}, 5.0),
        ({"retry-after": "Thu, 01 Jan 2026 11:00:00 GMT"}, 0.0),
        ({}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "9" * 5000}, None),
    ],
)
def test_a_header_is_read_as_the_standard_says_and_nonsense_is_none(headers, seconds):
    assert asked_to_wait(headers, NOW) == seconds
