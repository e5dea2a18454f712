import pytest

from roomtone.base.room import DropNotes, Note

KEY = Note(id=4, at=1.0, text="The spare key is under the mat")
CAR = Note(id=7, at=2.0, text="The car needs new tires")
CAR_KEY = Note(id=9, at=3.0, text="Anna has the key of the car")
NOTES = (KEY, CAR, CAR_KEY)


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("forget the note about the spare key", 4),
        ("Delete the note about the tires.", 7),
        ("please erase my note about anna", 9),
        ("remove the note that says the car needs new tires", 7),
        ("delete the last note", 9),
        ("delete my latest note", 9),
        ("forget that note", 9),
        ("delete the first note", 4),
        ("delete the oldest note", 4),
        ("forget what I told you about the mat", 4),
    ],
)
def test_one_note_is_forgotten_at_once_and_named(ask, said, id_):
    reply = ask(said, notes=NOTES)
    assert reply.actions == (DropNotes((id_,)),)
    named = next(note.text for note in NOTES if note.id == id_)
    assert reply.text == f"I've forgotten the note: {named}."


@pytest.mark.parametrize(
    "said",
    [
        "delete all my notes",
        "Clear my notes.",
        "forget all the notes",
        "erase every one of my notes",
    ],
)
def test_all_are_deleted_only_after_a_yes(ask, said):
    reply = ask(said, notes=NOTES)
    assert reply.actions == ()
    assert reply.confirm == DropNotes((4, 7, 9))
    assert reply.text == "Three notes would be deleted, all of them. Say yes to do it."


def test_several_of_the_same_words_are_deleted_only_after_a_yes(ask):
    reply = ask("delete the note about the key", notes=NOTES)
    assert (reply.actions, reply.confirm) == ((), DropNotes((4, 9)))
    assert reply.text == "Two notes would be deleted, those that speak of it. Say yes to do it."


def test_what_is_not_there_is_said(ask):
    assert ask("delete the last note").text == "You have no notes."
    assert ask("delete the note about the ladder", notes=NOTES).text == (
        "None of your notes speaks of that."
    )
    assert ask("delete the note about it", notes=NOTES).actions == ()


@pytest.mark.parametrize("said", ["delete the last paragraph", "forget the key", "clear the table"])
def test_other_things_are_no_notes(ask, said):
    reply = ask(said, notes=NOTES)
    assert reply is None or reply.actions == ()
