"""Which alarms are set."""

from __future__ import annotations

from roomtone.base.room import Reply, Room
from roomtone.respond.number import opened
from roomtone.respond.skills.alarm_set import called
from roomtone.respond.template import Slots

NONE = "No alarm is set."

SENTENCES: tuple[str, ...] = (
    "(what|which) (alarm|alarms) (is set|are set|do i have|have i set|are there|are on)",
    "what (alarm|alarms) do i have set",
    "[list|show|show me|read|tell me|what is|what are] [all|all of] (my|the) [next] (alarm|alarms)",
    "how many (alarm|alarms) (are set|do i have|are there|have i set)",
    "(do i have|have i got|have i set|is there|are there|did i set) (an|a|any) (alarm|alarms) "
    "[set] [for {when}]",
    "(is|are) (an|any|my|the) (alarm|alarms) [still] (set|on) [for {when}]",
    "(when|what time|for when|for what time) (is|are|does|will|did i set) (my|the) [next] "
    "(alarm|alarms) [set] [for|ring|go off|wake me]",
)
LISTS: dict[str, str] = {"when": r"[\w']+(?: [\w']+){0,4}"}


def answer(_slots: Slots, room: Room) -> Reply:
    """Each alarm with its time, the next one first."""
    each = [called(alarm.at, room.now) for alarm in room.alarms[:4]]
    if not each:
        return Reply(text=NONE, skill="alarm_list")
    if len(each) == 1:
        return Reply(text=f"One alarm: {each[0]}.", skill="alarm_list")
    count = opened(str(len(room.alarms)))
    text = f"{count} alarms: {', '.join(each[:-1])} and {each[-1]}."
    return Reply(text=text, skill="alarm_list")
