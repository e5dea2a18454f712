"""Cancel timers: the only one, one by name or length, all; ask which when it is not clear."""

from __future__ import annotations

from roomtone.base.room import CancelTimers, Reply, Room, Timer
from roomtone.respond.number import opened
from roomtone.respond.skills import timer_pick
from roomtone.respond.skills.timer_set import called
from roomtone.respond.template import Slots

WHICH = "Which timer should I cancel: "

SENTENCES: tuple[str, ...] = (
    "{cancel} [the|my|that|this] [running|current] (timer|countdown)",
    "{cancel} {all} [of] [the|my|our] [running] (timers|timer|countdowns)",
    "{just_cancel:cancel} {all} [of them]",
    "{cancel} [the|my] timers",
    "{cancel} [the|my] {duration} timer",
    "{cancel} [the|my] timer (for|of) {duration}",
    "{cancel} [the|my] {place} timer",
    "{cancel} [the|my] {name} timer",
    "{cancel} [the|my] timer (for|called|named) [the|my] {name}",
    "[no|cancel] [the|my] {duration} [1|timer]",
    "[no|cancel] [the|my] {place} [1|timer]",
    "{all} [of them]",
    "[no|cancel] [the|my] {name} [1|timer]",
)
LISTS: dict[str, str] = {
    "cancel": "cancel|stop|delete|remove|clear|end|turn off|switch off|kill|dismiss|reset",
    "just_cancel": "cancel",
    "all": "all|every|both|everything",
    "place": "1st|last|next|second",
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Cancel what is meant; without the word "cancel" it must answer our own question."""
    asked = room.last_is_ours and room.last_reply.startswith(WHICH)
    if "cancel" not in slots and not asked:
        return None
    meant = timer_pick.matching(slots, room)
    if not meant:
        return Reply(text=timer_pick.missing(room), skill="timer_cancel")
    if len(meant) > 1 and "all" not in slots:
        if len({called(timer) for timer in meant}) > 1:
            return Reply(text=f"{WHICH}{timer_pick.listed(meant, 'or')}?", skill="timer_cancel")
        meant = meant[:1]
    return _cancelled(meant)


def _cancelled(timers: tuple[Timer, ...]) -> Reply:
    if len(timers) == 1:
        text = f"{opened(called(timers[0]))} cancelled."
    else:
        text = f"{opened(str(len(timers)))} timers cancelled."
    ids = tuple(timer.id for timer in timers)
    return Reply(text=text, skill="timer_cancel", actions=(CancelTimers(ids),))
