"""Cancel alarms: the only one, one by its time, all; ask which when it is not clear."""

from __future__ import annotations

from roomtone.base.room import AlarmClock, CancelAlarms, Reply, Room
from roomtone.respond import clock
from roomtone.respond.number import opened
from roomtone.respond.skills import alarm_set
from roomtone.respond.skills.alarm_list import NONE
from roomtone.respond.template import Slots

WHICH = "Which alarm should I cancel: "

SENTENCES: tuple[str, ...] = (
    "{cancel} {all} [of] [the|my|our] (alarm|alarms)",
    "{cancel} [the|my] alarms",
    "{cancel} [the|my|that|this] {place} alarm",
    "{cancel} [the|my|that|this] alarm [clock] [{when}]",
    "{cancel} [the|my] [{when}] {hour} alarm [{when}]",
    "{cancel} [the|my] alarm [clock] (for|at|of) [{when}] [at] {hour} [{when}]",
    "{cancel} [the|my] {when} alarm",
    "{cancel} [the|my] alarm (for|of) {when}",
    "do not wake me [up] [at {hour}] [{when}]",
    "[no|cancel] [the] {hour:answered} [1|alarm] [{when}]",
    "{all} [of them]",
)
LISTS: dict[str, str] = {
    "cancel": "cancel|stop|delete|remove|clear|end|turn off|switch off|kill|dismiss",
    "all": "all|every|both|everything",
    "place": "next",
    **alarm_set.LISTS,
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Cancel what is meant; a bare time must answer our own question."""
    bare = "answered" in slots or set(slots) == {"all"}
    asked = room.last_is_ours and room.last_reply.startswith(WHICH)
    if bare and not asked:
        return None
    meant = _matching(slots, room)
    if not meant:
        text = NONE if not room.alarms else f"I have no such alarm. {_listed(room, 'and')}."
        return Reply(text=text, skill="alarm_cancel")
    if len(meant) > 1 and "all" not in slots:
        return Reply(text=f"{WHICH}{_listed(room, 'or')}?", skill="alarm_cancel")
    if len(meant) == 1:
        text = f"The alarm for {alarm_set.called(meant[0].at, room.now)} is cancelled."
    else:
        text = f"{opened(str(len(meant)))} alarms cancelled."
    ids = tuple(alarm.id for alarm in meant)
    return Reply(text=text, skill="alarm_cancel", actions=(CancelAlarms(ids),))


def _matching(slots: Slots, room: Room) -> tuple[AlarmClock, ...]:
    """Alarms of that time and day; all when neither was said."""
    found = room.alarms
    if "place" in slots:
        return found[:1]
    if said := slots.get("hour", slots.get("answered")):
        found = tuple(alarm for alarm in found if _is_at(alarm, said))
    if when := slots.get("when"):
        day = alarm_set.meant("noon", when, room.now.replace(hour=0, minute=0))
        found = tuple(alarm for alarm in found if day and alarm.at.date() == day.date())
    return found


def _is_at(alarm: AlarmClock, said: str) -> bool:
    """Whether "7 30" is a name for the time of `alarm`; without "pm" it is one for both."""
    midnight = alarm.at.replace(hour=0, minute=0)
    first = clock.coming(said, midnight.replace(day=1))
    again = first and clock.coming(said, first)
    times = [(time.hour, time.minute) for time in (first, again) if time]
    return (alarm.at.hour, alarm.at.minute) in times


def _listed(room: Room, joint: str) -> str:
    names = [alarm_set.called(alarm.at, room.now) for alarm in room.alarms[:4]]
    return f" {joint} ".join(filter(None, (", ".join(names[:-1]), names[-1])))
