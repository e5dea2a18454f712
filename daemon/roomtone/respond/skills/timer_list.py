"""Which timers are running."""

from __future__ import annotations

from roomtone.base.room import Reply, Room
from roomtone.respond.duration import say
from roomtone.respond.number import opened
from roomtone.respond.skills import timer_pick
from roomtone.respond.skills.timer_set import called
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "(what|which) (timers|timer) (are running|do i have|are set|are there|are on|are active)",
    "(what|which) (timers|timer) (are left|have i set)",
    "what timers do i have (running|set)",
    "[list|show|show me|read|tell me|what are] [all|all of] [my|the] [running] timers",
    "how many (timers|timer) (are running|do i have|are set|are there|are on)",
    "(do i have|are there|is there|have i got) (any|a) (timer|timers) [running|set]",
    "are any timers running",
    "is (a|any) timer running",
    "(my|the|all) timers",
)
LISTS: dict[str, str] = {}


def answer(_slots: Slots, room: Room) -> Reply:
    """Each timer with the time left, the next one first."""
    timers = room.timers
    if not timers:
        return Reply(text=timer_pick.NONE, skill="timer_list")
    now = room.now.timestamp()
    each = [
        f"the {called(timer)} with {say(max(1.0, timer.due - now))} left" for timer in timers[:4]
    ]
    if len(timers) == 1:
        return Reply(text=f"One timer: {each[0]}.", skill="timer_list")
    text = f"{opened(str(len(timers)))} timers: {', '.join(each[:-1])} and {each[-1]}."
    return Reply(text=text, skill="timer_list")
