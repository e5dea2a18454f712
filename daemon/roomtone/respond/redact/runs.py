"""Numbers that could tell who somebody is: long ones, however they are said, and announced ones."""

from __future__ import annotations

from roomtone.respond.redact.around import BRIDGES, CALCULATING, CALM, DATING, SUMS
from roomtone.respond.redact.context import Cue, nearest
from roomtone.respond.redact.digits import DIGITS, HOMOPHONES, TIMES, WEAK, digits, values
from roomtone.respond.redact.found import Found
from roomtone.respond.redact.measures import MONTHS, ORDINALS, UNITS
from roomtone.respond.redact.reading import Reading, Word

LEAST = 5
"""Digits of a number that is hidden wherever it stands."""

TOGETHER = 7
"""Digits of a text's numbers together from which they are hidden, should other words part them."""

_FAR = 6
"""Bridging words between two groups of digits at most."""


class _Group:
    """Numbers that are said in one go: places in `Reading.words`, and what they say."""

    __slots__ = ("digits", "is_open", "members", "strong")

    def __init__(self) -> None:
        self.members: list[int] = []
        self.digits: list[str] = []
        self.strong = False
        self.is_open = False


def runs(reading: Reading, announced: list[Cue]) -> list[Found]:
    """Numbers to hide."""
    words = reading.words
    said = _said(words, [cue.kind for cue in announced])
    if not said:
        return []
    calm = [] if announced else CALM.finditer(reading.low)
    spans = [found.span() for found in calm]
    if spans:
        said = [
            (at, value)
            for at, value in said
            if not any(start <= words[at].start < end for start, end in spans)
        ]
    groups = _groups(words, said, announced)
    placed = any(cue.kind in ("COORDINATES", "BIRTHDAY") for cue in announced)
    for group in groups:
        group.is_open = placed or not _is_counted(words, group)
    together = sum(
        len("".join(group.digits))
        for group in groups
        if group.is_open and not _is_year(group) and not _is_past(words, group, announced)
    )
    private = bool(announced) or together >= TOGETHER
    certain = bool(announced) or any(
        _count(words, group) >= LEAST and not _is_past(words, group, announced) for group in groups
    )
    return [
        _found(reading, group, announced)
        for group in groups
        if (
            _count(words, group) >= LEAST
            and not _is_past(words, group, announced)
            and not (_is_amount(words, group) and not announced)
        )
        or _is_code(words, group)
        or (private and group.is_open and (certain or not _is_year(group)))
    ]


def _said(words: list[Word], kinds: list[str]) -> list[tuple[int, str]]:
    """Words that stand for digits; after a date of birth is announced, months and ordinals too."""
    dated = "BIRTHDAY" in kinds
    said = []
    for at, value in enumerate(values([word.low for word in words])):
        low = words[at].low
        if value is None:
            if dated and (low in MONTHS or low in ORDINALS):
                said.append((at, "0"))
            continue
        if low in HOMOPHONES and not _between_digits(words, at):
            continue
        said.append((at, value))
    return said


def _between_digits(words: list[Word], at: int) -> bool:
    sides = words[at - 1 : at] + words[at + 1 : at + 2]
    return len(sides) == 2 and all(len(digits(side.low) or "00") == 1 for side in sides)


def _groups(words: list[Word], said: list[tuple[int, str]], announced: list[Cue]) -> list[_Group]:
    dated = any(cue.kind == "BIRTHDAY" for cue in announced)
    told = bool(announced)
    groups: list[_Group] = []
    group = _Group()
    for at, value in said:
        if group.members and not _bridged(
            words, group.members[-1], at, announced=told, dated=dated
        ):
            groups.append(group)
            group = _Group()
        group.members.append(at)
        group.digits.append(value * TIMES.get(words[at - 1].low, 1) if at else value)
        group.strong = group.strong or words[at].low not in WEAK
    groups.append(group)
    return [group for group in groups if group.strong]


def _bridged(words: list[Word], left: int, right: int, *, announced: bool, dated: bool) -> bool:
    if right - left > _FAR:
        return False
    between = [word.low for word in words[left + 1 : right]]
    if dated:
        between = [low for low in between if low not in DATING]
    if not all(low in BRIDGES for low in between):
        return False
    return announced or not (SUMS & set(between)) or len(between) > 2


def _count(words: list[Word], group: _Group) -> int:
    """Digits of the group; an article at its edge is none."""
    values = list(group.digits)
    for edge in (0, -1):
        if values and words[group.members[edge]].low in WEAK - {"o", "oh", "null"}:
            values[edge] = ""
    return len("".join(values))


def _is_amount(words: list[Word], group: _Group) -> bool:
    """Whether it is a round number of something: "24000 euros"."""
    last = group.members[-1]
    following = words[last + 1].low if last + 1 < len(words) else ""
    value = "".join(group.digits)
    return len(group.members) == 1 and value.endswith("000") and following in UNITS


def _is_code(words: list[Word], group: _Group) -> bool:
    """Whether four digits stand alone: no year, no round number, nothing counted or calculated."""
    value = "".join(group.digits)
    if len(value) != 4:
        return False
    if group.members[0] and words[group.members[0] - 1].low in "*#" and len(group.members) < 3:
        return not (group.members[0] > 1 and words[group.members[0] - 2].low.isdigit())
    if _is_year(group):
        return False
    spoken = len(group.members) > 1 and any(len(part) > 1 for part in group.digits)
    if spoken and value < "2400" and value[2:] < "60":
        return False
    first, last = group.members[0], group.members[-1]
    before = words[first - 1].low if first else ""
    if before in "*/+x-" and not (first > 1 and words[first - 2].low.isdigit()):
        before = ""
    following = words[last + 1].low if last + 1 < len(words) else ""
    return (
        not (value.endswith("00") and len(group.members) == 1)
        and before not in CALCULATING
        and following not in CALCULATING | UNITS
    )


def _is_counted(words: list[Word], group: _Group) -> bool:
    """Whether the group only says how many: "ten minutes", "the 3rd", "5 pm"."""
    last = group.members[-1]
    following = words[last + 1].low if last + 1 < len(words) else ""
    return following in UNITS and len("".join(group.digits)) <= 3


def _is_year(group: _Group) -> bool:
    value = "".join(group.digits)
    return len(value) == 4 and len(group.members) <= 3 and "1000" <= value < "2200"


def _is_past(words: list[Word], group: _Group, announced: list[Cue]) -> bool:
    """Whether the group is a pair of years, or a day with its year after a month."""
    if announced:
        return False
    value = "".join(group.digits)
    first, last = group.members[0], group.members[-1]
    before = words[first - 1].low if first else ""
    if before in MONTHS and 5 <= len(value) <= 6 and "1000" <= value[-4:] < "2200":
        return True
    between = {word.low for word in words[first : last + 1]} & {"and", "to", "-", "und", "et"}
    years = [value[:4], value[4:]]
    return (
        len(value) == 8
        and all(len(words[at].low) > 2 for at in group.members)
        and bool(between)
        and all("1000" <= y < "2200" for y in years)
        and (years[0] < years[1])
    )


def _found(reading: Reading, group: _Group, announced: list[Cue]) -> Found:
    words, low = reading.words, reading.low
    first, last = group.members[0], group.members[-1]
    while first and words[first - 1].low in TIMES.keys() | {"plus", "+", "(", "#", "-"}:
        first -= 1
    start, end = words[first].start, words[last].end
    while start and low[start - 1].isalnum():
        start -= 1
    while end < len(low) and low[end].isalnum():
        end += 1
    return Found(start, end, _kind("".join(group.digits), words[first].low, announced, start, end))


def _kind(value: str, opening: str, announced: list[Cue], start: int, end: int) -> str:
    default = "NUMBER"
    if 13 <= len(value) <= 19:
        default = "CARD"
    elif (
        opening in ("+", "plus")
        or (7 <= len(value) <= 12 and value.startswith("0"))
        or len(value) == 10
    ):
        default = "PHONE"
    return nearest(announced, start, end, default)


def strong(word: str) -> bool:
    """Whether a word is a number on its own."""
    return word.isdigit() or (word in DIGITS and word not in WEAK)
