"""How long a timer still runs."""

from __future__ import annotations

from roomtone.base.room import Reply, Room, Timer
from roomtone.respond.duration import say
from roomtone.respond.number import opened
from roomtone.respond.skills import timer_pick
from roomtone.respond.skills.timer_set import called
from roomtone.respond.template import Slots

_LEFT = (
    "(is left|is remaining|remains|is there|is there left|left|do i have left|do i have|to go|"
    "is it)"
)
_HOW = "how (much time|much longer|long|many minutes|many seconds|much)"
_ON = "(on|for|of|until|in)"

SENTENCES: tuple[str, ...] = (
    f"{_HOW} (is|are) left",
    f"{_HOW} {_LEFT}",
    f"{_HOW} (is|are|does) (left|remaining|remain) {_ON} [the|my|that] [{{name}}|"
    f"{{duration}}] timer",
    f"{_HOW} {_LEFT} {_ON} [the|my|that] [{{name}}|{{duration}}] timer",
    f"{_HOW} (does|will|is) [the|my] [{{name}}|{{duration}}] timer (have left|run|still run|"
    f"still|take|have)",
    f"{_HOW} until [the|my] [{{name}}|{{duration}}] timer (is done|ends|rings|goes off)",
    f"{_HOW} {_LEFT} {_ON} [the|my] {{name}}",
    "[the] (time|remaining time) (left|remaining) [on [the|my] [{name}] timer]",
    "[what is] [the] (time|remaining time) [left|remaining] on [the|my] [{name}|{duration}] timer",
    "when (will|does|is) [the|my] [{name}|{duration}] timer (end|go off|finish|ring|done|"
    "be done|over)",
    "is [the|my] [{name}|{duration}] timer (done|finished|still running|running|over|"
    "still on) [yet|already]",
    "(check|what is with|what about|how about|how is) [the|my] [{name}|{duration}] timer [doing]",
)
LISTS: dict[str, str] = {}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Say the time left, for each timer that is meant."""
    meant = timer_pick.matching(slots, room)
    if not meant:
        return Reply(text=timer_pick.missing(room), skill="timer_left")
    if len(meant) == 1:
        return Reply(text=f"{opened(_left(meant[0], room))} left.", skill="timer_left")
    each = [f"{_left(timer, room)} on the {called(timer)}" for timer in meant[:3]]
    return Reply(text=f"{opened(', '.join(each))}.", skill="timer_left")


def _left(timer: Timer, room: Room) -> str:
    return say(max(1.0, timer.due - room.now.timestamp()))
