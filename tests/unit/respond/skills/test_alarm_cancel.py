import datetime as dt

import pytest

from roomtone.base.room import AlarmClock, CancelAlarms, CancelTimers

MORNING = AlarmClock(id=1, at=dt.datetime(2026, 11, 22, 7, 0))  # noqa: DTZ001 - no zone
EVENING = AlarmClock(id=2, at=dt.datetime(2026, 11, 21, 19, 30))  # noqa: DTZ001 - as above


def test_the_only_alarm_needs_no_time(ask):
    reply = ask("cancel the alarm", alarms=(MORNING,))
    assert reply.actions == (CancelAlarms((1,)),)
    assert reply.text == "The alarm for 7:00 AM tomorrow is cancelled."


@pytest.mark.parametrize(
    ("command", "ids"),
    [
        ("cancel the seven o'clock alarm", (1,)),
        ("cancel the alarm for seven", (1,)),
        ("turn off the seven thirty pm alarm", (2,)),
        ("delete the alarm for tomorrow", (1,)),
        ("cancel tonight's alarm", None),
        ("cancel the next alarm", (2,)),
        ("cancel all alarms", (2, 1)),
        ("do not wake me tomorrow", (1,)),
    ],
)
def test_an_alarm_is_found_by_time_day_or_place(ask, command, ids):
    reply = ask(command, alarms=(EVENING, MORNING))
    if ids is not None:
        assert reply.actions == (CancelAlarms(ids),)
    else:
        assert not reply or not reply.actions


def test_in_doubt_it_asks_which_and_understands_the_answer(ask):
    both = (EVENING, MORNING)
    asked = ask("cancel the alarm", alarms=both)
    assert asked.text == ("Which alarm should I cancel: 7:30 PM today or 7:00 AM tomorrow?")
    for answer, ids in {"seven": (1,), "seven thirty": (2,), "both": (2, 1)}.items():
        reply = ask(answer, alarms=both, last_reply=asked.text)
        assert reply.actions == (CancelAlarms(ids),)


def test_what_is_not_set_is_said(ask):
    assert ask("cancel the alarm").text == "No alarm is set."
    assert ask("cancel the alarm for eight", alarms=(MORNING,)).text == (
        "I have no such alarm. 7:00 AM tomorrow."
    )


def test_a_timer_is_not_an_alarm(ask):
    assert ask("cancel the timer", (1, "", 60, 30), alarms=(MORNING,)).actions == (
        CancelTimers((1,)),
    )
