"""Hides what is private in a text that may leave the house, and puts it back into the answer."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence

from roomtone.respond.redact.clause import clauses
from roomtone.respond.redact.context import cues
from roomtone.respond.redact.date import dates
from roomtone.respond.redact.digits import TIMES, values
from roomtone.respond.redact.domain import DOTS, HYPHENS, domains
from roomtone.respond.redact.found import KINDS, Found, joined
from roomtone.respond.redact.home import homes
from roomtone.respond.redact.house import houses
from roomtone.respond.redact.judged import judged
from roomtone.respond.redact.kin import with_kin
from roomtone.respond.redact.mail import mails
from roomtone.respond.redact.mixed import mixed
from roomtone.respond.redact.names import Names
from roomtone.respond.redact.people import people
from roomtone.respond.redact.plate import plates
from roomtone.respond.redact.postal import postal
from roomtone.respond.redact.reading import Reading
from roomtone.respond.redact.runs import runs
from roomtone.respond.redact.wild import wild

_PLACEHOLDER = re.compile(
    rf"\[?(?<![A-Za-z0-9])({'|'.join(KINDS)})((?:[\s\\_-]|underscore){{0,14}})(\d{{1,4}})(?![\d])\]?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_REMEMBERED = 256
"""Texts that `hide` has made, of which it knows that nothing in them needs hiding again."""


class Veil:
    """One conversation's map between private items and their placeholders.

    `names` are the household's. The map lives as long as the object and never leaves it. An item
    has one placeholder, however it is spelled ("4 1 1 1", "four one one one"); it comes back in the
    spelling in which it was said last. What the user says in the form of a placeholder is an item
    itself, so that it comes back as it was said; hand in what was said, not what was hidden.
    """

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._names = Names(names)
        self._placeholders: dict[str, str] = {}
        self._items: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._reserved: set[str] = set()
        self._made: OrderedDict[str, None] = OrderedDict()

    @property
    def hidden(self) -> int:
        """Items in the map."""
        return len(self._items)

    def hide(self, text: str) -> str:
        """The text with placeholders. A text that this has made comes back as it is."""
        if text in self._made:
            return text
        reading = Reading(text)
        literals = self._literals(reading)
        found = [*literals, *self._found(reading)] if reading.words else literals
        pieces, at = [], 0
        said: set[str] = set()
        whole = joined(found, reading)
        for item in joined(with_kin(whole, reading), reading):
            start, end = reading.said(item.start, item.end)
            if start < at:
                continue
            pieces += [text[at:start], self._placeholder(item, reading, text[start:end], said)]
            at = end
        made = "".join([*pieces, text[at:]])
        self._made[made] = None
        if len(self._made) > _REMEMBERED:
            self._made.popitem(last=False)
        return made

    def reveal(self, text: str) -> str:
        """The text with the items; placeholders of nobody stay as they are."""
        return _PLACEHOLDER.sub(self._revealed, text)

    def _found(self, reading: Reading) -> list[Found]:
        announced = cues(reading)
        return [
            *self._names.find(reading),
            *mails(reading),
            *domains(reading),
            *clauses(reading),
            *postal(reading),
            *homes(reading, announced),
            *mixed(reading, announced),
            *runs(reading, announced),
            *people(reading),
            *wild(reading),
            *(plates(reading, announced) if _DIGIT.search(reading.low) else ()),
            *houses(reading),
            *judged(reading),
            *dates(reading),
        ]

    def _literals(self, reading: Reading) -> list[Found]:
        """Placeholders that the user says: unused ones stay unused, used ones are hidden."""
        found = []
        for match in _PLACEHOLDER.finditer(reading.plain):
            name = f"{match[1].upper()}_{int(match[3])}"
            if name in self._items and _is_meant(match):
                found.append(Found(*match.span(), "WORD"))
            else:
                self._reserved.add(name)
        return found

    def _placeholder(self, item: Found, reading: Reading, said: str, fresh: set[str]) -> str:
        key = _key(reading.low[item.start : item.end])
        name = self._placeholders.get(key)
        if name is None:
            name = self._next(item.kind)
            self._placeholders[key] = name
        if name not in fresh:
            self._items[name] = said
            fresh.add(name)
        return name

    def _next(self, kind: str) -> str:
        while True:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            name = f"{kind}_{self._counts[kind]}"
            if name not in self._reserved:
                return name

    def _revealed(self, match: re.Match[str]) -> str:
        item = self._items.get(f"{match[1].upper()}_{int(match[3])}")
        return match[0] if item is None or not _is_meant(match) else item


def _is_meant(match: re.Match[str]) -> bool:
    """Whether it is a placeholder rather than language: not "the number 1", but "Number 1"."""
    return match[1][0].isupper() or not match[2].isspace()


def _key(low: str) -> str:
    """What two spellings of an item have in common: digits of a number, else letters and signs."""
    parts = re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", low)
    said = values(parts)
    if any(said) and all(
        value is not None
        or not part[0].isalnum()
        or part in TIMES
        or part in ("and", "then", "plus", "dash")
        for part, value in zip(parts, said, strict=True)
    ):
        number = "".join(
            value * TIMES.get(parts[i - 1] if i else "", 1) for i, value in enumerate(said) if value
        )
        return number if len(number) > 2 else low
    signs = (
        {"at": "@"}
        | dict.fromkeys(DOTS, ".")
        | dict.fromkeys(HYPHENS, "-")
        | {"underscore": "_", "plus": "+"}
    )
    if "at" in parts or "@" in parts:
        return "".join(signs.get(part, part) for part in parts if part != ",")
    return " ".join(part for part in parts if part[0].isalnum()) or low
