"""Ask for the length of a timer, and hear the answer."""

from __future__ import annotations

import re

from roomtone.base.room import Reply, Room
from roomtone.respond.duration import seconds
from roomtone.respond.number import value
from roomtone.respond.skills import timer_set
from roomtone.respond.template import Slots

_ASKED = re.compile(r"For how long(?: should the (?P<name>.+) timer run)?\?")

SENTENCES: tuple[str, ...] = (
    "(set|start|make|create|add|begin|i need|i want|set up) "
    "(a|an|the|my|1|another|1 more|a second|a new) [{name}] (timer|countdown)",
    "(set|start) timer",
    "(set|start|make|create|add|begin) (a|another) timer for [the|my] {name}",
    "[set|start] [a|the|another] [{name}] timer (for|of|to) {number:minutes}",
    "[for|make it|let us say|i think|about|to|well|set it to] {duration}",
    "[for|make it|let us say|i think|about] {number}",
)
LISTS: dict[str, str] = {}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Ask; or start it when we had asked and this is a length. A bare number counts minutes."""
    if "minutes" in slots:
        return timer_set.start(round(value(slots["minutes"]) * 60), slots.get("name", ""))
    if "duration" not in slots and "number" not in slots:
        name = slots.get("name", "")
        return Reply(
            text=f"For how long should the {name} timer run?" if name else "For how long?",
            skill="timer_ask",
        )
    asked = _ASKED.fullmatch(room.last_reply)
    if asked is None or not room.last_is_ours:
        return None
    length = (
        seconds(slots["duration"]) if "duration" in slots else round(value(slots["number"]) * 60)
    )
    return timer_set.start(length, asked["name"] or "") if length and length > 0 else None
