"""Whether anybody is there, and what becomes of what was said."""

from __future__ import annotations

from collections.abc import Iterator

from roomtone.base.room import Reply, Room
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "[hello] (are you [still] there|can you hear me|are you listening [to me]|listen to me)",
    "(start listening|wake up|unmute [yourself|the microphone])",
    "(hear me|hello are you there|is anybody there|is anyone there)",
    "{kept}",
)
LISTS: dict[str, str] = {
    "kept": r"(?:are you|do you) (?:recording|record|store|save|keep|spy on|spying on)"
    r" ?(?:me|us|this|my voice|what (?:i|we) say|everything)?|"
    r"(?:who is listening|what data do you have|what have you stored|what do you (?:remember|"
    r"store))"
    r"(?: about me)?|does my voice leave (?:the house|the room|this room)",
}


def answer(slots: Slots, room: Room) -> Reply:
    """Yes; or where words and sound stay."""
    if "kept" in slots:
        return Reply(text=" ".join(_kept(room)), skill="presence")
    return Reply(text="Yes, I can hear you.", skill="presence")


def _kept(room: Room) -> Iterator[str]:
    yield "Your voice is never stored and never leaves this machine."
    if room.guest:
        yield "Guest mode is on: I keep nothing."
    else:
        yield "What I understood is kept here, encrypted, for as long as you have set."
    if room.cloud:
        yield "Questions I can't answer may go to the cloud as text."
