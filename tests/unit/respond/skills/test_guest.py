import pytest

from roomtone.base.room import SetGuest


@pytest.mark.parametrize(
    "said",
    [
        "Guest mode on.",
        "turn on guest mode",
        "turn guest mode on please",
        "start guest mode",
        "guest mode",
        "we have guests",
        "We have visitors tonight.",
        "the guests are here",
        "my guests are coming",
        "stop remembering",
        "stop remembering what we say",
        "don't remember anything",
        "keep nothing",
    ],
)
def test_guests_have_nothing_kept(ask, said):
    reply = ask(said)
    assert reply.actions == (SetGuest(on=True),)
    assert "I keep nothing" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "Guest mode off.",
        "turn off guest mode",
        "the guests are gone",
        "our guests have left",
        "the guests left",
        "end guest mode",
        "start remembering again",
        "you can remember things again",
    ],
)
def test_when_they_are_gone_it_remembers_again(ask, said):
    assert ask(said, guest=True).actions == (SetGuest(on=False),)


@pytest.mark.parametrize(
    "said", ["are you in guest mode", "is guest mode on", "are you still in guest mode"]
)
def test_it_tells_how_it_is(ask, said):
    assert ask(said, guest=True).text == "Guest mode is on: I keep nothing."
    off = ask(said)
    assert off.text.startswith("Guest mode is off")
    assert off.actions == ()


@pytest.mark.parametrize(
    "said",
    [
        "how many guests are coming to the wedding",
        "what should I cook for guests",
        "turn on the light in the guest room",
        "what is a guest",
        "stop",
        "we have ten minutes left",
        "the guest room is cold",
    ],
)
def test_other_talk_of_guests_changes_nothing(ask, said):
    reply = ask(said)
    assert reply is None or reply.skill != "guest"
