from roomtone.base.room import SetTimer


def test_a_timer_without_length_is_asked_back_and_then_started(ask):
    asked = ask("set a timer")
    assert asked.text == "For how long?"
    assert asked.actions == ()
    assert ask("ten minutes", last_reply=asked.text).actions == (SetTimer(600),)


def test_the_name_is_not_forgotten_while_asking(ask):
    asked = ask("set a pizza timer please")
    assert asked.text == "For how long should the pizza timer run?"
    assert ask("For 10 minutes.", last_reply=asked.text).actions == (SetTimer(600, "pizza"),)


def test_a_bare_number_is_minutes(ask):
    assert ask("seven", last_reply="For how long?").actions == (SetTimer(420),)


def test_a_timer_for_a_bare_number_counts_minutes_and_says_so(ask):
    reply = ask("set a timer for ten")
    assert reply.actions == (SetTimer(600),)
    assert reply.text == "Ten minutes, starting now."
    assert not ask("set a timer for zero").actions


def test_a_length_that_nobody_asked_for_starts_nothing(ask):
    assert ask("ten minutes", last_reply="It's 10:05.") is None
    assert ask("seven") is None


def test_the_question_can_be_declined(ask):
    assert ask("never mind", last_reply="For how long?").skill == "stop"
