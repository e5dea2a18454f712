import pytest

from roomtone.base.room import NotCalled, Rest


@pytest.mark.parametrize(
    "text",
    [
        "That was a false alarm.",
        "Sorry, false alarm",
        "that was another false alarm",
        "Nobody called you.",
        "I wasn't talking to you",
        "I didn't say your name",
    ],
)
def test_a_wake_is_taken_back(ask, text):
    reply = ask(text)
    assert reply.actions == (NotCalled(), Rest())
    assert "remember" in reply.text


@pytest.mark.parametrize("text", ["what is a false alarm", "nobody called me", "set a false alarm"])
def test_other_talk_of_alarms_and_calls_is_none(ask, text):
    reply = ask(text)
    assert reply is None or NotCalled() not in reply.actions


def test_with_guests_it_promises_nothing(ask):
    assert "keep nothing" in ask("false alarm", guest=True).text
