import datetime as dt

import pytest

from roomtone.base.room import AlarmClock

MORNING = AlarmClock(id=1, at=dt.datetime(2026, 11, 22, 7, 0))  # noqa: DTZ001 - no zone
EVENING = AlarmClock(id=2, at=dt.datetime(2026, 11, 21, 19, 30))  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    "question",
    [
        "what alarms are set",
        "which alarms do i have",
        "is there an alarm set",
        "do i have an alarm set for tomorrow",
        "when is my next alarm",
        "list my alarms",
        "how many alarms are set",
    ],
)
def test_alarms_are_told(ask, question):
    assert ask(question).text == "No alarm is set."
    assert ask(question, alarms=(MORNING,)).text == "One alarm: 7:00 AM tomorrow."


def test_several_are_told_the_next_one_first(ask):
    reply = ask("what alarms are set", alarms=(EVENING, MORNING))
    assert reply.text == "Two alarms: 7:30 PM today and 7:00 AM tomorrow."
