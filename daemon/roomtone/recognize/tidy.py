"""Words that may be handed on: bounded, in one line, without what no tongue has spoken."""

from __future__ import annotations

import unicodedata

LONGEST = 1000
"""Letters of one utterance that are kept: 15 s of fast speech have 400."""


def tidy(text: str) -> str:
    """`text` in composed letters (NFC), at most `LONGEST` of them, spaced by single blanks.

    Control and direction marks, halves of surrogate pairs and unassigned codes are left out;
    so are accents beyond the second on one letter.
    """
    kept: list[str] = []
    accents = 0
    for letter in unicodedata.normalize("NFC", text[: 4 * LONGEST]):
        kind = unicodedata.category(letter)
        accents = accents + 1 if kind == "Mn" else 0
        if letter.isspace():
            kept.append(" ")
        elif not kind.startswith("C") and accents <= 2:
            kept.append(letter)
    return " ".join("".join(kept).split())[:LONGEST].rstrip()
