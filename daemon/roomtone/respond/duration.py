"""Lengths of time: read from plain text, and said."""

from __future__ import annotations

import re

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_SPELLINGS = {
    "s": "second",
    "sec": "second",
    "second": "second",
    "m": "minute",
    "min": "minute",
    "minute": "minute",
    "h": "hour",
    "hr": "hour",
    "hour": "hour",
    "day": "day",
}
_PARTS = {"half": 0.5, "quarter": 0.25, "3 quarters": 0.75}
_QUANTITY = (
    r"(?:an? )?(?:\d+(?:\.\d+)?|couple(?: of)?|half(?: of)?(?: an?)?|quarter(?: of)?(?: an?)?|"
    r"3 quarters of an?)"
)
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?)"
_PIECE = rf"(?:{_QUANTITY} {_UNIT}|(?:an? )?(?:minute|hour|day))"
_MORE = r"(?: and(?: an?)? (?:half|quarter|3 quarters))?"
_REST = r"(?:(?<=hour|nute|ours|utes)(?: and)? (?:[1-5]\d|5))?"
DURATION = rf"{_PIECE}{_MORE}(?:(?: and)? {_PIECE})*{_REST}"
"""Pattern of a length of time in plain text. A bare "second" is none: "a second timer".

"An hour thirty" counts in the next smaller unit.
"""

_READ = re.compile(
    rf"(?:(?P<quantity>{_QUANTITY}) (?P<unit>{_UNIT})|(?:an? )?(?P<one>minute|hour|day))"
    r"(?: and(?: an?)? (?P<part>half|quarter|3 quarters))?(?: and)?(?: |$)"
)


def seconds(text: str) -> int | None:
    """Seconds of the length that `DURATION` matched; None when it is none or below one second."""
    total, at, unit = 0.0, 0, 0
    while found := _READ.match(text, at):
        unit = _UNITS[found["one"] or _SPELLINGS[_singular(found["unit"])]]
        total += (_quantity(found["quantity"]) + _PARTS.get(found["part"] or "", 0)) * unit
        at = found.end()
    if unit in (60, 3600) and text[at:].isdigit():
        total, at = total + int(text[at:]) * unit // 60, len(text)
    return round(total) if at == len(text) and total >= 1 else None


def say(length: float) -> str:
    """Write the length as a person would, in digits: "10 minutes", "1 hour and 30 minutes".

    Under two minutes odd lengths stay in seconds; from an hour on, seconds are dropped.
    """
    whole = max(0, round(length))
    if whole < 120 and whole % 60:
        return _count(whole, "second")
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    pieces = [(hours, "hour"), (minutes, "minute"), (0 if hours else rest, "second")]
    named = [_count(count, unit) for count, unit in pieces if count]
    return " and ".join(named) if named else "0 seconds"


def adjective(length: float) -> str:
    """Write the length before a noun: "10 minute", "1 hour 30 minute"."""
    return re.sub(r"\b(second|minute|hour)s\b", r"\1", say(length)).replace(" and ", " ")


def _count(count: int, unit: str) -> str:
    return f"{count} {unit}" + ("" if count == 1 else "s")


def _singular(unit: str) -> str:
    return unit.removesuffix("s") or unit


def _quantity(text: str | None) -> float:
    if text is None:
        return 1.0
    if number := re.search(r"\d+(?:\.\d+)?(?! quarters)", text):
        return float(number[0])
    if "3 quarters" in text:
        return 0.75
    return 2.0 if "couple" in text else 0.5 if "half" in text else 0.25
