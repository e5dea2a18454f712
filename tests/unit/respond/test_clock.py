import datetime as dt
import re

import pytest

from roomtone.respond import clock
from roomtone.respond.plain import plain

NOW = dt.datetime(2026, 11, 21, 10, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("eleven", "11:00"),
        ("seven thirty", "19:30"),
        ("ten oh five", "22:05"),
        ("7:30 a.m.", "07:30"),
        ("seven in the evening", "19:00"),
        ("nine o'clock", "21:00"),
        ("half past ten", "10:30"),
        ("quarter to twelve", "11:45"),
        ("a quarter past ten", "10:15"),
        ("ten to eight", "19:50"),
        ("twenty past ten", "10:20"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("eighteen forty five", "18:45"),
        ("thirteen hundred", "13:00"),
        ("19:30", "19:30"),
        ("twelve", "12:00"),
        ("twelve am", "00:00"),
        ("twelve thirty pm", "12:30"),
        ("ten to one pm", "12:50"),
    ],
)
def test_times_of_day_are_understood_as_the_next_ones(said, hours):
    heard = plain(said)
    assert re.fullmatch(clock.CLOCK, heard)
    moment = clock.coming(heard, NOW)
    assert f"{moment:%H:%M}" == hours
    assert NOW < moment <= NOW + dt.timedelta(days=1)


@pytest.mark.parametrize("said", ["", "25", "7:75", "2575", "soon", "half past"])
def test_what_is_no_time_is_not_understood(said):
    assert clock.coming(plain(said), NOW) is None


def test_a_time_is_said_in_twelve_hours():
    assert clock.say(NOW) == "10:05"
    assert clock.say(NOW.replace(hour=0)) == "12:05"
