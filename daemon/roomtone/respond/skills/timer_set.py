"""Start a timer, named or not; the length may follow when asked for."""

from __future__ import annotations

import re

from roomtone.base.room import Reply, Room, SetTimer, Timer
from roomtone.respond.duration import adjective, say, seconds
from roomtone.respond.number import opened, value
from roomtone.respond.template import Slots

LONGEST = 24 * 3600
"""Seconds; beyond a day it is a date that is meant."""

_START = "(set|start|make|create|run|begin|add|put on|give me|get me|i need|i want|setup|set up)"
_A = "[a|an|the|my|1|another|1 more|a second|a new]"

SENTENCES: tuple[str, ...] = (
    f"[{_START}] {_A} timer [for|of|to|with|at|on] {{duration}}",
    f"[{_START}] {_A} {{duration}} timer",
    f"[{_START}] {_A} {{duration}} timer (for|called|named) [the|my] {{name}}",
    f"[{_START}] {_A} {{duration}} {{name}} timer",
    f"[{_START}] {_A} {{name}} timer [for|of|to|with|at] {{duration}}",
    f"[{_START}] {_A} timer [for|called|named] [the|my] {{name}} (for|of|to|with|at) {{duration}}",
    f"[{_START}] {_A} timer for {{duration}} (for|called|named) [the|my] {{name}}",
    f"[{_START}] {_A} (countdown|count down) [of|for|from] {{duration}}",
    f"[{_START}] {_A} {{duration}} (countdown|count down)",
    "count down [from|for] {duration}",
    "count [down] from {number}",
    "{call} me [up|again] (in|after) {duration} [from now]",
    "(in|after) {duration} {call} me [up|again]",
    "{call} me (in|after) {duration} [from now] [to|about|that] [the|my] {task:name}",
    "{call} me (to|about) [the|my] {task:name} in {duration} [from now]",
    "in {duration} {call} me (to|about) [the|my] {task:name}",
    "time {duration}",
)
LISTS: dict[str, str] = {"call": "wake|remind|tell|alert|notify|warn"}


def answer(slots: Slots, _room: Room) -> Reply | None:
    """Start it, and say how long and for what."""
    length = seconds(slots["duration"]) if "duration" in slots else round(value(slots["number"]))
    if length is None or length < 1:
        return None
    return start(length, slots.get("name", ""))


def start(length: int, name: str = "") -> Reply:
    """Set a timer of `length` seconds, or say that it is too long."""
    if not 1 <= length <= LONGEST:
        return Reply(text="My timers go from a second up to 24 hours.", skill="timer_set")
    named = re.sub(r"^(?:new|other|little) ", "", name)
    text = f"{say(length)}, starting now"
    if named:
        text = f"{text}: {named}" if " " in named else f"{named} timer: {text}"
    return Reply(
        text=f"{opened(text)}.",
        skill="timer_set",
        actions=(SetTimer(length, named),),
    )


def called(timer: Timer) -> str:
    """Call it as a person would: "pizza timer", "10 minute timer"."""
    return f"{timer.name or adjective(timer.seconds)} timer"


def ring_text(timer: Timer, late: float = 0.0) -> str:
    """Sentence for the moment when it rings, `late` seconds after it should have."""
    how = f"ended {ago(late)}" if late else "is done"
    if " " in timer.name:
        return f"Your timer {how}: {timer.name}."
    return f"Your {called(timer)} {how}."


def ago(late: float) -> str:
    """How long ago, in words that suit an apology."""
    if late > LONGEST:
        return "more than a day ago"
    return f"{say(60 * round(late / 60))} ago"
