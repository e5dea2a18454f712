import datetime as dt

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "what time is it",
        "What's the time?",
        "tell me the time",
        "do you know what time it is",
        "time please",
        "can you tell me what time it is please",
        "what is the current time",
        "how late is it",
        "do you have the time",
    ],
)
def test_the_time_can_be_asked_in_many_ways(ask, question):
    assert ask(question).text == "It's 10:05."


def test_the_afternoon_has_twelve_hours_too(ask):
    assert ask("what time is it", now=dt.datetime(2026, 1, 1, 0, 7, tzinfo=dt.UTC)).text == (
        "It's 12:07."
    )


def test_other_cities_have_their_own_time(ask):
    assert ask("what time is it in tokyo").text == "In Tokyo it's 7:05 PM."
    assert ask("what time is it in atlantis") is None


def test_midnight_is_counted_down_to(ask):
    assert ask("how long until midnight").text == "Thirteen hours and 55 minutes until midnight."


def test_any_time_of_day_is_counted_down_to(ask):
    assert ask("how long until half past ten").text == "Twenty five minutes until 10:30."
    assert ask("how long until seven thirty pm").text == "Nine hours and 25 minutes until 7:30."
    assert ask("how long until twenty five thirty") is None
