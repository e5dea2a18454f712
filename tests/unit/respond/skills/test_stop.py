import pytest

from roomtone.base.room import Rest
from roomtone.respond.skills.stop import is_stop


@pytest.mark.parametrize(
    "text",
    [
        "stop",
        "Stop!",
        "stopp",
        "stop it",
        "okay stop",
        "stop stop",
        "Stop, stop, stop.",
        "hush",
        "be quiet",
        "shut up",
        "cancel",
        "never mind",
        "Nevermind.",
        "enough",
        "that's enough",
        "thank you that's all",
        "please stop talking",
        "hey jarvis stop",
        "no stop",
    ],
)
def test_stop_has_many_words(ask, text):
    reply = ask(text)
    assert reply.text == ""
    assert reply.actions == (Rest(),)
    assert is_stop(text)


@pytest.mark.parametrize("text", ["no", "nothing", "no thanks", "no i'm good"])
def test_a_question_back_can_be_declined(ask, text):
    assert ask(text).actions == (Rest(),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "nothing",
        "i'm fine",
        "the bus stop",
        "don't stop",
        "stop the pizza timer",
        "what did you say",
        "top",
        "and then he said stop it or else",
        "enough people came",
    ],
)
def test_other_talk_over_our_voice_does_not_stop_it(text):
    assert not is_stop(text)


def test_over_a_bell_the_alarm_is_stopped_and_in_a_quiet_room_it_is_cancelled(ask):
    for said in ("stop the alarm", "Turn off the alarm.", "stop ringing"):
        assert is_stop(said)
    assert not is_stop("stop the timer")
    assert ask("stop the alarm").skill == "alarm_cancel"
