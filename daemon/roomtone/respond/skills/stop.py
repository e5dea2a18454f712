"""Stop: be silent and leave the conversation."""

from __future__ import annotations

import re

from roomtone.base.room import Reply, Rest, Room
from roomtone.respond.plain import request
from roomtone.respond.template import Slots

_STOP = (
    r"stop+|stop(?:ped|ping|s|t)|hus[ht]?|quiet|silence|shush|shh+|dismiss|mute|be still|"
    r"stop (?:it|that|this|there|now|talking|speaking|reading|immediately|already|the answer)|"
    r"(?:be|keep|stay) (?:quiet|silent)|shut(?: the hell)? up|cancel(?: (?:it|that))?|"
    r"never ?mind(?: that)?|(?:that is )?enough|that will do|forget (?:it|about it)|"
    r"(?:no )?(?:thanks |thank you )?that is (?:all|enough|it)|that will be all|go away|"
    r"leave me alone|(?:i did not (?:ask|mean)|not) you|no thanks?(?: you)?|no stop"
)
"""What means stop even over our own voice; "stopp" and its kin are slips of the recognizer."""
_DONE = r"no|nothing(?: else)?|pause|i am (?:done|good|fine)|no i am (?:done|good|fine)"
"""What ends a conversation, but may be meant for somebody else while we speak."""
_RINGING = r"(?:stop|turn off|switch off|end) (?:the alarm|ringing|the ringing|the noise)"
"""What means stop to a bell; in a quiet room the alarm that is set is meant."""
_OVER_VOICE = re.compile(rf"(?:{_STOP}|{_RINGING})(?: (?:{_STOP}|no))*")

SENTENCES: tuple[str, ...] = ("{stop}",)
LISTS: dict[str, str] = {"stop": rf"(?:{_STOP}|{_DONE})(?: (?:{_STOP}))*"}


def answer(_slots: Slots, _room: Room) -> Reply:
    """Silence."""
    return Reply(text="", skill="stop", actions=(Rest(),))


def is_stop(text: str) -> bool:
    """Whether words spoken over our own voice, as the recognizer wrote them, mean "stop"."""
    return bool(_OVER_VOICE.fullmatch(request(text)))
