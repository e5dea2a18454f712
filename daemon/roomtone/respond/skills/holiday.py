"""When the usual days of the year are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "halloween": (10, 31),
    "new year": (1, 1),
    "the new year": (1, 1),
    "new year's": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "saint patrick's day": (3, 17),
    "independence day": (7, 4),
    "summer": (6, 21),
    "winter": (12, 21),
    "spring": (3, 20),
    "autumn": (9, 22),
    "fall": (9, 22),
}


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Anonymous algorithm, Nature 1876; Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def _nth(year: int, month: int, weekday: int, nth: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))


_MOVING: dict[str, Callable[[int], dt.date]] = {
    "easter": easter,
    "easter sunday": easter,
    "good friday": lambda year: easter(year) - dt.timedelta(2),
    "mother's day": lambda year: _nth(year, 5, 6, 2),
    "father's day": lambda year: _nth(year, 6, 6, 3),
    "thanksgiving": lambda year: _nth(year, 11, 3, 4),
}
_WEEKEND = "the weekend"
NAMES = (*_FIXED, *_MOVING, _WEEKEND)


def following(name: str, today: dt.date) -> dt.date:
    """Find the next such day, from today; mother's day and the like as in the USA."""
    if name == _WEEKEND:
        return today + dt.timedelta((5 - today.weekday()) % 7 if today.weekday() < 5 else 0)

    def of(year: int) -> dt.date:
        return dt.date(year, *_FIXED[name]) if name in _FIXED else _MOVING[name](year)

    this_year = of(today.year)
    return this_year if this_year >= today else of(today.year + 1)


def next_year(day: dt.date) -> dt.date | None:
    """Find the same day a year later; None for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None


def title(name: str) -> str:
    """As it is written: "Mother's Day"."""
    return " ".join(word if word == "the" else word[:1].upper() + word[1:] for word in name.split())
