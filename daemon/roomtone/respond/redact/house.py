"""House numbers beside a name that no list of streets knows: "708 Keller Rise", "Pepijnbaan 33"."""

from __future__ import annotations

from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.known import FAMOUS, WORLD
from roomtone.respond.redact.measures import MONTHS, ORDINALS, UNITS
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.street import STRONG, WEAK
from roomtone.respond.redact.vocabulary import KNOWN_LETTERS, is_everyday
from roomtone.respond.redact.word_list import words as word_list

_SERIES = word_list(
    """
    airbus android apollo article atari boeing caesium carbon cesium channel chapter chrome class
    commodore covid csi dalmatians debian euro falcon figure formula galaxy gemini grade helium
    hydrogen intel ipad iphone ipod kelvin level luna macbook mach mambo mariner mark matrix menu
    mercury model musketeers nintendo nitrogen omega oscar oxygen page pentium pi pixel playstation
    plutonium ps psalm python rocky ryzen saturn season section soyuz step sunni surah symphony
    terminator type ubuntu uranium venera vitamin voyager wifi windows xbox xp
    """
)
_STREETS = STRONG | WEAK
_MARKS = frozenset((",", ".", ":", "nr", "no", "num", "numero", "hno", "house", "ii", "iii", "iv"))
_TOGETHER = frozenset(("by", "plus", "minus", "times", "divided", "x", "+", "%"))
_AT = word_list(
    """
    al am an at auf dem den der from im near to ul unter zum zur
    """
)
"""Behind them a number makes any unknown word a street."""

_ONES = frozenset(("one", "two", "six", "ten"))
_BEFORE = word_list(
    """
    zum zur about
    a around at behind bei bij by chez da deliver desde en fra from hasta hos in into is my naar
    nach nahe near of on op opposite outside past presso reach til till to towards vers visit von zu
    """
)


def houses(reading: Reading) -> list[Found]:
    """Numbers with an unknown name close to them."""
    words = reading.words
    shouted = reading.plain.isupper()
    cased = not shouted and any(word.capital for word in words[1:])
    found = []
    for at in reading.numbers:
        word = words[at]
        if not _is_house(word, words, at):
            continue
        if (name := _behind(words, at, cased=cased)) is not None:
            found.append(Found(word.start, words[name].end, "ADDRESS"))
        if (name := _ahead(words, at, cased=cased, shouted=shouted)) is not None:
            found.append(Found(words[name].start, word.end, "ADDRESS"))
    return found


def _is_house(word: Word, words: list[Word], at: int) -> bool:
    """Whether it can be a house's number: up to four digits, or a number word above three."""
    low = word.low
    if low.isdigit():
        return len(low) <= 4 and not (at and _is_joined(words, at))
    if digits(low) is None or low in ("a", "o", "oh"):
        return False
    following = words[at + 1].low if at + 1 < len(words) else ""
    return len(low) > 3 or (
        low in _ONES and (following in ("", ".", "?", "!", ",") or digits(following) is not None)
    )


def _is_joined(words: list[Word], at: int) -> bool:
    """Whether it is a price, or a piece of a longer number."""
    before = words[at - 1]
    return before.low in "$£€" or (before.low in ".:" and before.end == words[at].start)


def _behind(words: list[Word], at: int, *, cased: bool) -> int | None:
    """The name behind the number: "708 Keller", "20, Mani"."""
    place = at + 1
    while place < len(words) and (
        words[place].low in ",-/." or (len(words[place].low) == 1 and place == at + 1)
    ):
        place += 1
        if place - at > 3:
            return None
    if place >= len(words) or not _is_unknown(words[place]):
        return None
    if words[place - 1].low == "." and words[place - 1].end != words[place].start:
        return None
    if cased or words[place].low[0] > "\u024f":
        return place if _is_own(words[place]) else None
    opening = at
    while opening > 1 and words[opening - 1].low in "-/" and words[opening - 2].low.isdigit():
        opening -= 2
    in_parts = at - opening >= 4
    told = opening and words[opening - 1].low in _BEFORE | _AT
    return place if in_parts or told else None


def _ahead(words: list[Word], at: int, *, cased: bool, shouted: bool) -> int | None:
    """The name before the number: "Pepijnbaan 33", "Calata Rossi, 5"."""
    place = at - 1
    while place > 0 and at - place < 5 and _is_mark(words[place].low):
        place -= 1
    if cased and (first := _opening(words, place)) is not None:
        return first
    if place < 0 or words[place].end == words[at].start:
        return None
    if not _is_unknown(words[place]) or _is_other(words, at, place):
        return None
    if (cased or words[place].low[0] > "\u024f") and not (place and words[place - 1].low in _AT):
        return place if _is_own(words[place]) else None
    first = place
    while first and place - first < 5:
        step = 2 if first > 1 and words[first - 1].low == "-" else 1
        if not _is_unknown(words[first - step]):
            break
        first -= step
    opens = (
        shouted
        or not first
        or words[first - 1].low in ",.:;"
        or words[first - 1].low in _BEFORE | _AT
    )
    return first if place > first or opens else None


def _opening(words: list[Word], last: int) -> int | None:
    """The name's capital before its last word: "Szegedi utca", "Nove zahrady"."""
    for place in range(last, max(-1, last - 3), -1):
        is_street = place == last and words[place].low in _STREETS
        if not is_street and not _is_unknown(words[place]):
            return None
        if place < last and _is_own(words[place]):
            return place
    return None


def _is_other(words: list[Word], at: int, name: int) -> bool:
    """Whether the number says a year, a time or how many."""
    low = words[at].low
    following = words[at + 1].low if at + 1 < len(words) else ""
    is_year = low.isdigit() and len(low) == 4 and "1000" <= low < "2200" and name == at - 1
    behind = words[at + 2].low if at + 2 < len(words) else ""
    calculates = following in _TOGETHER and digits(behind) is not None
    glued = len(following) == 1 and words[at + 1].start == words[at].end
    counts = following in UNITS and not (glued and following.isalpha())
    return is_year or counts or calculates or following == ":"


def _is_mark(low: str) -> bool:
    """Whether it may stand between a street and its number: "nr.", "д.", a comma."""
    return low in _MARKS or (len(low) == 1 and low.isalpha() and low not in "aixo")


def _is_own(word: Word) -> bool:
    """Whether it is written as a name is; letters of other alphabets need no capital."""
    return word.capital or word.low[0] > "\u024f"


def _is_unknown(word: Word) -> bool:
    low = word.low
    stem = low.split("'")[0]
    return (
        low[0].isalpha()
        and len(low) > 2
        and not is_everyday(stem)
        and stem not in UNITS
        and stem not in MONTHS
        and stem not in ORDINALS
        and stem not in WORLD
        and stem not in FAMOUS
        and stem not in _SERIES
        and stem not in KNOWN_LETTERS
        and digits(stem) is None
    )
