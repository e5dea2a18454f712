"""A text made plain for the search: Latin letters without marks, one kind of dash, words.

Every character of it knows its place in the text as it was said, so that what is found there can
be cut out here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from roomtone.respond.redact.digits import digits

_SPECIAL = re.compile(
    r"(?P<entity>&(?:amp;)*(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,10});)"
    r"|(?P<percent>(?:%[0-9a-f]{2})+)"
    r"|(?P<ascii>[\x00-$'-\x7f]+)|.",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]|_")
_LETTERS = {
    "\u00df": "ss",
    "\u1e9e": "SS",
    "\u00e6": "ae",
    "\u00c6": "AE",
    "\u0153": "oe",
    "\u0152": "OE",
    "\u00f8": "o",
    "\u00d8": "O",
    "\u0142": "l",
    "\u0141": "L",
    "\u00f0": "d",
    "\u00d0": "D",
    "\u00fe": "th",
    "\u00de": "Th",
    "\u0131": "i",
    "\u0111": "d",
    "\u0110": "D",
    "\u2018": "'",
    "\u2019": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\u2032": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u2033": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2022": ".",
    "\u00b7": ".",
    "\u30fb": ".",
    "\u3002": ".",
    "\u3001": ",",
    "\u2044": "/",
    "\u2212": "-",
    "\u2215": "/",
    "\u00b4": "'",
    "\u02d9": ".",
    "\u2219": ".",
    "\u22c5": ".",
}
_KINDS = {
    **dict.fromkeys(("Cf", "Mn", "Me", "Cc"), ""),
    "Zs": " ",
    "Zl": "\n",
    "Zp": "\n",
    "Pd": "-",
}
"""Unicode category -> what stands for its characters."""


class Word:
    """One word, number or sign of a text."""

    __slots__ = ("capital", "end", "low", "start")

    def __init__(self, low: str, start: int, end: int, opening: str) -> None:
        self.low = low
        self.start = start
        self.end = end
        self.capital = opening != low[0]


class Reading:
    """`plain` keeps capitals; `low` has none and the same length; `words` stand in `plain`.

    `numbers` are the places in `words` of what stands for digits.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []
        self._ends: list[int] = []
        if text.isascii() and "&" not in text and "%" not in text and "`" not in text:
            self.plain = text
        else:
            self.plain = self._made_plain()
        low = self.plain.lower()
        if len(low) != len(self.plain):
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.plain)
        self.low = low
        self.words = self._split()
        self.numbers = [at for at, word in enumerate(self.words) if digits(word.low) is not None]

    def said(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `plain` stands in the text as it was said."""
        return (self._starts[start], self._ends[end - 1]) if self._starts else (start, end)

    def _split(self) -> list[Word]:
        plain, low = self.plain, self.low
        words = []
        for found in _WORD.finditer(plain):
            start, end = found.span()
            words.append(Word(low[start:end], start, end, plain[start]))
        return words

    def _made_plain(self) -> str:
        pieces: list[str] = []
        for found in _SPECIAL.finditer(self.text):
            piece = found[0]
            start, end = found.span()
            if found.lastgroup == "ascii":
                pieces.append(piece.replace("`", "'"))
                self._starts.extend(range(start, end))
                self._ends.extend(range(start + 1, end + 1))
                continue
            folded = _folded(piece) if len(piece) == 1 else _decoded(piece)
            if not folded and self._ends:
                self._ends[-1] = end
            pieces.append(folded)
            self._starts.extend([start] * len(folded))
            self._ends.extend([end] * len(folded))
        return "".join(pieces)


def fold(text: str) -> str:
    """The text without marks, entities and capitals; its length may change."""
    return Reading(text).low


def _decoded(piece: str) -> str:
    """What an HTML entity or a percent encoding stands for; itself when it stands for nothing."""
    if piece[0] == "&":
        bare = html.unescape(re.sub(r"amp;", "", piece, flags=re.IGNORECASE))
        bare = html.unescape(bare.lower()) if bare.startswith("&") else bare
    else:
        bare = unquote(piece, errors="replace")
        bare = piece if "\ufffd" in bare else bare
    return bare if bare == piece else "".join(_folded(c) for c in bare)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """One character, or several for a ligature; nothing for what cannot be seen."""
    if character.isascii() or character in _LETTERS:
        return _LETTERS.get(character, character)
    category = unicodedata.category(character)
    if category in _KINDS:
        return _KINDS[category]
    if category == "Nd":
        return str(unicodedata.decimal(character))
    parts = unicodedata.normalize("NFKD", character)
    return character if parts == character else "".join(map(_folded, parts))
