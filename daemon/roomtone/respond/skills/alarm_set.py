"""Set an alarm for a time of day; the time may follow when asked for."""

from __future__ import annotations

import datetime as dt

from roomtone.base.clock import local, unix
from roomtone.base.room import AlarmClock, Reply, Room, SetAlarm
from roomtone.respond import clock
from roomtone.respond.duration import seconds
from roomtone.respond.skills import timer_set
from roomtone.respond.slot import WEEKDAYS
from roomtone.respond.template import Slots

ASKED = "For what time?"

EVENING = 18
"""The hour from which on it may be called tonight."""

_START = "(set|start|make|create|add|put on|give me|i need|i want|setup|set up)"
_A = "[a|an|the|my|1|another|1 more|a new]"
_WAKE = "(wake|get) me [up]"

SENTENCES: tuple[str, ...] = (
    f"[{_START}] {_A} alarm [clock] [{{when}}] [for|at|to] {{hour}} [{{when}}]",
    f"[{_START}] {_A} alarm [clock] [for] [{{when}}] [for|at|to] {{hour}} [{{when}}]",
    f"[{_START}] {_A} {{hour}} alarm [for] [{{when}}]",
    f"{_WAKE} [{{when}}] [at|by|for] {{hour}} [{{when}}]",
    f"{{when}} {_WAKE} [at|by] {{hour}}",
    f"at {{hour}} [{{when}}] {_WAKE}",
    "i (have to|need to|must|want to) (get up|wake up) [{when}] (at|by) {hour} [{when}]",
    f"{_START} {_A} alarm [clock] [for {{when}}]",
    f"{_WAKE} [{{when}}]",
    f"[{_START}] {_A} alarm (for|in) {{duration}} [from now]",
    f"[{_START}] {_A} alarm for in {{duration}} [from now]",
    "[at|for|make it|let us say|set it to] {hour:answered} [{when}]",
)
_DAY = rf"today|tomorrow|the day after tomorrow|(?:on |next |this )?(?:{'|'.join(WEEKDAYS)})"
_PART = "morning|afternoon|evening|night"
LISTS: dict[str, str] = {
    "hour": clock.CLOCK,
    "when": rf"tonight|(?:this|in the) (?:{_PART})|(?:{_DAY})(?: (?:in the |at )?(?:{_PART}))?",
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Set it and say for when; or ask for the time."""
    if "duration" in slots:
        length = seconds(slots["duration"])
        return timer_set.start(length) if length else None
    said = slots.get("hour", slots.get("answered"))
    if said is None:
        return Reply(text=ASKED, skill="alarm_set")
    if "answered" in slots and not (room.last_is_ours and room.last_reply == ASKED):
        return None
    at = meant(said, slots.get("when", ""), room.now)
    if at is None:
        return None
    actions = () if any(alarm.at == at for alarm in room.alarms) else (SetAlarm(at),)
    text = f"Alarm set for {called(at, room.now)}."
    if (rings := _rings(at)) != at:
        text = f"{text} The clocks go forward then, so it will be {clock.say(rings)}."
    return Reply(text=text, skill="alarm_set", actions=actions)


def meant(said: str, when: str, now: dt.datetime) -> dt.datetime | None:
    """The local time, without zone, that "7 30" and "tomorrow evening" mean; None for none."""
    here = now.replace(tzinfo=None)
    part = next((part for part in _PART.split("|") if when.endswith(part)), "")
    days = _days(when, here)
    if days is None:
        return _next(said, part, here)
    for ahead in (days, days + 7):
        start = (here + dt.timedelta(ahead)).replace(hour=0, minute=0, second=0, microsecond=0)
        found = _next(said, part, max(start - dt.timedelta(minutes=1), here))
        if found is not None and found.date() == start.date():
            return found
    return None


def called(at: dt.datetime, now: dt.datetime) -> str:
    """Say when it rings: "7:00 AM tomorrow", "9:30 PM on Monday", "noon today"."""
    days = (at.date() - now.date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {WEEKDAYS[at.weekday()].title()}")
    named = {(12, 0): "noon", (0, 0): "midnight"}.get((at.hour, at.minute))
    half = "AM" if at.hour < 12 else "PM"
    return f"{named or f'{clock.say(at)} {half}'} {day}"


def ring_text(alarm: AlarmClock, now: dt.datetime, late: float = 0.0) -> str:
    """Sentence for the moment when it rings, `late` seconds after it should have."""
    if late:
        return f"Your {clock.say(alarm.at)} alarm was {timer_set.ago(late)}."
    if _rings(alarm.at) != alarm.at:
        return f"It's {clock.say(now)}. Today there is no {clock.say(alarm.at)}."
    return f"It's {clock.say(now)}. This is your alarm."


def _rings(at: dt.datetime) -> dt.datetime:
    """What the clock shows when it rings: an hour more in the hour that is skipped in spring."""
    return local(unix(at)).replace(tzinfo=None)


def _next(said: str, part: str, after: dt.datetime) -> dt.datetime | None:
    """The next such time in that part of the day; "1 at night" is early, "11 at night" late."""
    if part:
        found = clock.coming(f"{said} {'at' if part == 'night' else 'in the'} {part}", after)
        if found is not None and (part != "night" or found.hour >= EVENING):
            return found
    if part == "night":
        after = max(after, after.replace(hour=EVENING, minute=0))
    return clock.coming(said, after)


def _days(when: str, here: dt.datetime) -> int | None:
    """How many days ahead; None when any day will do."""
    weekday = next((number for number, name in enumerate(WEEKDAYS) if name in when), None)
    if weekday is not None:
        return (weekday - here.weekday()) % 7
    if when.startswith("the day after tomorrow"):
        return 2
    return 1 if when.startswith("tomorrow") else None
