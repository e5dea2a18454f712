"""Times of day: read from plain text, and said."""

from __future__ import annotations

import datetime as dt
import re

_HALF = r"(?: (?P<half>am|pm|in the morning|in the afternoon|in the evening|at night|tonight))?"
_READ = re.compile(
    r"(?P<named>noon|midnight)|"
    r"(?:(?P<part>half|(?:a )?quarter|\d{1,2}(?: minutes)?) (?P<side>past|to|after|before) )?"
    rf"(?P<hour>\d{{1,2}})(?:[: ](?:oh )?(?P<minute>[0-5]?\d))?(?: o'clock)?{_HALF}|"
    r"(?P<military>\d{3,4})(?: hours)?"
)
CLOCK = re.sub(r"\?P<\w+>", "?:", _READ.pattern)
"""Pattern of a time of day in plain text: "7 30", "half past 7", "19:30", "7 pm", "noon"."""

_LATE = ("pm", "in the afternoon", "in the evening", "at night", "tonight")


def coming(text: str, now: dt.datetime) -> dt.datetime | None:
    """Find the next such time after `now`; None when there is none. Twelve hours go round twice."""
    found = _READ.fullmatch(text)
    if found is None:
        return None
    if found["named"]:
        return _next(now, 12 if found["named"] == "noon" else 0, 0)
    if found["military"]:
        return _next(now, *divmod(int(found["military"]), 100))
    if int(found["hour"]) > 24:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0) + _shift(found)
    hour, minute = (hour + minute // 60) % 24, minute % 60
    if found["half"]:
        return _next(now, hour % 12 + (12 if found["half"] in _LATE else 0), minute)
    choices = (hour,) if hour > 12 or int(found["hour"]) > 12 else (hour % 12, hour % 12 + 12)
    times = [_next(now, choice, minute) for choice in choices]
    return min(filter(None, times), default=None)


def say(moment: dt.datetime) -> str:
    """Write the time of day in twelve hours: "10:05"."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}"


def _shift(found: re.Match[str]) -> int:
    """Minutes that "half past" and its like add to the hour."""
    if not found["part"]:
        return 0
    part = found["part"].removeprefix("a ").removesuffix(" minutes")
    minutes = {"half": 30, "quarter": 15}.get(part) or int(part)
    return -minutes if found["side"] in ("to", "before") else minutes


def _next(now: dt.datetime, hour: int, minute: int) -> dt.datetime | None:
    if hour > 23 or minute > 59:
        return None
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment > now else moment + dt.timedelta(days=1)
