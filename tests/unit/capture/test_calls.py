"""A call that does not come back is told, and given up in time."""

from __future__ import annotations

import pytest

from roomtone.base import message
from roomtone.capture.calls import HANG, LONG_HANG, Calls
from roomtone.capture.trouble import Troubles


class Clock:
    t = 100.0

    def __call__(self):
        return self.t


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def troubles(clock):
    return Troubles(clock)


@pytest.fixture
def calls(troubles, clock):
    return Calls(troubles, clock)


def test_a_call_that_comes_back_in_time_is_not_told(calls, clock, troubles):
    with calls.one():
        clock.t += HANG - 0.1
        calls.tell()
    clock.t += 100
    calls.tell()
    assert not calls.hopeless
    assert troubles.news() == []


def test_a_call_that_hangs_is_told_and_told_to_be_over_when_it_comes_back(calls, clock, troubles):
    with calls.one():
        clock.t += HANG + 0.1
        calls.tell()
        assert troubles.news()[0].kind == "sound_server_hung"
    assert troubles.news() == [
        message.Mended(kind="sound_server_hung", after_ms=round(1000 * (HANG + 0.1)))
    ]


def test_only_a_process_that_had_a_device_open_is_soon_given_up(calls, clock):
    with calls.one():
        clock.t += HANG + 0.1
        assert not calls.hopeless
        calls.was_open = True
        assert calls.hopeless
        calls.was_open = False
        clock.t += LONG_HANG
        assert calls.hopeless
