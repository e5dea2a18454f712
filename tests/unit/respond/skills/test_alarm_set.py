import datetime as dt
import time

import pytest

from roomtone.base.room import AlarmClock, Room, SetAlarm, SetTimer
from roomtone.respond.skills import alarm_set

SATURDAY = dt.datetime(2026, 11, 21)  # noqa: DTZ001 - the wall has no zone


def at(hour, minute=0, days=0):
    return SATURDAY + dt.timedelta(days=days, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("command", "when"),
    [
        ("wake me at seven", at(19)),
        ("wake me up at seven in the morning", at(7, days=1)),
        ("wake me up tomorrow at seven", at(7, days=1)),
        ("wake me tomorrow morning at half past six", at(6, 30, days=1)),
        ("Set an alarm for half past six tomorrow.", at(6, 30, days=1)),
        ("set an alarm for tomorrow at 6:30", at(6, 30, days=1)),
        ("set an alarm for seven thirty pm", at(19, 30)),
        ("set a seven thirty alarm for tomorrow", at(7, 30, days=1)),
        ("set an alarm for noon", at(12)),
        ("set an alarm for a quarter to eight on monday", at(7, 45, days=2)),
        ("set an alarm at nine on saturday", at(21)),
        ("set an alarm at nine am on saturday", at(9, days=7)),
        ("wake me tonight at one", at(1, days=1)),
        ("alarm at six fifteen", at(18, 15)),
        ("i have to get up at five tomorrow", at(5, days=1)),
        ("could you please wake me at six o'clock tomorrow", at(6, days=1)),
        ("set an alarm for tomorrow evening at eight", at(20, days=1)),
    ],
)
def test_a_time_is_understood(ask, command, when):
    reply = ask(command)
    assert reply.skill == "alarm_set"
    assert reply.actions == (SetAlarm(when),)


def test_what_was_understood_is_said_so_that_it_can_be_corrected(ask):
    assert ask("wake me at seven").text == "Alarm set for 7:00 PM today."
    assert ask("wake me tomorrow at seven").text == "Alarm set for 7:00 AM tomorrow."
    assert ask("set an alarm for noon").text == "Alarm set for noon today."
    assert ask("wake me on monday at seven").text == "Alarm set for 7:00 AM on Monday."


def test_the_time_is_asked_for_and_its_answer_understood(ask):
    asked = ask("set an alarm")
    assert (asked.text, asked.actions) == (alarm_set.ASKED, ())
    assert ask("wake me up tomorrow").text == alarm_set.ASKED
    answered = ask("at seven tomorrow", last_reply=asked.text)
    assert answered.actions == (SetAlarm(at(7, days=1)),)
    assert ask("at seven tomorrow") is None


def test_a_length_of_time_is_a_timer(ask):
    assert ask("set an alarm for ten minutes").actions == (SetTimer(600),)
    assert ask("wake me in twenty minutes").actions == (SetTimer(1200),)


def test_the_same_alarm_twice_is_one(ask):
    first = AlarmClock(id=1, at=at(19))
    assert ask("wake me at seven", alarms=(first,)).actions == ()


@pytest.mark.parametrize(
    "command",
    ["set an alarm for seven every day", "wake me at seven on weekdays", "set an alarm for lunch"],
)
def test_what_it_cannot_do_is_said(ask, command):
    reply = ask(command)
    assert (reply.skill, reply.actions) == ("cannot", ())


def test_a_time_that_is_skipped_is_told(ask, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    now = dt.datetime(2026, 3, 28, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    reply = ask("wake me tomorrow at half past two", now=now)
    monkeypatch.undo()
    time.tzset()
    assert reply.actions == (SetAlarm(dt.datetime(2026, 3, 29, 2, 30)),)  # noqa: DTZ001 - as above
    assert reply.text.endswith("The clocks go forward then, so it will be 3:30.")


def test_the_room_knows_no_alarm_unless_told():
    assert Room(now=dt.datetime.now(tz=dt.UTC)).alarms == ()
