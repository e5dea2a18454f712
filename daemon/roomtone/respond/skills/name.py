"""What it is called: the owner chooses, and a small language model forgets."""

from __future__ import annotations

from roomtone.base.room import Reply, Room
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "what is your name",
    "what are you called",
    "(tell me|say) your name",
    "(do you have|have you got) a name",
    "what (should|do|can|may) i call you",
    "who (am i|are we) talking to",
)
LISTS: dict[str, str] = {}


def answer(_slots: Slots, room: Room) -> Reply:
    """Say the name in the configuration."""
    return Reply(text=f"I am {room.name}.", skill="name")
