import pytest

from roomtone.base.room import CancelTimers, SetTimer

PIZZA = (1, "pizza", 600, 300)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        ("add five minutes to the pizza timer", 600),
        ("add another minute", 360),
        ("extend the timer by ten minutes", 900),
        ("take two minutes off the pizza timer", 180),
        ("make the pizza timer a minute shorter", 240),
    ],
)
def test_a_timer_gets_a_new_end_and_keeps_its_name(ask, command, seconds):
    assert ask(command, PIZZA).actions == (CancelTimers((1,)), SetTimer(seconds, "pizza"))


def test_no_more_is_taken_than_is_left(ask):
    reply = ask("take ten minutes off the timer", PIZZA)
    assert reply.actions == ()
    assert reply.text == "The pizza timer has less than that left."


def test_in_doubt_nothing_is_changed(ask):
    assert ask("add five minutes to the timer", PIZZA, (2, "egg", 60, 30)).actions == ()
    assert ask("add five minutes to the timer").text == "No timer is running."


def test_a_day_is_the_limit(ask):
    assert ask("add twenty four hours to the timer", PIZZA).actions == ()
