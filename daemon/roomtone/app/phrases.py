"""The set phrases of the product: what it says often, in the same words, to everybody."""

from __future__ import annotations

import datetime as dt

from roomtone.app.answerer import AWAY, SORRY, TROUBLE
from roomtone.app.choosing import CUT, DENIED
from roomtone.app.reply import TOO_LONG
from roomtone.app.writing import ENDLESS
from roomtone.base.room import Forget, Room
from roomtone.respond.judgement import SAID
from roomtone.respond.route import Router

REQUESTS = (
    *("set a timer for five minutes", "set a timer for ten minutes", "can you hear me"),
    *("set a timer for one minute", "set a timer for two minutes", "set a timer for three minutes"),
    *("set a timer for four minutes", "set a timer for seven minutes", "timer for eight minutes"),
    *("set a timer for fifteen minutes", "set a timer for twenty minutes", "forget that"),
    *("set a timer for thirty minutes", "set a timer for one hour", "set a timer for 45 minutes"),
    *("set a timer for thirty seconds", "what timers are running", "set an alarm"),
    *("what alarms are set", "what is your name", "read my notes", "say that again"),
    *("set the volume to ten percent", "set the volume to 20 percent", "volume to 30 percent"),
    *("set the volume to 40 percent", "set the volume to 50 percent", "volume to 60 percent"),
    *("set the volume to 70 percent", "set the volume to 80 percent", "volume to 90 percent"),
    *("set the volume to 100 percent", "volume up", "volume down", "forget today"),
    *("guest mode on", "guest mode off", "what is the weather", "play some music"),
    *("turn on the light", "call mom", "open the door", "forget everything"),
    *("stop using the cloud", "use the cloud", "what can you do"),
)
"""Asked often, and answered without anything that the house or the hour adds."""

CONFIRMED = (("yes", "all"), ("no", "all"), ("yes", "today"))
"""Answers to "everything would be deleted" and its like."""


def phrases(router: Router, name: str) -> tuple[str, ...]:
    """What is said, the likeliest first: as the skills say it in an empty room, to nobody.

    `name` is what Roomtone is called. No word of a user is in it: these texts outlive a forget.
    """
    room = Room(now=dt.datetime.fromtimestamp(0, dt.UTC), name=name)
    asked = [(request, room) for request in REQUESTS]
    for word, what in CONFIRMED:
        asked.append((word, Room(now=room.now, name=name, pending=Forget(what))))  # type: ignore[arg-type]
    replies = [router.answer(*one) for one in asked]
    said = [reply.text for reply in replies if reply is not None]
    ours = (TROUBLE, *SAID.values(), *AWAY.values(), TOO_LONG, ENDLESS, CUT, DENIED)
    return tuple(text for text in dict.fromkeys((SORRY, *said, *ours)) if text)
