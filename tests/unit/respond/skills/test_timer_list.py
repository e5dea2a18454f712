def test_no_timer_is_listed(ask):
    assert ask("what timers are running").text == "No timer is running."


def test_one_timer_is_told(ask):
    assert ask("do i have any timers", (1, "", 600, 60)).text == (
        "One timer: the 10 minute timer with 1 minute left."
    )


def test_timers_are_listed_in_one_breath(ask):
    assert ask("what timers do i have", (1, "egg", 360, 60), (2, "pizza", 600, 300)).text == (
        "Two timers: the egg timer with 1 minute left and the pizza timer with 5 minutes left."
    )
