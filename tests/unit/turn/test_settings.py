"""The conversation's settings: a follow-up window that can be off, an alarm that ends."""

from __future__ import annotations

import msgspec
import pytest

from roomtone.turn.settings import FollowUpSettings, TimerSettings


def test_the_follow_up_window_can_be_off_but_not_endless() -> None:
    assert msgspec.convert({"seconds": 0}, FollowUpSettings).seconds == 0
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"seconds": 31}, FollowUpSettings)


def test_an_alarm_rings_and_comes_to_an_end() -> None:
    assert 1 <= TimerSettings().ring_seconds <= 600
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"ring_seconds": 0}, TimerSettings)
