"""Commands that nobody goes on after: heard so far, they need no longer silence. Pure."""

from __future__ import annotations

import re

from roomtone.respond.plain import request
from roomtone.respond.skills.stop import is_stop

_WHOLE = re.compile(
    r"(?:tell me |do you know )?(?:what time (?:is it|it is)|what is the time|the time)"
    r"|what (?:day|date) is (?:it|it today|today)|what is (?:the|today's) date"
    r"|(?:say|repeat) (?:that|it)(?: again)?|what did you say|can you repeat that"
    r"|what can (?:you do|i say|i ask)|help|help me"
    r"|(?:turn )?(?:the )?volume (?:up|down)|turn (?:it|the volume) (?:up|down)|louder|quieter"
    r"|mute(?: the microphone| yourself)?|stop listening|turn off the microphone"
    r"|how (?:much time|long) is left|what timers (?:are running|do i have|are set)"
    r"|cancel (?:the timer|my timer|all timers|all my timers)"
)


def is_whole(text: str) -> bool:
    """Whether `text`, as the recognizer wrote it, is a command that is rarely continued."""
    return is_stop(text) or bool(_WHOLE.fullmatch(request(text)))
