"""Which notes are meant, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roomtone.base.room import Note
from roomtone.respond.number import opened
from roomtone.respond.plain import plain

_EMPTY = frozenset(
    (
        *("a", "an", "the", "my", "our", "your", "his", "her", "their", "is", "are", "was", "were"),
        *("be", "of", "in", "on", "at", "to", "for", "from", "with", "and", "or", "about", "that"),
        *("this", "it", "i", "you", "we", "they", "he", "she", "when", "where", "what", "who"),
        *("how", "did", "do", "does"),
    )
)
"""Words by which no note is told from another."""


def speaking_of(topic: str, notes: Sequence[Note]) -> tuple[Note, ...]:
    """Notes with every word of `topic` that says something; `topic` is plain text."""
    wanted = _words(topic)
    return tuple(note for note in notes if wanted and wanted <= _words(plain(note.text)))


def counted(number: int) -> str:
    """Count them at the head of a sentence: "One note", "Four notes"."""
    return f"{opened(str(number))} note" + ("" if number == 1 else "s")


def _words(text: str) -> frozenset[str]:
    words = (word.removesuffix("'s") for word in re.findall(r"[\w']+", text))
    return frozenset(word.removesuffix("s") for word in words if word not in _EMPTY)
