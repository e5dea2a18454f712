"""Dates and clock times in words."""

from __future__ import annotations

import re

from roomtone.speak.number import cardinal, ordinal, year

_MONTHS_TEXT = (
    "January February March April May June July August September October November December"
)
_MONTHS = _MONTHS_TEXT.split()
_SHORT = {name[:3].lower(): name for name in _MONTHS} | {"sept": "September"}
_MONTH = (
    r"(?P<month>"
    + "|".join(_MONTHS)
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>1[1-9]\d\d|20\d\d)"
_ENDING = r"(?:st|nd|rd|th)?"
_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b(?P<dot>\.?))"

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b" + _YEAR + r"-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])(?P<time>T(?=\d\d:))?",
        r"\b(?P<day>[0-2]?\d|3[01])"
        + _ENDING
        + r"(?: of)? "
        + _MONTH
        + r"(?:,? "
        + _YEAR
        + r")?\b",
        r"\b" + _MONTH + r" (?P<day>[0-2]?\d|3[01])" + _ENDING + r"\b(?!:)(?:,? " + _YEAR + r"\b)?",
        r"\b" + _MONTH + r",? " + _YEAR + r"\b",
        r"\b(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?P=mark)" + _YEAR + r"\b",
    )
)

_LONG_CLOCK = re.compile(r"\b(\d{1,2}):([0-5]\d):([0-5]\d)\b")
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])" + _HALF + "?", re.I
)
_HOUR = re.compile(r"(?<![\d:.$\u20ac\u00a3])\b(?P<hour>1[0-2]|0?[1-9])" + _HALF, re.I)


def dates(text: str) -> str:
    """`text` with its dates in words: "21 November 2026" -> "the twenty-first of November, ..."."""
    for pattern in _DATES:
        text = pattern.sub(_date, text)
    return text


def clocks(text: str) -> str:
    """`text` with its clock times in words: "10:05" -> "ten oh five", "10:00" -> "ten o'clock"."""
    text = _LONG_CLOCK.sub(_duration, text)
    return _HOUR.sub(_on_the_hour, _CLOCK.sub(_time, text))


def _date(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts.get("first"):
        month, day = int(parts["first"]), int(parts["second"])
        if parts["mark"] == "." or month > 12:
            month, day = day, month
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return found[0]
        parts |= {"number": str(month), "day": str(day)}
    if parts.get("number"):
        name = _MONTHS[int(parts["number"]) - 1]
    else:
        name = _SHORT.get(parts["month"].rstrip(".").lower()[:3], parts["month"])
    said = ", " + year(int(parts["year"])) if parts.get("year") else ""
    if not parts.get("day"):
        return f"{name}{said.replace(',', '')}"
    day = int(parts["day"])
    if not 1 <= day <= 31:
        return found[0]
    if parts.get("month") and found[0][0].isdigit():
        before = found.string[: found.start()].rstrip().lower()
        the = "" if before.endswith(" the") or before == "the" else "the "
        return f"{the}{ordinal(day)} of {name}{said}"
    return f"{name} {ordinal(day)}{said}{', ' if parts.get('time') else ''}"


def _time(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["half"] or "").upper()
    if not half and (hour == 0 or hour > 12):
        if minute == 0 and hour in {0, 24}:
            return "midnight"
        half = "P" if 12 < hour < 24 else "A"
    twelve = hour % 12 or 12
    minutes = "" if not minute else (" oh " if minute < 10 else " ") + cardinal(minute)
    if not half:
        return cardinal(twelve) + (minutes or " o'clock")
    return f"{cardinal(twelve)}{minutes} {half} M{_stop(found)}"


def _on_the_hour(found: re.Match[str]) -> str:
    return f"{cardinal(int(found['hour']))} {found['half'].upper()} M{_stop(found)}"


def _stop(found: re.Match[str]) -> str:
    """The full stop of "p.m." where it also ends the sentence."""
    rest = found.string[found.end() :].lstrip()
    return "." if found["dot"] and (not rest or rest[0].isupper()) else ""


def _duration(found: re.Match[str]) -> str:
    parts = [
        f"{cardinal(int(count))} {name}{'s' if int(count) != 1 else ''}"
        for count, name in zip(found.groups(), ("hour", "minute", "second"), strict=True)
        if int(count)
    ]
    if len(parts) < 2:
        return "".join(parts) or "zero seconds"
    return ", ".join(parts[:-1]) + " and " + parts[-1]
