import re

import pytest

from roomtone.respond import duration
from roomtone.respond.plain import plain

LENGTHS = {
    "ten seconds": 10,
    "90 sec": 90,
    "2 min": 120,
    "5min": 300,
    "a minute": 60,
    "one minute": 60,
    "an hour": 3600,
    "an hour and a half": 5400,
    "one and a half hours": 5400,
    "one hour and a half": 5400,
    "half an hour": 1800,
    "a half hour": 1800,
    "half a minute": 30,
    "a quarter of an hour": 900,
    "quarter hour": 900,
    "three quarters of an hour": 2700,
    "an hour and fifteen minutes": 4500,
    "2 hours 30 minutes": 9000,
    "two and a half hours": 9000,
    "two hours, ten minutes and five seconds": 7805,
    "a minute and a half": 90,
    "a couple of minutes": 120,
    "0.5 hours": 1800,
    "ninety-five minutes": 5700,
    "one day": 86_400,
    "one hour thirty": 5400,
    "a minute and thirty": 90,
    "one minute 15": 75,
    "1 hour 5 minutes": 3900,
}


@pytest.mark.parametrize("text", LENGTHS)
def test_lengths_of_time_are_understood_whole(text):
    heard = plain(text)
    assert re.fullmatch(duration.DURATION, heard)
    assert duration.seconds(heard) == LENGTHS[text]


@pytest.mark.parametrize(
    "text",
    [
        "ten",
        "a second",
        "seconds",
        "minutes",
        "and a half",
        "ten pizzas",
        "soon",
        "",
        "ten seconds five",
    ],
)
def test_what_is_no_length_is_not_understood(text):
    assert not re.fullmatch(duration.DURATION, plain(text))


def test_nothing_is_no_length():
    assert duration.seconds("0 minutes") is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1 second"),
        (10, "10 seconds"),
        (60, "1 minute"),
        (90, "90 seconds"),
        (120, "2 minutes"),
        (130, "2 minutes and 10 seconds"),
        (3600, "1 hour"),
        (5400, "1 hour and 30 minutes"),
        (7805, "2 hours and 10 minutes"),
        (0, "0 seconds"),
        (-5, "0 seconds"),
    ],
)
def test_lengths_are_said_as_people_write_them(seconds, text):
    assert duration.say(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(10, "10 second"), (600, "10 minute"), (5400, "1 hour 30 minute")]
)
def test_a_length_before_a_noun_has_no_plural(seconds, text):
    assert duration.adjective(seconds) == text


@pytest.mark.parametrize("seconds", [1, 30, 60, 90, 600, 5400, 7200, 82_800])
def test_what_is_said_is_understood_again(seconds):
    assert duration.seconds(duration.say(seconds)) == seconds
