import pytest

from roomtone.base.room import DropNotes, Forget, Rest

TODAY = Forget("today")


@pytest.mark.parametrize(
    "said",
    [
        "Yes.",
        "yes please",
        "yes, do it",
        "do it",
        "go ahead",
        "sure",
        "confirm",
        "Yeah, sure.",
        "please do",
        "of course",
        "yes I'm sure",
        "hey jarvis yes",
        "yes delete it",
    ],
)
def test_a_yes_does_what_is_pending(ask, said):
    reply = ask(said, pending=TODAY)
    assert reply.actions == (TODAY,)
    assert reply.text == "Done. What was said today is deleted."


@pytest.mark.parametrize(
    ("pending", "text"),
    [
        (Forget("all"), "Done. Everything you told me is deleted."),
        (DropNotes((1, 2, 3)), "Done. Three notes deleted."),
        (DropNotes((1,)), "Done. One note deleted."),
    ],
)
def test_what_was_done_is_said(ask, pending, text):
    reply = ask("yes", pending=pending)
    assert (reply.text, reply.actions) == (text, (pending,))


@pytest.mark.parametrize(
    "said",
    ["No.", "no thank you", "don't", "don't do it", "no wait", "never mind", "keep it", "not now"],
)
def test_a_no_does_nothing_and_says_so(ask, said):
    reply = ask(said, pending=TODAY)
    assert reply.text == "Alright, nothing was deleted."
    assert (reply.actions, reply.confirm) == ((), None)


@pytest.mark.parametrize("said", ["okay", "maybe", "what", "are you sure", "right"])
def test_half_a_yes_is_asked_again(ask, said):
    reply = ask(said, pending=TODAY)
    assert reply.actions == ()
    assert reply.confirm == TODAY


@pytest.mark.parametrize("said", ["yes", "do it", "go ahead", "sure", "confirm", "okay", "maybe"])
def test_without_a_question_before_a_yes_is_talk(ask, said):
    assert ask(said) is None


def test_without_a_question_before_a_no_ends_the_conversation(ask):
    assert ask("no").actions == (Rest(),)


@pytest.mark.parametrize(
    "said",
    [
        "yes and no are short words",
        "what time is it",
        "do it yourself",
        "sure thing boss how far is the moon",
        "yes but only the last one",
        "delete everything",
        "who said yes",
    ],
)
def test_anything_else_is_no_yes(ask, said):
    reply = ask(said, pending=TODAY)
    assert reply is None or TODAY not in reply.actions
