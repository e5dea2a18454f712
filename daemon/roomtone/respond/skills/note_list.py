"""Read the notes out, as the user's words and not as ours."""

from __future__ import annotations

from collections.abc import Sequence

from roomtone.base.room import Note, Reply, Room
from roomtone.respond.number import words
from roomtone.respond.outside import tame
from roomtone.respond.skills.note_pick import counted, speaking_of
from roomtone.respond.template import Slots

MOST = 3
"""Notes that are read out in one answer."""

GUESTS = "My notes are for the household. Guest mode is on."

SENTENCES: tuple[str, ...] = (
    "what (are|is in|is on) my (notes|note)",
    "[list|show|show me|read|tell me|read out|read me] [all|all of] (my|the) notes [out|to me]",
    "(what|which) notes (do i have|have i made|are there|did i make|do you have)",
    "do i have [any] notes",
    "how many notes (do i have|are there)",
    "(read|show|show me|what is|what was|tell me|read me|repeat) (my|the) {last} note",
    "what did i (ask|tell) you to (remember|note|write down|keep)",
    "what (have|did) i (asked|ask|told|tell) you to remember",
    "what should you remember [for me]",
    "what (did|do) you (remember|note|write down) for me",
    "what did i tell you about {topic}",
    "what do my notes say (about|on) {topic}",
    "(search|look in|look through|check) my notes for {topic}",
    "(read|show|show me|find|what is) (the|my) note[s] (about|on|for|with) {topic}",
    "do i have a note (about|on|for) {topic}",
)
LISTS: dict[str, str] = {
    "last": "last|latest|newest|most recent",
    "topic": r"[\w'.:]+(?: [\w'.:]+){0,9}",
}


def answer(slots: Slots, room: Room) -> Reply:
    """Read the newest first."""
    if room.guest:
        return Reply(text=GUESTS, skill="note_list")
    if not room.notes:
        return Reply(text="You have no notes.", skill="note_list")
    notes = speaking_of(slots["topic"], room.notes) if "topic" in slots else room.notes
    if not notes:
        return Reply(text="None of your notes speaks of that.", skill="note_list")
    if "last" in slots:
        notes = notes[-1:]
    return Reply(text=_read(notes[::-1], room.wakes), skill="note_list")


def _read(notes: Sequence[Note], wakes: Sequence[str]) -> str:
    told = [
        tame(note.text, wakes).rstrip(" .!?") or "something I can't say" for note in notes[:MOST]
    ]
    if len(notes) == 1:
        return f"You told me: {told[0]}."
    rest = len(notes) - len(told)
    more = f" And {words(rest)} more." if rest else ""
    return f"{counted(len(notes))}. You told me: {'. You told me: '.join(told)}.{more}"
