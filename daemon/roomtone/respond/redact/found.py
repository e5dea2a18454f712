"""A private item in a text: where it stands, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from roomtone.respond.redact.reading import Reading

KINDS = (
    *("PASSWORD", "CODE", "CARD", "IBAN", "EMAIL", "URL", "USER", "NETWORK", "PHONE"),
    *("ACCOUNT", "ID", "BIRTHDAY", "ADDRESS", "COORDINATES", "NUMBER", "NAME", "TOKEN", "WORD"),
)
"""Placeholders' words."""

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_GLUED = re.compile(r"[A-Za-z0-9_]")
_OPENING = re.compile(r"^[\s,.;:!?\-\"'()\[\]{}<>*_|]+")
_CLOSING = re.compile(r"[\s,.;:!?\-\"'()\[\]{}<>*_|]+$")


class Found(NamedTuple):
    """One item, in characters of `Reading.plain`."""

    start: int
    end: int
    kind: str


def joined(found: Iterable[Found], reading: Reading) -> list[Found]:
    """Items in the order of the text, overlapping ones as one, without punctuation around them."""
    whole: list[Found] = []
    for item in sorted(filter(None, (_trimmed(item, reading) for item in found))):
        last = whole[-1] if whole else None
        if last and item.start < last.end:
            kind = _kind(last, item)
            whole[-1] = Found(last.start, max(last.end, item.end), kind)
        else:
            whole.append(item)
    return whole


def _kind(one: Found, other: Found) -> str:
    """The kind of the longer of two; of the first in `KINDS` when they are alike."""
    return min((one, other), key=lambda item: (item.start - item.end, _RANK[item.kind])).kind


def _trimmed(item: Found, reading: Reading) -> Found | None:
    text = reading.plain[item.start : item.end]
    if item.kind in ("PASSWORD", "CODE"):
        stripped = text.strip(" \n\t,;:\"'")
        start = item.start + text.find(stripped)
        if len(stripped) > 1 and stripped[-1] in ".?!":
            stripped = stripped[:-1]
        return Found(start, start + len(stripped), item.kind) if stripped else None
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text)
    start = item.start + (opening.end() if opening else 0)
    end = item.start + (closing.start() if closing else len(text))
    return _unglued(Found(start, end, item.kind), reading.plain) if start < end else None


def _unglued(item: Found, plain: str) -> Found:
    """With the Latin letters and digits that touch it: none may touch a placeholder."""
    start, end = item.start, item.end
    while start and _GLUED.match(plain[start - 1]) and _GLUED.match(plain[start]):
        start -= 1
    while end < len(plain) and _GLUED.match(plain[end]) and _GLUED.match(plain[end - 1]):
        end += 1
    return Found(start, end, item.kind)
