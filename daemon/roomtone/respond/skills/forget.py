"""Forget what was said: the last thing at once, a day or everything after a yes."""

from __future__ import annotations

from roomtone.base.room import Action, DropNotes, Forget, Reply, Room
from roomtone.respond.number import opened
from roomtone.respond.skills.note_add import noted
from roomtone.respond.template import Slots

GUESTS = (
    "Nothing is kept while guests are here. What was kept before is for the household to delete."
)

SENTENCES: tuple[str, ...] = (
    "{forget} {last}",
    "{forget} ({everything}|{said}|{last}|{conversation}) [that was said] [from|of] {today}",
    "{forget} {today}",
    "{forget} [this|our|the] {conversation}",
    "{forget} {everything}",
    "{forget} ({everything}|{said}|{last}) [from|of|since] {span}",
    "{forget} {span}",
    "{forget} {sound}",
    "do not (keep|store|save|remember) {last}",
    "i (did not|never) {unsaid}",
    "you (did not|never) (hear|heard) {last}",
    "strike {last} [from the record]",
)
_SAID = (
    r"what (?:i|we|you) (?:just |have |have just )?(?:said|told you|asked|asked you|heard)|"
    r"what i said to you|my (?:last )?(?:words|question|questions|request)"
)
LISTS: dict[str, str] = {
    "forget": r"forget|delete|erase|clear|wipe(?: out)?|remove|undo the memory of",
    "last": rf"that|this|{_SAID}|(?:that|what) i (?:ever )?(?:said|asked) (?:that|it)|"
    r"(?:the|my) last (?:thing|1|question|turn|sentence|answer|message|request)"
    r"(?: (?:i|you|we) (?:just )?(?:said|asked|told you|heard))?",
    "said": _SAID,
    "unsaid": r"say (?:that|this|anything)",
    "everything": r"everything|all|all of it|it all|all (?:of )?(?:my|the|our) (?:data|history|"
    r"conversations|turns|words)|(?:my|the|our|your|all|this) (?:whole |entire )?(?:history|data|"
    r"memory|conversations|conversation history|chat history)|"
    r"(?:everything|all|anything)(?: that)? (?:i|we) (?:ever |have ever |have )?(?:said|told you|"
    r"asked|asked you)|(?:everything|all|what)(?: that)? you (?:know|remember|have|stored|keep|"
    r"have stored|heard|have heard|learned)(?: (?:about|of|on) (?:me|us))?|"
    r"everything about (?:me|us)",
    "conversation": r"conversation|chat|talk|discussion",
    "today": r"today|this day|the day|today's (?:history|conversations?|turns|talks?)",
    "span": r"yesterday|this (?:week|month|morning|year)|(?:the )?last (?:hour|week|month|day|"
    r"\d+ (?:minutes|hours|days|turns))|(?:on )?(?:monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)",
    "sound": r"(?:all |all of )?(?:the |my |your )?(?:recordings?|audio|voice(?: recordings)?)",
}


def answer(slots: Slots, room: Room) -> Reply:
    """Do what can be done by voice, or say where the rest is done."""
    if room.guest:
        return Reply(text=GUESTS, skill="forget")
    if "sound" in slots:
        return _told(
            "There are no recordings; sound is never kept. "
            "To delete the words I understood, say: forget everything."
        )
    if "span" in slots:
        return _told(
            "By voice I can forget the last thing, today or everything. "
            "The command roomtone history forget does the rest."
        )
    if "today" in slots or "conversation" in slots:
        return _today(room)
    if "everything" in slots:
        return _everything(room)
    return Reply(text="It's forgotten.", skill="forget", actions=_last(room))


def _told(text: str) -> Reply:
    return Reply(text=text, skill="forget")


def _today(room: Room) -> Reply:
    if not room.turns_today:
        return _told("Nothing of today is kept.")
    times = "turn" if room.turns_today == 1 else "turns"
    return Reply(
        text=f"{opened(str(room.turns_today))} {times} of today would be deleted. "
        "Say yes to do it.",
        skill="forget",
        confirm=Forget("today"),
    )


def _everything(room: Room) -> Reply:
    notes = f", with your {len(room.notes)} notes" if len(room.notes) > 1 else ""
    notes = ", with your note" if len(room.notes) == 1 else notes
    return Reply(
        text=f"Everything you ever told me would be deleted{notes}. Say yes to do it.",
        skill="forget",
        confirm=Forget("all"),
    )


def _last(room: Room) -> tuple[Action, ...]:
    """The turn before, and the note that was made in it."""
    newest = room.notes[-1] if room.notes else None
    if newest and room.last_is_ours and room.last_reply == noted(newest.text):
        return (DropNotes((newest.id,)), Forget("last"))
    return (Forget("last"),)
