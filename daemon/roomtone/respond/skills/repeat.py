"""Say the last answer again."""

from __future__ import annotations

from roomtone.base.room import Reply, Room
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "(repeat|say) (that|it|this) [again] [once more]",
    "repeat [your answer|what you said|the answer|yourself]",
    "(say|play|repeat) (that|it|this) (again|one more time|once more)",
    "again",
    "once (more|again)",
    "one more time",
    "what did you [just] say",
    "what was that [again]",
    "what did you say [again]",
    "(pardon|pardon me|come again|say again|what was your answer)",
    "i (did not|could not) (hear|catch|understand|get) (you|that|it|what you said)",
    "i (did not|could not) hear (you|that) (properly|well)",
    "sorry what was that",
    "come again",
)
LISTS: dict[str, str] = {}


def answer(_slots: Slots, room: Room) -> Reply:
    """Say the last reply, word for word."""
    return Reply(text=room.last_reply or "I have not said anything yet.", skill="repeat")
