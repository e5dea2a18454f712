import pytest

PIZZA = (1, "pizza", 600, 290)
EGG = (2, "egg", 360, 60)


@pytest.mark.parametrize(
    "question",
    [
        "how much time is left",
        "how long is left",
        "how much time is left on the pizza timer",
        "how much time is left on the pizza",
        "when will my timer go off",
        "how many minutes are left on the timer",
        "is the pizza timer done yet",
        "check the timer",
    ],
)
def test_the_time_left_can_be_asked_in_many_ways(ask, question):
    assert ask(question, PIZZA).text == "Four minutes and 50 seconds left."


def test_several_timers_are_told_apart(ask):
    assert ask("how much time is left", EGG, PIZZA).text == (
        "One minute on the egg timer, 4 minutes and 50 seconds on the pizza timer."
    )


def test_no_timer_has_no_time_left(ask):
    assert ask("how long is left").text == "No timer is running."
