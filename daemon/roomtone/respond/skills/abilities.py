"""What can be asked."""

from __future__ import annotations

from roomtone.base.room import Reply, Room
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "what (can|could|do) you do [for me]",
    "what are you able to do",
    "what (can|could|should) i (say|ask|ask you|ask you for|say to you)",
    "what (do you know|are your skills|are your abilities|features do you have)",
    "how (can|do) (you help me|you help|i use you)",
    "help [me]",
    "i need help",
    "can you help me",
)
LISTS: dict[str, str] = {}


def answer(_slots: Slots, _room: Room) -> Reply:
    """One breath, no list of everything."""
    return Reply(
        text="I can set timers and alarms, keep notes, tell the time and the date, do sums, "
        "convert units and answer short questions. Say stop whenever you like.",
        skill="abilities",
    )
