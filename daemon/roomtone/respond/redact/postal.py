"""Where somebody lives: streets with numbers, post boxes, flats, towns with postcodes."""

from __future__ import annotations

import re

from roomtone.respond.redact.area import JOINTS, STOPS, grown_left, grown_right, is_number, speaks
from roomtone.respond.redact.digits import HOMOPHONES, digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.known import FAMOUS as PERSONS
from roomtone.respond.redact.known import WORLD
from roomtone.respond.redact.measures import MONTHS, ORDINALS, UNITS
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.street import (
    BOXES,
    FAMOUS,
    LEADING,
    LEADING_SURE,
    PLACES,
    PREPOSITIONS,
    STRONG,
    SUFFIXES,
    SURE_SUFFIXES,
    WEAK,
)
from roomtone.respond.redact.vocabulary import COMMON, is_common

_REACH = 6
"""Words between a street's number and the word that tells the street, at most."""


def postal(reading: Reading) -> list[Found]:
    """Addresses to hide."""
    words = reading.words
    found: list[Found] = []
    until = -1
    for at, word in enumerate(words):
        low = word.low
        if at <= until or not (
            low in _TELLING or (len(low) > 3 and (low.isdigit() or low.endswith(SUFFIXES)))
        ):
            continue
        core = _street(words, at) or _box(words, at) or _home(words, at)
        if core is None and _is_coded_city(words, at):
            core = (at, at + 1)
        if core:
            first, last = grown_left(words, core[0]), grown_right(words, core[1])
            found.append(Found(words[first].start, words[last].end, "ADDRESS"))
            until = last
    return found + [Found(*match.span(), "ADDRESS") for match in _CALLE.finditer(reading.low)]


_CALLE = re.compile(r"\bc/\s?[^\W\d_]+(?:\s[^\W\d_]+){0,3},?\s(?:n[.o]*\s?)?\d{1,4}\b")
_TELLING = (
    STRONG
    | WEAK
    | LEADING
    | BOXES
    | frozenset(("apartment", "apt", "flat", "suite", "wohnung", "appartement", "lgh"))
)


def _street(words: list[Word], at: int) -> tuple[int, int] | None:
    """First and last word of a street and its number around the word that tells it."""
    low = words[at].low
    if at + 1 < len(words) and words[at + 1].low in UNITS:
        return None
    if low in LEADING and (core := _named_behind(words, at)):
        return core
    if low in STRONG or low in WEAK:
        return _named_before(words, at, sure=low in STRONG)
    if len(low) > 5 and low.endswith(SUFFIXES):
        number = _number_behind(words, at)
        if number is not None and (low not in COMMON or words[at].capital):
            return at, number
        if low.endswith(SURE_SUFFIXES) and low not in COMMON:
            before = at - 1 if at and is_number(words, at - 1) else at
            return before, at
    return None


def _named_before(words: list[Word], at: int, *, sure: bool) -> tuple[int, int] | None:
    """English order: "42 Maple Avenue"; also "Maple Avenue 42" and "Maple Avenue"."""
    names: list[Word] = []
    place = at - 1
    while place >= 0 and at - place <= _REACH:
        word = words[place]
        if word.low in ORDINALS and not sure and not words[at].capital:
            break
        if is_number(words, place) and (names or sure):
            return (_number_start(words, place), at) if _fits(names, words[at]) else None
        if word.low in JOINTS:
            place -= 1
            continue
        if not word.low[0].isalpha() or word.low in STOPS or word.low in UNITS:
            break
        names.append(word)
        place -= 1
    close = words[at - 1] if at else None
    behind = _number_behind(words, at)
    if behind is not None and (sure or words[at].capital) and close and close.low not in UNITS:
        return (at - 1 if close.low.isalpha() and close.low not in COMMON else at), behind
    if close is None or close.low in FAMOUS | WORLD or not close.low.isalpha():
        return None
    is_name = close.capital and close.low not in COMMON and words[at].capital
    if is_name or (
        sure and len(close.low) > 2 and close.low not in PLACES and not is_common(close.low)
    ):
        return at - 1, at
    return None


def _fits(names: list[Word], tell: Word) -> bool:
    """Whether the words between number and street are a name."""
    if tell.capital and (not names or names[0].capital):
        return True
    if any(name.low in UNITS for name in names):
        return False
    return tell.low in STRONG or bool(names and names[0].low not in STOPS | {"the", "a", "of"})


def _named_behind(words: list[Word], at: int) -> tuple[int, int] | None:
    """Romance order: "12 rue de la Paix", "via Roma 5", "Am Markt 7"."""
    sure = words[at].low in LEADING_SURE
    before = None if words[at].low in PREPOSITIONS or not at else at - 1
    before = (
        _number_start(words, at - 1) if before is not None and is_number(words, at - 1) else None
    )
    if before is None and at > 1 and words[at - 1].low in ("bis", "ter", ",", "b", "a"):
        before = _number_start(words, at - 2) if is_number(words, at - 2) else None
    names = 0
    for place in range(at + 1, _limit(words, at)):
        word = words[place]
        if is_number(words, place) and names:
            return at if before is None else before, place
        if word.low in JOINTS or word.low == "." or is_number(words, place):
            continue
        if not word.low[0].isalpha() or word.low in UNITS:
            break
        if word.low in MONTHS and words[at].low not in ("strasse", "str", "platz"):
            break
        if word.capital or sure or (before is not None and word.low not in STOPS):
            names += word.low not in COMMON or word.capital
        elif words[at].low not in PREPOSITIONS and not is_common(word.low):
            names += 1
        elif word.low not in PLACES | {"numero", "number", "nummer", "des", "du", "della", "dei"}:
            break
    if names and (before is not None or sure or _is_own(words, at)):
        last = at + 1
        while (
            last + 1 < len(words) and words[last].low in PLACES | COMMON | JOINTS and last - at < 4
        ):
            last += 1
        return at if before is None else before, last
    return None


def _limit(words: list[Word], at: int) -> int:
    """Where a street's name ends at the latest: within reach, and before somebody speaks."""
    limit = min(at + _REACH + 2, len(words))
    return next((place for place in range(at + 1, limit) if speaks(words, place)), limit)


def _is_own(words: list[Word], at: int) -> bool:
    """Whether a name that is nobody's else follows: "avenue Pottier", not "avenue of the stars"."""
    if words[at].low not in _LEADING_UNSURE:
        return False
    place = at + 1
    while place < len(words) - 1 and words[place].low in ("de", "du", "des", "la", "le", "d", "'"):
        place += 1
    low = words[place].low if place < len(words) else "the"
    return low not in FAMOUS | WORLD | PERSONS and not is_common(low)


_LEADING_UNSURE = frozenset(("avenue", "boulevard", "allee", "camino", "largo", "ronda", "place"))


def _box(words: list[Word], at: int) -> tuple[int, int] | None:
    low = words[at].low
    if low not in BOXES:
        return None
    number = _number_behind(words, at)
    if number is None:
        return None
    if low in ("box", "bag", "route", "road", "highway"):
        before = [word.low for word in words[max(0, at - 4) : at]]
        if not set(before) & {
            "o",
            "po",
            "office",
            "post",
            "rural",
            "rr",
            "hc",
            "mail",
            "locked",
            "private",
            "county",
            "state",
            "gpo",
            "star",
            "p",
        }:
            return None
        return max(0, at - 4) if before[:1] and before[0] in ("p", "post", "po") else at - 1, number
    return at, number


def _home(words: list[Word], at: int) -> tuple[int, int] | None:
    """Such as "Apartment 4b", "flat two"."""
    if words[at].low not in ("apartment", "apt", "flat", "suite", "wohnung", "appartement", "lgh"):
        return None
    number = _number_behind(words, at)
    return None if number is None else (at, number)


def _is_coded_city(words: list[Word], at: int) -> bool:
    """Such as "80331 Munich", "8001 Zurich": a postcode before a name."""
    word = words[at]
    if not (word.low.isdigit() and 4 <= len(word.low) <= 5 and at + 1 < len(words)):
        return False
    city = words[at + 1]
    if (
        not city.low.isalpha()
        or len(city.low) < 3
        or city.low in UNITS
        or city.start - word.end > 2
    ):
        return False
    if len(word.low) == 5:
        return city.low not in COMMON
    return city.capital and city.low not in COMMON and city.low not in MONTHS


def _number_start(words: list[Word], at: int) -> int:
    first = at
    while first and (
        digits(words[first - 1].low) is not None or words[first - 1].low in ("-", "/", "and")
    ):
        first -= 1
    while first < at and words[first].low in HOMOPHONES | {"and", "a"}:
        first += 1
    return first


def _number_behind(words: list[Word], at: int) -> int | None:
    """Place of a number that follows closely; None when none does."""
    for place in range(at + 1, min(at + 4, len(words))):
        if is_number(words, place):
            following = words[place + 1].low if place + 1 < len(words) else ""
            return None if following in UNITS or following == ":" else place
        if words[place].low not in JOINTS | {
            "number",
            "no",
            "nr",
            "nummer",
            "numero",
            "n",
            "office",
            "postale",
            "postal",
            "de",
            "correos",
        }:
            single = len(words[place].low) == 1 and words[place].low.isalpha()
            return place if single and words[place].low not in "ai" else None
    return None
