"""What belongs to an address beside its street: flats in front, postcode and town behind."""

from __future__ import annotations

from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.known import FIRST_NAMES
from roomtone.respond.redact.measures import ORDINALS
from roomtone.respond.redact.reading import Word
from roomtone.respond.redact.runs import strong
from roomtone.respond.redact.street import HOMES, PLACES
from roomtone.respond.redact.vocabulary import COMMON
from roomtone.respond.redact.word_list import words as word_list

_LENGTH = 18
"""Words and signs of what follows a street: flat, postcode, city, country."""

JOINTS = frozenset("-.,/#'()&:")
STOPS = word_list(
    """
    about are arrives because before but by can could do does for from had has have he how i if
    is it my please she so that then there they this to today tomorrow tonight until was we what
    when where which who why will with would yesterday you your
    """
)


def is_number(words: list[Word], at: int) -> bool:
    """Whether the word can be the number of a house: digits, a number word, an ordinal, "4b".

    What a web address sets equal to something is none.
    """
    low = words[at].low
    if at and words[at - 1].low == "=" and words[at - 1].end == words[at].start:
        return False
    if low[0].isdigit() or strong(low) or low in ORDINALS:
        return True
    return len(low) == 1 and at > 0 and words[at - 1].low.isdigit() and is_number(words, at - 1)


def grown_left(words: list[Word], first: int) -> int:
    """Take in the flat, the house's name and the rest of the number before a street."""
    place, steps = first, 0
    while place and steps < 10:
        before = words[place - 1]
        low = before.low
        if low in JOINTS and low != ":":
            place -= 1
        elif (
            (
                low in HOMES
                or is_number(words, place - 1)
                or (len(low) == 1 and low.isalnum() and low not in "ai")
            )
            or (before.capital and low not in COMMON and not low.endswith("'s"))
            or (before.capital and place < len(words) and words[place].low == "," and place >= 2)
        ):
            place -= 1
            first = place
        else:
            break
        steps += 1
    return first


def grown_right(words: list[Word], last: int) -> int:
    """Take in what an address goes on with: flat, postcode, city, state, country."""
    place = last + 1
    while place < len(words) and place - last < _LENGTH:
        word = words[place]
        low = word.low
        if low in ".?!" and _is_end(words, place):
            break
        if speaks(words, place) or compares(words, place) or tells_day(words, place):
            break
        if low in JOINTS or low in ".":
            place += 1
            continue
        if low in STOPS and not (
            low in ("by", "for") and place + 1 < len(words) and words[place + 1].capital
        ):
            break
        known = low in COMMON and not word.capital
        if not known or low in HOMES or low in PLACES or digits(low) is not None:
            if low not in PLACES or word.capital or not _ends_at(words, place):
                last = place
            place += 1
            continue
        break
    return last


def speaks(words: list[Word], at: int) -> bool:
    """Whether somebody says or wants something from a comma or an "and" on: ", Ann says hi"."""
    if words[at].low not in (",", ";", "and", "but", "-") or at + 2 >= len(words):
        return False
    name, verb = words[at + 1].low, words[at + 2].low
    return verb in _SPEAKING or (verb in _WISHING and name in FIRST_NAMES)


def compares(words: list[Word], at: int) -> bool:
    """Whether a word says what is more: "cheaper than"."""
    return at + 1 < len(words) and words[at].low.endswith("er") and words[at + 1].low == "than"


def tells_day(words: list[Word], at: int) -> bool:
    """Whether a day of the week is told: "on Friday"."""
    return words[at].low == "on" and at + 1 < len(words) and words[at + 1].low in _DAYS


_DAYS = word_list("monday tuesday wednesday thursday friday saturday sunday")
_SPEAKING = word_list("asked asks said says tells thinks thought told wonders")
_WISHING = word_list(
    """
    believes called calls hates hopes knows liked likes loved loves needs wanted wants
    """
)
"""A town could do it too; somebody with a first name does it for sure."""


def _ends_at(words: list[Word], at: int) -> bool:
    """Whether a joining word leads to nothing more of an address."""
    if at + 1 >= len(words):
        return words[at].low in (
            "and",
            "in",
            "of",
            "the",
            "by",
            "near",
            "on",
            "a",
            "an",
            "am",
            "im",
        )
    following = words[at + 1]
    return following.low in STOPS or (
        following.low in COMMON and not following.capital and following.low not in PLACES
    )


def _is_end(words: list[Word], at: int) -> bool:
    """Whether a full stop ends a sentence rather than an abbreviation."""
    if words[at].low != ".":
        return True
    if at + 1 >= len(words):
        return True
    if words[at + 1].start == words[at].end or len(words[at - 1].low) <= 3:
        return False
    following = words[at + 1].low
    return following in STOPS or following in COMMON
