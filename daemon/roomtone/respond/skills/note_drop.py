"""Forget notes: one at once, several after a yes."""

from __future__ import annotations

from roomtone.base.room import DropNotes, Note, Reply, Room
from roomtone.respond.outside import tame
from roomtone.respond.skills.note_pick import counted, speaking_of
from roomtone.respond.template import Slots

GUESTS = "My notes are for the household. Guest mode is on."

SENTENCES: tuple[str, ...] = (
    "{drop} (the|my|that|this|a|any) (note|notes) {about} {topic}",
    "{drop} what i (told you|asked you to remember) {about} {topic}",
    "{drop} (the|my|that|this) {newest}",
    "{drop} (the|my) {oldest}",
    "{drop} [{all}] [of] (my|the|your|our) notes",
    "{drop} {all} notes",
)
LISTS: dict[str, str] = {
    "drop": "forget|delete|remove|erase|clear|drop|throw away|cross out",
    "newest": "(?:(?:last|latest|newest|most recent) )?note(?: i made)?",
    "oldest": "(?:1st|oldest) note",
    "all": "all|every 1|each",
    "about": "about|on|for|of|with|that says|saying|that",
    "topic": r"[\w'.:]+(?: [\w'.:]+){0,11}",
}


def answer(slots: Slots, room: Room) -> Reply:
    """Drop the one that is meant, and say which; ask before several go."""
    if room.guest:
        return Reply(text=GUESTS, skill="note_drop")
    if not room.notes:
        return Reply(text="You have no notes.", skill="note_drop")
    meant = _meant(slots, room)
    if not meant:
        return Reply(text="None of your notes speaks of that.", skill="note_drop")
    return _one(meant[0], room) if len(meant) == 1 else _several(meant, room)


def _meant(slots: Slots, room: Room) -> tuple[Note, ...]:
    if "topic" in slots:
        return speaking_of(slots["topic"], room.notes)
    if "newest" in slots:
        return room.notes[-1:]
    return room.notes[:1] if "oldest" in slots else room.notes


def _one(note: Note, room: Room) -> Reply:
    text = tame(note.text, room.wakes).rstrip(" .!?")
    drop = DropNotes((note.id,))
    return Reply(text=f"I've forgotten the note: {text}.", skill="note_drop", actions=(drop,))


def _several(notes: tuple[Note, ...], room: Room) -> Reply:
    which = "all of them" if len(notes) == len(room.notes) else "those that speak of it"
    return Reply(
        text=f"{counted(len(notes))} would be deleted, {which}. Say yes to do it.",
        skill="note_drop",
        confirm=DropNotes(tuple(note.id for note in notes)),
    )
