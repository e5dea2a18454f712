"""Whole dates of a lifetime, written or spoken, unless the text is about history or a plan."""

from __future__ import annotations

from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.measures import MONTHS, ORDINALS, UNITS
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.word_list import words as word_list

FIRST, LAST = 1900, 2029
"""Years in which somebody who asks, or a child of theirs, can be born."""

_PUBLIC = word_list(
    """
    abdicated assassinated attack battle built died discovered earthquake eclipse elected election
    events fell final flight founded happen happened happening historic historical history holiday
    inaugurated independence invaded invasion landed landing launch launched league moon olympics
    opened premiere president published signed significance treaty wall war
    """
)
_PLANNED = word_list(
    """
    alarm appointment calendar event meeting remind reminder schedule
    """
)
_PERSONAL = word_list(
    """
    age birth birthday born daughter he her his i'm my our she son
    """
)
_JOINTS = word_list(
    """
    , - . / d de del di en nd of rd st th the
    """
)
_OPENING = frozenset(("nineteen", "twenty"))


def dates(reading: Reading) -> list[Found]:
    """Dates to hide."""
    words = reading.words
    months = [at for at, word in enumerate(words) if word.low in MONTHS]
    if not months or _is_public({word.low for word in words}):
        return []
    found = []
    for at in months:
        span = _day_first(words, at) or _month_first(words, at)
        if span:
            found.append(Found(words[span[0]].start, words[span[1]].end, "BIRTHDAY"))
    return found


def _is_public(said: set[str]) -> bool:
    """Whether a text is about a plan, or about history and about nobody near."""
    return bool(said & _PLANNED or (said & _PUBLIC and not said & _PERSONAL))


def _day_first(words: list[Word], at: int) -> tuple[int, int] | None:
    """Such as "3 May 1985", "the third of may nineteen eighty five"."""
    day = _skipped(words, at - 1, -1)
    if day is None or not _is_day(words[day]):
        return None
    last = _year(words, _skipped(words, at + 1, 1))
    return None if last is None else (day, last)


def _month_first(words: list[Word], at: int) -> tuple[int, int] | None:
    """Such as "May 3rd, 1985", "may twenty third nineteen eighty five"."""
    day = _skipped(words, at + 1, 1)
    if day is None or not _is_day(words[day]):
        return None
    behind = _skipped(words, day + 1, 1)
    if behind is not None and words[behind].low in ORDINALS and digits(words[day].low):
        behind = _skipped(words, behind + 1, 1)
    last = _year(words, behind)
    return None if last is None else (at, last)


def _skipped(words: list[Word], at: int, step: int) -> int | None:
    """The next place that is no joint; None when there is none close by."""
    for place in range(at, at + 4 * step, step):
        if not 0 <= place < len(words):
            return None
        if words[place].low not in _JOINTS:
            return place
    return None


def _is_day(word: Word) -> bool:
    if word.low in ORDINALS:
        return True
    value = digits(word.low)
    return bool(value) and len(value or "") <= 2 and int(value or 0) <= 31


def _year(words: list[Word], at: int | None) -> int | None:
    """The last word of the year that begins at a place; None when none does."""
    if at is None:
        return None
    low = words[at].low
    following = [word.low for word in words[at + 1 : at + 5]]
    if low.isdigit():
        if len(low) == 4:
            return at if FIRST <= int(low) <= LAST else None
        return at if len(low) == 2 and not (set(following[:1]) & (UNITS | {":"})) else None
    if low in _OPENING or (low == "two" and following[:1] == ["thousand"]):
        last = at
        while last - at < 4 and last + 1 < len(words) and _counts_on(words[last + 1].low):
            last += 1
        return last if last > at else None
    return None


def _counts_on(low: str) -> bool:
    return low in ("and", "-") or digits(low) is not None
