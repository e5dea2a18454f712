"""Make a running timer longer or shorter."""

from __future__ import annotations

from roomtone.base.room import CancelTimers, Reply, Room, SetTimer
from roomtone.respond.duration import say, seconds
from roomtone.respond.number import opened
from roomtone.respond.skills import timer_pick
from roomtone.respond.skills.timer_set import LONGEST, called
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "(add|put) [another] {duration:more} [more] (to|on) [the|my] [{name}|{duration}] timer",
    "add [another] {duration:more} [more]",
    "(add|give me) another {duration:more}",
    "(add|give me) {duration:more} more",
    "(extend|lengthen|increase) [the|my] [{name}|{duration}] timer (by|for) [another] "
    "{duration:more}",
    "make [the|my] [{name}] timer {duration:more} longer",
    "make [the|my] [{name}] timer {duration:less} shorter",
    "(take|remove|subtract) {duration:less} (off|from|off of) [the|my] [{name}|{duration}] timer",
    "(shorten|reduce|decrease) [the|my] [{name}|{duration}] timer by {duration:less}",
)
LISTS: dict[str, str] = {}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Replace the timer by one with the new remaining time."""
    by = seconds(slots["more"]) if "more" in slots else -(seconds(slots["less"]) or 0)
    meant = timer_pick.matching(slots, room)
    if not by:
        return None
    if not meant:
        return Reply(text=timer_pick.missing(room), skill="timer_add")
    if len(meant) > 1:
        return Reply(text=f"Say which: {timer_pick.listed(meant, 'or')}.", skill="timer_add")
    timer = meant[0]
    left = round(timer.due - room.now.timestamp()) + by
    if left < 1:
        return Reply(text=f"The {called(timer)} has less than that left.", skill="timer_add")
    if left > LONGEST:
        return Reply(text="My timers go up to 24 hours.", skill="timer_add")
    return Reply(
        text=f"{opened(say(left))} left now.",
        skill="timer_add",
        actions=(CancelTimers((timer.id,)), SetTimer(left, timer.name)),
    )
