"""The slots that every skill's templates may use, as patterns over plain text."""

from __future__ import annotations

from roomtone.respond.duration import DURATION
from roomtone.respond.number import NUMBER

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_NAME_WORD = (
    r"(?!(?:an?|the|my|our|your|for|in|of|to|and|new|another|timers?|any|all|every|set|start|"
    r"seconds?|minutes?|hours?|days?)\b)[^\W\d][\w']*"
)
"""Three of these make a name at most; words that lead on to something else are no part of it."""

SLOTS: dict[str, str] = {
    "duration": DURATION,
    "number": NUMBER,
    "month": "|".join(MONTHS),
    "weekday": "|".join(WEEKDAYS),
    "day": r"\d{1,2}(?:st|nd|rd|th)?|(?:20 |30 )?second",
    "name": rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,2}}?",
    "task": r"[^\W\d][\w']*(?: [\w'.:]+){0,11}",
    "words": r"[\w'.:]+(?: [\w'.:]+)*?",
}
