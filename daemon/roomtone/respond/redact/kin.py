"""What is no everyday language beside a hidden number goes with it: a street, a town, a name."""

from __future__ import annotations

import re
from bisect import bisect_left

from roomtone.respond.redact.area import JOINTS, compares, speaks, tells_day
from roomtone.respond.redact.context import ANNOUNCING
from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.measures import MONTHS, UNITS
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.street import HOMES, PLACES, STRONG, WEAK
from roomtone.respond.redact.vocabulary import COMMON, is_everyday
from roomtone.respond.redact.word_list import words as word_list

_KINDS = frozenset(
    (
        "ACCOUNT",
        "ADDRESS",
        "BIRTHDAY",
        "CARD",
        "CODE",
        "COORDINATES",
        "ID",
        "NETWORK",
        "NUMBER",
        "PHONE",
        "TOKEN",
    )
)
_LONG = re.compile(r"\+?(?:[\s()/.-]{0,2}\d){9,24}")
"""A number that is whole without its neighbours: no house and no postcode has nine digits."""
_LOCATING = frozenset(("at", "behind", "by", "from", "in", "near", "of", "off", "on", "opposite"))
"""What stands before them and a number is beside the address: "a bakery near 12 Baker Street"."""
_NUMBERED = re.compile(r"\s\d")
_FAR = 12
"""Words to either side at most."""

_MARKS = HOMES | word_list(
    """
    ap bl comune cp departamento edif esc et etaj fl hno jirangu ku lok m mieszk n nr num numero p
    phase pk plot s sc sn st str ul via
    """
)
STREETS = STRONG | WEAK
_PARTICLES = frozenset(("das", "do", "dos", "da", "di", "von", "am", "aan", "au", "aux", "i", "y"))
_APART = word_list(
    """
    a am an and are at but can could did do does for from had has have he hello her hey hi his how i
    if in is it its me my no of ok okay on or our please she so thanks that the their then they this
    to us was we what when where which who whose why will with would yes you your
    """
)


def with_kin(items: list[Found], reading: Reading) -> list[Found]:
    """The items, each with its neighbours; in the order of the text."""
    words = reading.words
    starts = [word.start for word in words]
    cased = not reading.plain.isupper() and any(word.capital for word in words[1:])
    grown: list[Found] = []
    for item in items:
        named = item.kind == "NAME" and (
            _is_numbered(words, bisect_left(starts, item.end))
            or _follows_number(words, bisect_left(starts, item.start))
            or _NUMBERED.search(reading.low, item.start, item.end) is not None
        )
        is_whole = item.kind != "ADDRESS" and _LONG.fullmatch(reading.low, item.start, item.end)
        if (item.kind not in _KINDS or is_whole) and not named:
            grown.append(item)
            continue
        first = bisect_left(starts, item.start)
        last = bisect_left(starts, item.end) - 1
        if last < first:
            grown.append(item)
            continue
        kind = "ADDRESS" if named else item.kind
        left = _left(words, first, cased=cased)
        right = _right(words, last, cased=cased)
        while kind == "ADDRESS" and right + 1 < len(words) and words[right + 1].low in STREETS:
            right = _right(words, right + 1, cased=cased)
        start, end = min(item.start, words[left].start), max(item.end, words[right].end)
        grown.append(Found(start, end, kind))
    return grown


def _is_numbered(words: list[Word], at: int) -> bool:
    """Whether a number follows at once, as it follows a street's name."""
    if at < len(words) and words[at].low == ",":
        at += 1
    return at < len(words) and words[at].low.isdigit() and not _is_counted(words, at)


def _follows_number(words: list[Word], at: int) -> bool:
    return at > 0 and words[at - 1].low.isdigit() and len(words[at - 1].low) <= 4


def _is_counted(words: list[Word], at: int) -> bool:
    following = words[at + 1].low if at + 1 < len(words) else ""
    return following in UNITS or following == ":"


def _left(words: list[Word], first: int, *, cased: bool) -> int:
    edge = place = first - 1
    limit = max(-1, place - _FAR)
    while place > limit:
        low = words[place].low
        if low in JOINTS and low not in "&:":
            if low == "." and words[place].end != words[place + 1].start:
                before = words[place - 1].low if place else ""
                if before not in _MARKS and len(before) > 2:
                    break
            elif low == "-" and place == first - 1 and _is_bound(words, place):
                first = place = place - 1
        elif _belongs(words[place], cased=cased and not _opens(words, place)):
            first = place
        elif not (
            place
            and (
                (
                    low in PLACES | _PARTICLES
                    and not (low in _LOCATING and place == edge)
                    and _belongs(words[place - 1], cased=cased)
                )
                or (low in STREETS and _is_strange(words[place - 1]))
                or (cased and low not in _APART | ANNOUNCING and _heads(words, place - 1))
            )
        ):
            break
        place -= 1
    return first


def _right(words: list[Word], last: int, *, cased: bool) -> int:
    place = last + 1
    limit = min(len(words), place + _FAR)
    while place < limit:
        low = words[place].low
        if speaks(words, place) or compares(words, place) or tells_day(words, place):
            break
        if low in JOINTS and low not in "&:":
            spaced = place + 1 < len(words) and words[place].end != words[place + 1].start
            if low == "." and spaced and words[place - 1].low not in _MARKS:
                break
            if low == "-" and place == last + 1 and not spaced and place + 1 < len(words):
                last = place = place + 1
        elif (_belongs(words[place], cased=cased) and not _is_opening(words, place)) or (
            low[0].isdigit() and not _is_counted(words, place)
        ):
            last = place
        elif not (
            low in PLACES | _PARTICLES
            and place + 1 < len(words)
            and _belongs(words[place + 1], cased=cased)
            and not (low in _LOCATING and words[place + 1].low.endswith("'s"))
        ):
            break
        place += 1
    return last


def _is_bound(words: list[Word], at: int) -> bool:
    """Whether a hyphen makes one word of two."""
    before, after = words[at - 1], words[at + 1]
    return at > 0 and before.end == words[at].start and words[at].end == after.start


def _is_strange(word: Word) -> bool:
    return len(word.low) > 2 and word.low.isalpha() and _belongs(word, cased=False)


def _heads(words: list[Word], at: int) -> bool:
    """Whether a word is the capital of a street that goes on in everyday words: "Krvavi most"."""
    word = words[at]
    return word.capital and not _opens(words, at) and _belongs(word, cased=False)


def _opens(words: list[Word], at: int) -> bool:
    """Whether the word's capital may be that of a sentence."""
    return at == 0 or words[at - 1].low in ".?!:;"


def _is_opening(words: list[Word], at: int) -> bool:
    return words[at - 1].low in ".!?" and at > 0


def _belongs(word: Word, *, cased: bool) -> bool:
    """Whether a word can be a piece of what the number beside it belongs to."""
    low = word.low
    stem = low.split("'")[0]
    if not low[0].isalpha():
        return low[0].isdigit()
    if stem in ANNOUNCING or stem in UNITS or stem in MONTHS or stem in _APART:
        return False
    if stem in _MARKS:
        return True
    if cased and word.capital:
        return True
    if digits(stem) is not None:
        return len(stem) > 3
    return len(low) > 1 and not is_everyday(stem) and stem not in COMMON
