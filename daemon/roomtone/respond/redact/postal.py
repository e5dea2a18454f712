"""Where somebody lives: streets with numbers, post boxes, flats, what is announced as an address."""

from __future__ import annotations

from roomtone.respond.redact.clause import end_of
from roomtone.respond.redact.context import Cue
from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.runs import strong
from roomtone.respond.redact.street import (
    BOXES,
    FAMOUS,
    HOMES,
    LEADING,
    LEADING_SURE,
    PLACES,
    STRONG,
    SUFFIXES,
    SURE_SUFFIXES,
    WEAK,
)
from roomtone.respond.redact.vocabulary import COMMON, MONTHS, ORDINALS, UNITS

_REACH = 6
"""Words between a street's number and the word that tells the street, at most."""

_LENGTH = 18
"""Words and signs of what follows a street: flat, postcode, city, country."""

_JOINTS = frozenset("-.,/#'()&:")
_STOPS = frozenset(
    (
        *("what", "how", "is", "are", "was", "can", "could", "please", "would", "will", "when", "where"),
        *("who", "why", "which", "that", "it", "i", "we", "you", "he", "she", "they", "my", "your", "if"),
        *("to", "for", "with", "from", "about", "until", "do", "does", "has", "have", "had", "so", "but"),
        *("this", "there", "then", "because", "tomorrow", "today", "tonight", "by", "arrives", "before"),
    )
)


def postal(reading: Reading, announced: list[Cue]) -> list[Found]:
    """Addresses to hide."""
    words = reading.words
    found: list[Found] = []
    until = -1
    for at, word in enumerate(words):
        if at <= until or len(word.low) < 2:
            continue
        core = _street(words, at) or _box(words, at) or _home(words, at)
        if core is None and _is_coded_city(words, at):
            core = (at, at + 1)
        if core:
            first, last = _grown_left(words, core[0]), _grown_right(words, core[1])
            found.append(Found(words[first].start, words[last].end, "ADDRESS"))
            until = last
    return found + _announced(reading, announced)


def _street(words: list[Word], at: int) -> tuple[int, int] | None:
    """First and last word of a street and its number around the word that tells it."""
    low = words[at].low.rstrip("s") if words[at].low not in STRONG | WEAK else words[at].low
    if low in LEADING and (core := _named_behind(words, at)):
        return core
    if low in STRONG or low in WEAK:
        return _named_before(words, at, sure=low in STRONG)
    if len(low) > 5 and low.endswith(SUFFIXES):
        number = _number_behind(words, at)
        if number is not None and (low not in COMMON or words[at].capital):
            return at, number
        if low.endswith(SURE_SUFFIXES) and low not in COMMON:
            before = at - 1 if at and _is_number(words, at - 1) else at
            return before, at
    return None


def _named_before(words: list[Word], at: int, *, sure: bool) -> tuple[int, int] | None:
    """English order: "42 Maple Avenue"; also "Maple Avenue 42" and "Maple Avenue"."""
    names, place = [], at - 1
    while place >= 0 and at - place <= _REACH:
        word = words[place]
        if _is_number(words, place) and (names or sure):
            return (_number_start(words, place), at) if _fits(names, words[at]) else None
        if word.low in _JOINTS:
            place -= 1
            continue
        if not word.low[0].isalpha() or word.low in _STOPS or word.low in UNITS:
            break
        names.append(word)
        place -= 1
    close = words[at - 1] if at else None
    behind = _number_behind(words, at)
    if behind is not None and (sure or words[at].capital) and close and close.low not in UNITS:
        return (at - 1 if close.low.isalpha() and close.low not in COMMON else at), behind
    if close is None or close.low in FAMOUS or not close.low.isalpha():
        return None
    is_name = close.capital and close.low not in COMMON and words[at].capital
    if is_name or (sure and len(close.low) > 2 and close.low not in COMMON | PLACES):
        return at - 1, at
    return None


def _fits(names: list[Word], tell: Word) -> bool:
    """Whether the words between number and street are a name."""
    if tell.capital and (not names or names[0].capital):
        return True
    if any(name.low in UNITS for name in names):
        return False
    return tell.low in STRONG or bool(names and names[0].low not in _STOPS | {"the", "a", "of"})


def _named_behind(words: list[Word], at: int) -> tuple[int, int] | None:
    """Romance order: "12 rue de la Paix", "via Roma 5", "Am Markt 7"."""
    sure = words[at].low in LEADING_SURE
    before = _number_start(words, at - 1) if at and _is_number(words, at - 1) else None
    if before is None and at > 1 and words[at - 1].low in ("bis", "ter", ",", "b", "a"):
        before = _number_start(words, at - 2) if _is_number(words, at - 2) else None
    names = 0
    for place in range(at + 1, min(at + _REACH + 2, len(words))):
        word = words[place]
        if _is_number(words, place) and names:
            return at if before is None else before, place
        if word.low in _JOINTS:
            continue
        if not word.low[0].isalpha() or word.low in UNITS or word.low in MONTHS:
            break
        if word.capital or sure or (before is not None and word.low not in _STOPS):
            names += word.low not in COMMON or word.capital
        elif word.low not in PLACES:
            break
    if names and (before is not None or sure):
        last = at + 1
        while last + 1 < len(words) and words[last].low in PLACES | COMMON | _JOINTS and last - at < 4:
            last += 1
        return at if before is None else before, last
    return None


def _box(words: list[Word], at: int) -> tuple[int, int] | None:
    low = words[at].low
    if low not in BOXES:
        return None
    number = _number_behind(words, at)
    if number is None:
        return None
    if low in ("box", "bag", "route", "road", "highway"):
        before = [word.low for word in words[max(0, at - 4) : at]]
        if not set(before) & {"o", "po", "office", "post", "rural", "rr", "hc", "mail", "locked", "private", "county", "state", "gpo", "star", "p"}:
            return None
        return max(0, at - 4) if before[:1] and before[0] in ("p", "post", "po") else at - 1, number
    return at, number


def _home(words: list[Word], at: int) -> tuple[int, int] | None:
    """"Apartment 4b", "flat two"."""
    if words[at].low not in ("apartment", "apt", "flat", "suite", "wohnung", "appartement", "lgh"):
        return None
    number = _number_behind(words, at)
    return None if number is None else (at, number)


def _is_coded_city(words: list[Word], at: int) -> bool:
    """"80331 Munich", "8001 Zurich": a postcode before a name."""
    word = words[at]
    if not (word.low.isdigit() and 4 <= len(word.low) <= 5 and at + 1 < len(words)):
        return False
    city = words[at + 1]
    if not city.low.isalpha() or len(city.low) < 3 or city.low in UNITS or city.start - word.end > 2:
        return False
    if len(word.low) == 5:
        return city.low not in COMMON
    return city.capital and city.low not in COMMON and city.low not in MONTHS


def _is_number(words: list[Word], at: int) -> bool:
    low = words[at].low
    if low[0].isdigit() or strong(low) or low in ORDINALS:
        return True
    return len(low) == 1 and at > 0 and words[at - 1].low.isdigit()


def _number_start(words: list[Word], at: int) -> int:
    while at and (digits(words[at - 1].low) is not None or words[at - 1].low in ("-", "/", "and")):
        at -= 1
    return at


def _number_behind(words: list[Word], at: int) -> int | None:
    """Place of a number that follows closely; None when none does."""
    for place in range(at + 1, min(at + 4, len(words))):
        if _is_number(words, place):
            following = words[place + 1].low if place + 1 < len(words) else ""
            return None if following in UNITS or following == ":" else place
        if words[place].low not in _JOINTS | {"number", "no", "nr", "nummer", "numero", "n", "office", "postale", "postal", "de", "correos"}:
            return None if len(words[place].low) > 1 or not words[place].low.isalpha() else place
    return None


def _grown_left(words: list[Word], first: int) -> int:
    """Take in the flat, the house's name and the rest of the number before a street."""
    place, steps = first, 0
    while place and steps < 10:
        before = words[place - 1]
        low = before.low
        if low in _JOINTS and low != ":":
            place -= 1
        elif low in HOMES or _is_number(words, place - 1) or (len(low) == 1 and low.isalnum() and low not in "ai"):
            place -= 1
            first = place
        elif before.capital and low not in COMMON and not low.endswith("'s"):
            place -= 1
            first = place
        elif before.capital and place < len(words) and words[place].low == "," and place >= 2:
            place -= 1
            first = place
        else:
            break
        steps += 1
    return first


def _grown_right(words: list[Word], last: int) -> int:
    """Take in what an address goes on with: flat, postcode, city, state, country."""
    place = last + 1
    while place < len(words) and place - last < _LENGTH:
        word = words[place]
        low = word.low
        if low in ".?!" and _is_end(words, place):
            break
        if low in _JOINTS or low in ".":
            place += 1
            continue
        if low in _STOPS and not (low in ("by", "for") and place + 1 < len(words) and words[place + 1].capital):
            break
        known = low in COMMON and not word.capital
        if not known or low in HOMES or low in PLACES or digits(low) is not None:
            if low not in PLACES or word.capital or not _ends_at(words, place):
                last = place
            place += 1
            continue
        break
    return last


def _ends_at(words: list[Word], at: int) -> bool:
    """Whether a joining word leads to nothing more of an address."""
    if at + 1 >= len(words):
        return words[at].low in ("and", "in", "of", "the", "by", "near", "on", "a", "an", "am", "im")
    following = words[at + 1]
    return following.low in _STOPS or (
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
    return following in _STOPS or following in COMMON


def _announced(reading: Reading, announced: list[Cue]) -> list[Found]:
    """What follows "I live at", "my address is", if it holds a number or a name."""
    found = []
    for cue in announced:
        if cue.kind != "ADDRESS":
            continue
        start = _value_start(reading, cue.start)
        if start is None:
            continue
        end = end_of(reading, start)
        if _tells(reading, start, end):
            found.append(Found(start, end, "ADDRESS"))
    return found


_LEADS = frozenset(
    (
        *("is", "at", "in", "on", "to", ":", "my", "our", "the", "now", "ist", "lautet", "est", "es", "e"),
        *("=", "was", "address", "near", "code", "live", "lives", "living", "moved", "it", "them", "this"),
        *("package", "parcel", "deliver", "delivered", "ship", "located", "wohne", "a", "an", "der", "die"),
        *("adresse", "anschrift", "vivo", "en", "habite", "abito", "woon", "bor", "zip", "home", "new", "of"),
        *("in", "op", "pa", "au", "i", "direccion", "indirizzo", "adres", "house", "number", "pizza", "order"),
        *("mailing", "shipping", "billing", "work", "postal", "delivery", "for", "-", ",", "pa", "und", "wir"),
        *("ich", "flowers", "it's", "from", "into", "postcode", "email", "full", "exact", "right", "food"),
    )
)


def _value_start(reading: Reading, start: int) -> int | None:
    words = reading.words
    at = next((i for i, word in enumerate(words) if word.start >= start), None)
    if at is None:
        return None
    place = at + 1
    while place < len(words) and words[place].low in _LEADS and place - at < 8:
        place += 1
    return words[place].start if place < len(words) else None


def _tells(reading: Reading, start: int, end: int) -> bool:
    inside = [word for word in reading.words if start <= word.start < end]
    return any(
        digits(word.low) is not None
        or (word.low[0].isalpha() and len(word.low) > 2 and word.low not in COMMON)
        for word in inside
    )
