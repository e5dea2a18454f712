import pytest

from roomtone.base.room import CancelTimers

PIZZA = (1, "pizza", 600, 300)
TEN = (2, "", 600, 400)
FIVE = (3, "", 300, 200)


def test_the_only_timer_needs_no_name(ask):
    reply = ask("cancel the timer", PIZZA)
    assert reply.actions == (CancelTimers((1,)),)
    assert reply.text == "Pizza timer cancelled."


@pytest.mark.parametrize(
    ("command", "ids"),
    [
        ("cancel the pizza timer", (1,)),
        ("cancel the pizzas timer", (1,)),
        ("stop the ten minute timer", (2,)),
        ("delete the five minute timer", (3,)),
        ("cancel all timers", (1, 2, 3)),
        ("cancel everything", (1, 2, 3)),
        ("cancel the first timer", (1,)),
        ("cancel the second timer", (2,)),
        ("cancel the last timer", (3,)),
    ],
)
def test_a_timer_is_found_by_name_length_or_place(ask, command, ids):
    assert ask(command, PIZZA, TEN, FIVE).actions == (CancelTimers(ids),)


def test_in_doubt_it_asks_which_and_understands_the_answer(ask):
    asked = ask("cancel the timer", PIZZA, FIVE)
    assert asked.text == "Which timer should I cancel: the pizza timer or the 5 minute timer?"
    assert asked.actions == ()
    for answer, ids in {"pizza": (1,), "the five minute one": (3,), "both": (1, 3)}.items():
        assert ask(answer, PIZZA, FIVE, last_reply=asked.text).actions == (CancelTimers(ids),)


def test_equal_timers_are_not_asked_about(ask):
    assert ask("cancel the five minute timer", FIVE, (4, "", 300, 250)).actions == (
        CancelTimers((3,)),
    )


def test_what_does_not_run_is_said(ask):
    assert ask("cancel the timer").text == "No timer is running."
    assert ask("cancel the tea timer", PIZZA).text == (
        "I have no such timer. The pizza timer is running."
    )
    assert ask("cancel the tea timer", PIZZA, FIVE).text == (
        "I have no such timer. Two timers are running: the pizza timer and the 5 minute timer."
    )
