import pytest

from roomtone.base.room import DenyCloud


@pytest.mark.parametrize(
    "said",
    [
        "Stop using the cloud.",
        "don't use the cloud",
        "don't send anything to the internet",
        "never send my questions to the cloud again",
        "go offline",
        "stay offline",
        "turn off the cloud",
        "turn the cloud off",
        "cloud off",
        "stop asking ChatGPT",
        "stop asking OpenAI",
        "disconnect from the internet",
        "don't share my data",
        "keep everything in the house",
        "please stop sending what I say to the cloud",
    ],
)
def test_the_permission_is_taken_back_by_voice(ask, said):
    reply = ask(said, cloud=True)
    assert reply.actions == (DenyCloud(),)
    assert reply.text == "Done. I no longer ask the cloud; everything is answered here."
    assert ask(said).text == "The cloud is off. Everything is answered here."


@pytest.mark.parametrize(
    "said",
    [
        "use the cloud",
        "turn on the cloud",
        "go online",
        "you may ask ChatGPT",
        "allow the internet",
    ],
)
def test_it_cannot_be_given_by_voice(ask, said):
    reply = ask(said)
    assert reply.actions == ()
    assert "roomtone cloud allow" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "do you send anything to the internet",
        "are you using the cloud",
        "what leaves the house",
        "what has left the house",
        "does anything leave this house",
        "what do you send to the cloud",
        "is the cloud on",
        "are you online",
        "are you connected to the internet",
        "did you send my words to OpenAI",
        "what have you sent to the internet",
        "where do my words go",
    ],
)
def test_it_tells_what_may_leave_and_where_that_is_written(ask, said):
    closed, opened = ask(said), ask(said, cloud=True)
    assert closed.text.startswith("No.")
    assert "may go to the cloud" in opened.text
    for reply in (closed, opened):
        assert reply.actions == ()
        assert "roomtone cloud ledger" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "what is the internet",
        "how does the internet work",
        "who invented the world wide web",
        "what is a cloud",
        "why are clouds white",
        "what is the cloud",
        "how many clouds are there",
        "do you work offline",
        "send a message to mom",
        "what is left",
        "turn on the network printer",
        "are you on",
        "who left the house",
    ],
)
def test_other_talk_of_clouds_changes_nothing(ask, said):
    reply = ask(said)
    assert reply is None or reply.skill != "cloud_off"
