"""Letters and digits with spaces between them: number plates and short codes ("43 AG 034")."""

from __future__ import annotations

from roomtone.respond.redact.context import ANNOUNCING, Cue
from roomtone.respond.redact.digits import digits
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.measures import MONTHS, ORDINALS, UNITS
from roomtone.respond.redact.reading import Reading, Word
from roomtone.respond.redact.vocabulary import COMMON, KNOWN_LETTERS

LEAST = 5
"""Letters and digits of a plate that nothing announces."""

LONGEST = 4
"""Letters or digits of one group."""


def plates(reading: Reading, announced: list[Cue]) -> list[Found]:
    """Groups of letters beside groups of digits that are no quantity."""
    words = reading.words
    told = any(cue.kind == "ID" for cue in announced)
    cased = not reading.plain.isupper()
    found = []
    until = -1
    for at in reading.numbers:
        if at <= until or not words[at].low.isdigit() or not _is_group(words[at]):
            continue
        first, until = _edge(words, at, -1, until), _edge(words, at, 1, len(words))
        groups = [word for word in words[first : until + 1] if word.low != "-"]
        if _is_plate(groups, told=told, cased=cased):
            found.append(Found(groups[0].start, groups[-1].end, "ID"))
    return found


def _edge(words: list[Word], at: int, step: int, limit: int) -> int:
    """The last of the groups that follow one another from a place on, to one side."""
    place = at
    while place + step != limit:
        place += step
        left = min(place, place - step)
        if words[place].low == "-":
            continue
        if (
            not (_is_group(words[place]) or _is_glued(words, place))
            or words[left + 1].start - words[left].end > 1
        ):
            break
        at = place
    return at


def _is_group(word: Word) -> bool:
    low = word.low
    if len(low) > LONGEST:
        return False
    return low.isdigit() or (low.isalpha() and not _is_language(low))


def _is_glued(words: list[Word], at: int) -> bool:
    """Whether letters touch digits as no quantity does: "7VI", "ft64", "9C58"."""
    word = words[at]
    if not word.low.isalpha() or len(word.low) > LONGEST:
        return False
    leads = at + 1 < len(words) and words[at + 1].start == word.end and words[at + 1].low.isdigit()
    ends = at > 0 and words[at - 1].end == word.start and words[at - 1].low.isdigit()
    return leads or (ends and word.capital and word.low not in UNITS)


def _is_plate(groups: list[Word], *, told: bool, cased: bool) -> bool:
    letters = [group for group in groups if group.low.isalpha()]
    if not letters or len(letters) == len(groups):
        return False
    if sum(len(group.low) for group in groups) < LEAST and not told:
        return False
    count = sum(len(group.low) for group in letters)
    if len(groups) > 2 and count > 1:
        return True
    capital = cased and all(group.capital for group in letters) and count > 1
    odd = count == len(groups[0].low) + len(groups[-1].low) - count == 3
    return told or capital or odd or all(_is_unspeakable(group.low) for group in letters)


def _is_language(low: str) -> bool:
    return (
        low in COMMON
        or low in UNITS
        or low in KNOWN_LETTERS
        or low in MONTHS
        or low in ORDINALS
        or digits(low) is not None
        or (len(low) >= LONGEST and low in ANNOUNCING)
    )


def _is_unspeakable(low: str) -> bool:
    return len(low) > 1 and not set(low) & set("aeiou")
