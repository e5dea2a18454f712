"""Stop: be silent and leave the conversation."""

from __future__ import annotations

from roomtone.base.room import Reply, Rest, Room
from roomtone.respond.plain import request
from roomtone.respond.stop_words import OVER_VOICE, STOP
from roomtone.respond.template import Slots

_DONE = r"no|nothing(?: else)?|pause|i am (?:done|good|fine)|no i am (?:done|good|fine)"
"""What ends a conversation, but may be meant for somebody else while we speak."""

SENTENCES: tuple[str, ...] = ("{stop}",)
LISTS: dict[str, str] = {"stop": rf"(?:{STOP}|{_DONE})(?: (?:{STOP}))*"}


def answer(_slots: Slots, _room: Room) -> Reply:
    """Silence."""
    return Reply(text="", skill="stop", actions=(Rest(),))


def is_stop(text: str) -> bool:
    """Whether words spoken over our own voice, as the recognizer wrote them, mean "stop"."""
    return bool(OVER_VOICE.fullmatch(request(text)))
