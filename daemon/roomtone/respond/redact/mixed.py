"""Letters and digits in one: number plates, postcodes, insurance numbers, IBANs, keys, tokens."""

from __future__ import annotations

import itertools
import re

from roomtone.respond.redact.context import Cue, nearest
from roomtone.respond.redact.digits import WEAK, digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import COMMON, KNOWN_LETTERS, NATO, is_common

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-+/=.~]{11,}")
_GROUPS = re.compile(r"\b[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,8}\b")
_SNAKE = re.compile(r"\b(?![A-Z]{2,12}_\d+\b)\w{3,80}\b")
_DIGIT = re.compile(r"\d")
_GLUE = frozenset("-./,:_ ")
_MEASURES = frozenset(("th", "st", "nd", "rd", "am", "pm", "s", "km", "kg", "cm", "mm", "ml", "h"))
_HALF_DAY = frozenset(("am", "pm", "p", "m", "a"))
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?:[\s.-]{0,2}(?:[a-z]{4}\b|[a-z]{0,4}\d[a-z0-9]*)){2,10}")
_POSTCODE = re.compile(
    r"\b(?:[A-Za-z]{1,2}\d[A-Za-z\d]?[\s-]?\d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z][\s-]?\d[A-Za-z]\d"
    r"|\d{4}\s?[A-Z]{2}|[A-Za-z]\d{2}[\s-]?[A-Za-z\d]{4}(?<=\d..|.\d.|..\d))\b"
)


def mixed(reading: Reading, announced: list[Cue]) -> list[Found]:
    """Codes of letters and digits, written or spelled."""
    found = [Found(*match.span(), "TOKEN") for match in _GROUPS.finditer(reading.plain)]
    if "_" in reading.plain:
        found += [
            Found(*match.span(), "USER")
            for match in _SNAKE.finditer(reading.plain)
            if "_" in match[0].strip("_")
        ]
    found += [
        Found(*match.span(), "TOKEN")
        for match in _TOKEN.finditer(reading.plain)
        if any(map(_is_token, (match[0], *re.split(r"[=/]", match[0]))))
    ]
    if reading.numbers and _DIGIT.search(reading.low):
        found += [Found(*match.span(), "IBAN") for match in _IBAN.finditer(reading.low)]
        found += [
            Found(*match.span(), "ADDRESS")
            for match in _POSTCODE.finditer(reading.plain)
            if not match[0].isdigit() and not match[0].isalpha()
        ]
    return found + _spelled(reading, announced)


def _is_token(text: str) -> bool:
    """Whether a long word is a key rather than language: letters among digits, or wild capitals."""
    text = text.rstrip(".")
    numbers = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    if numbers >= 3 and letters >= 3 and numbers + letters >= 12:
        return True
    switches = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(text))
    if numbers and letters + numbers >= 16 and not re.search(r"[/.=~+]|[a-z]{4,}-", text):
        return True
    if letters >= 16 and text.isupper() and text.isalnum():
        return True
    if letters + numbers >= 24 and re.fullmatch(r"\w+", text):
        return True
    return letters >= 14 and (switches >= 3 or (numbers >= 2 and switches >= 1))


def _spelled(reading: Reading, announced: list[Cue]) -> list[Found]:
    """Runs of single letters and digits, and of short groups of capitals and digits."""
    words = reading.words
    found = []
    run: list[int] = []
    told = bool(announced)
    for at, word in enumerate(words):
        low = word.low
        if low in COMMON and digits(low) is None and len(low) > 1 and low not in NATO:
            element = False
        else:
            element = _is_element(words, at, announced=told)
        if element:
            if run and not _near(run[-1], at):
                found += _closed(reading, run, announced)
                run = []
            run.append(at)
        elif run and _closes(reading, run[-1], at):
            run.append(at)
        elif run and not (len(word.low) == 1 and word.low in _GLUE):
            if at + 1 < len(words) and word.low in (
                "dash",
                "hyphen",
                "space",
                "double",
                "then",
                "colon",
                "capital",
            ):
                continue
            found += _closed(reading, run, announced)
            run = []
    return found + (_closed(reading, run, announced) if run else [])


def _closes(reading: Reading, last: int, at: int) -> bool:
    """Whether three capitals end a number plate: "AB12 CDE"."""
    words = reading.words
    word, before = words[at], words[last]
    return (
        at == last + 1
        and len(word.low) == 3
        and reading.plain[word.start : word.end].isupper()
        and before.low.isdigit()
        and last > 0
        and words[last - 1].end == before.start
        and words[last - 1].low.isalpha()
    )


def _near(left: int, right: int) -> bool:
    return right - left <= 3


def _is_element(words: list[Word], at: int, *, announced: bool) -> bool:
    word = words[at]
    low = word.low
    size = len(low)
    if size == 1:
        return low.isalnum()
    if low in NATO or (digits(low) is not None and (low not in WEAK or low in ("oh", "null"))):
        return True
    if size > 4 or not low.isalpha():
        return False
    glued = (at > 0 and words[at - 1].end == word.start and words[at - 1].low.isdigit()) or (
        at + 1 < len(words) and words[at + 1].start == word.end and words[at + 1].low.isdigit()
    )
    if glued:
        return low not in _MEASURES
    return word.capital and (size <= 2 or announced) and low not in COMMON


def _closed(reading: Reading, run: list[int], announced: list[Cue]) -> list[Found]:
    """The item of a run of elements, if they are enough to be one."""
    words = reading.words
    run = run[:-1] if _goes_on(words, run) else run
    numbers = sum(len(digits(words[at].low) or "") for at in run)
    letters = [at for at in run if words[at].low.isalpha() and digits(words[at].low) is None]
    lows = [words[at].low for at in letters]
    if len(lows) >= 2 and lows[-1] == "m" and lows[-2] in ("a", "p"):
        return []
    if len(lows) < 3 and any(low in NATO for low in lows):
        return []
    count = sum(1 if low in NATO else len(low) for low in lows)
    start, end = words[run[0]].start, words[run[-1]].end
    if numbers >= 2 and count and numbers + count >= LEAST_MIXED:
        enough = count >= 2 or numbers >= 5 or len(set(lows) - _HALF_DAY) > 0
        if enough:
            return [Found(start, end, nearest(announced, start, end, "ID"))]
    if not numbers and count >= LEAST_SPELLED and len(run) == count:
        spelled = "".join(low[0] for low in lows)
        if spelled not in KNOWN_LETTERS:
            return [Found(start, end, nearest(announced, start, end, "WORD"))]
    return []


def _goes_on(words: list[Word], run: list[int]) -> bool:
    """Whether the last letter is a word that the sentence goes on with: "0171 5551234, I live"."""
    last = run[-1]
    if len(run) < 2 or last + 1 >= len(words) or words[last].low not in ("i", "a"):
        return False
    word, following = words[last], words[last + 1]
    is_apart = words[last - 1].end < word.start and word.end < following.start
    return is_apart and following.low.isalpha() and is_common(following.low)


LEAST_MIXED = 5
"""Letters and digits of a code."""

LEAST_SPELLED = 4
"""Single letters of a word that somebody spells."""
