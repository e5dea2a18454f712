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

SLOTS: dict[str, str] = {
    "duration": DURATION,
    "number": NUMBER,
    "month": "|".join(MONTHS),
    "weekday": "|".join(WEEKDAYS),
    "day": r"\d{1,2}(?:st|nd|rd|th)?|(?:20 |30 )?second",
    "name": r"(?!(?:an?|the|my|our|your|for|in|of|to|new|another|second|timers?|any|all|every)\b)"
    r"[^\W\d][\w']*(?: (?!(?:timers?|for|in|and|an?|set|start)\b)[\w']+){0,2}?",
    "task": r"[^\W\d][\w']*(?: [\w'.:]+){0,11}",
    "words": r"[\w'.:]+(?: [\w'.:]+)*?",
}
