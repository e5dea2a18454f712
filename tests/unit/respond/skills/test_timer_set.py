import pytest

from roomtone.base.room import SetTimer, Timer
from roomtone.respond.skills.timer_set import LONGEST, ring_text


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("set a timer for ten seconds", "Ten seconds, starting now."),
        ("set a pizza timer for ten minutes", "Pizza timer: 10 minutes, starting now."),
        ("remind me in five minutes to call mom", "Five minutes, starting now: call mom."),
    ],
)
def test_what_was_understood_is_said(ask, command, answer):
    assert ask(command).text == answer


def test_more_than_a_day_is_refused(ask):
    reply = ask("set a timer for three days")
    assert reply.text == "My timers go from a second up to 24 hours."
    assert reply.actions == ()
    assert ask("set a timer for 24 hours").actions == (SetTimer(LONGEST),)


def test_no_time_at_all_starts_nothing(ask):
    reply = ask("set a timer for zero seconds")
    assert reply is None or not reply.actions


@pytest.mark.parametrize(
    ("name", "seconds", "text"),
    [
        ("pizza", 600, "Your pizza timer is done."),
        ("", 10, "Your 10 second timer is done."),
        ("", 5400, "Your 1 hour 30 minute timer is done."),
        ("call mom", 600, "Your timer is done: call mom."),
    ],
)
def test_a_timer_says_its_name_when_it_rings(name, seconds, text):
    assert ring_text(Timer(id=1, name=name, seconds=seconds, due=0.0)) == text
