import pytest

from roomtone.base.room import DropNotes, Forget, Note


@pytest.mark.parametrize(
    "said",
    [
        "Forget what I just said.",
        "forget that",
        "delete that",
        "erase the last thing I said",
        "forget what I said",
        "forget what I told you",
        "please forget my last question",
        "delete what I asked",
        "forget the last thing",
        "don't remember that",
        "don't keep what I said",
        "I didn't say that",
        "you never heard that",
        "can you forget that please",
    ],
)
def test_the_last_turn_is_forgotten_at_once(ask, said):
    reply = ask(said, last_reply="Paris.")
    assert reply.actions == (Forget("last"),)
    assert reply.confirm is None
    assert reply.text == "It's forgotten."


@pytest.mark.parametrize(
    "said",
    [
        "delete everything from today",
        "Forget today.",
        "forget what I said today",
        "erase today's history",
        "forget this conversation",
        "delete everything I said today",
        "delete all of my data from today",
    ],
)
def test_a_day_is_forgotten_only_after_a_yes(ask, said):
    reply = ask(said, turns_today=12)
    assert reply.actions == ()
    assert reply.confirm == Forget("today")
    assert reply.text == "Twelve turns of today would be deleted. Say yes to do it."


def test_the_number_of_turns_is_said_as_it_is(ask):
    assert "One turn of today" in ask("forget today", turns_today=1).text
    nothing = ask("forget today")
    assert (nothing.text, nothing.confirm) == ("Nothing of today is kept.", None)


@pytest.mark.parametrize(
    "said",
    [
        "Forget everything.",
        "delete everything",
        "delete my history",
        "delete everything you know about me",
        "erase all my data",
        "forget everything I said",
        "clear the history",
        "delete all our conversations",
        "forget everything about me",
        "wipe your memory",
    ],
)
def test_everything_is_forgotten_only_after_a_yes(ask, said):
    reply = ask(said)
    assert reply.actions == ()
    assert reply.confirm == Forget("all")
    assert reply.text.endswith("Say yes to do it.")


def test_notes_that_would_go_with_everything_are_named(ask):
    note = Note(id=1, at=0.0, text="The key is under the mat")
    assert "your note." in ask("forget everything", notes=(note,)).text
    assert "your 2 notes." in ask("forget everything", notes=(note, note)).text


def test_a_note_that_was_just_made_goes_with_its_turn(ask):
    made = ask("remember that the key is under the mat")
    note = Note(id=5, at=0.0, text="The key is under the mat")
    taken_back = ask("forget that", notes=(note,), last_reply=made.text)
    assert taken_back.actions == (DropNotes((5,)), Forget("last"))
    later = ask("forget that", notes=(note,), last_reply="It's 10:05.")
    assert later.actions == (Forget("last"),)


@pytest.mark.parametrize(
    "said", ["forget the last hour", "delete my history from yesterday", "forget last week"]
)
def test_what_only_the_command_line_forgets_is_said(ask, said):
    reply = ask(said, turns_today=3)
    assert "roomtone history forget" in reply.text
    assert (reply.actions, reply.confirm) == ((), None)


def test_there_are_no_recordings_to_delete(ask):
    reply = ask("delete all recordings")
    assert reply.text.startswith("There are no recordings")
    assert (reply.actions, reply.confirm) == ((), None)


@pytest.mark.parametrize(
    "said",
    [
        "forget me not",
        "delete all photos from last year",
        "clear my schedule",
        "remove the onions",
        "forget the pizza",
        "delete the last paragraph",
        "I forgot everything",
        "did you forget that",
        "wipe the table",
    ],
)
def test_other_talk_of_forgetting_deletes_nothing(ask, said):
    reply = ask(said, turns_today=3)
    assert reply is None or (reply.actions, reply.confirm) == ((), None)
