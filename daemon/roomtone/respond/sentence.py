"""A stream of text, cut into sentences as soon as each can be spoken."""

from __future__ import annotations

import re

LONGEST = 240
"""Characters. A longer sentence is cut at a clause: nobody breathes that late."""

ENDS = ".!?\u2026"
"""Marks that end a sentence."""

CLAUSES = ",;:\u2013\u2014"
"""Marks that end a clause."""

_TITLES = frozenset(
    (
        *("dr", "mr", "mrs", "ms", "st", "prof", "capt", "lt", "sgt", "rev", "hon", "gov", "sen"),
        *("rep", "gen", "col", "mt", "ft", "fig", "vol", "approx"),
    )
)
"""A name or a number follows them: their full stop never ends a sentence."""
_ABBREVIATIONS = frozenset(
    (
        *("sr", "jr", "vs", "etc", "e.g", "i.e", "a.m", "p.m", "dept", "est", "inc", "ltd", "co"),
        *("corp", "ave", "blvd", "rd", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep"),
        *("sept", "oct", "nov", "dec"),
    )
)
"""Their full stop ends a sentence only before a capital letter."""
_END = re.compile(rf"[{ENDS}]+[\"'\u201d\u2019)\]]*(?=\s)|\n+")
_SURE_END = re.compile(r"(?:^|\s)[a-z]{3,}\.$")
"""A full stop behind a word that is no name, number or abbreviation. A language model does not go
on behind it in the same word: its tokens begin with a stop, as in ".com"."""
_OPENED = re.compile(r"[(\[\u201c][^)\]\u201d]*$")
"""A bracket or a quotation that is still open."""
_CLAUSE = re.compile(rf"[{CLAUSES}](?=\s)")
_LAST_WORD = re.compile(r"([\w.']+)\.$")


class Splitter:
    """Feed it pieces of text; it returns the sentences that are complete.

    A sentence is complete only once the text goes on after it: "3." may become "3.14".
    """

    def __init__(self, *, tokens: bool = False) -> None:
        """With `tokens` the pieces are a model's, and a plain full stop ends a sentence at once."""
        self._text = ""
        self._tokens = tokens

    @property
    def begun(self) -> str:
        """The sentence that is not complete yet."""
        return self._text

    def feed(self, piece: str) -> list[str]:
        """Sentences that `piece` completes."""
        self._text += piece
        sentences = []
        while (end := self._end()) is not None:
            sentence = self._text[:end].strip()
            self._text = self._text[end:].lstrip()
            if sentence:
                sentences.append(sentence)
        return sentences

    def flush(self) -> list[str]:
        """Return what is left when the text has ended."""
        rest, self._text = self._text.strip(), ""
        return [rest] if rest else []

    def _end(self) -> int | None:
        """Where the first complete sentence ends; None while there is none."""
        for found in _END.finditer(self._text):
            if found[0][0] == "\n" or not self._goes_on(found.end()):
                return self._cut(found.end())
        if self._tokens and self._stops():
            return self._cut(len(self._text))
        return self._cut(len(self._text) + 1) if self._text else None

    def _stops(self) -> bool:
        """Whether the text so far ends as sentences do, whatever comes next."""
        plain = self._text.count('"') % 2 == 0 and not _OPENED.search(self._text)
        return plain and bool(_SURE_END.search(self._text)) and not self._goes_on(len(self._text))

    def _goes_on(self, end: int) -> bool:
        """Whether what stands before `end` is an abbreviation, an initial or a pause."""
        before_capital = self._text[end:].lstrip()[:1].isupper()
        if self._text[:end].endswith(("..", "\u2026")):
            return not before_capital
        word = _LAST_WORD.search(self._text[:end])
        if word is None:
            return False
        name = word[1].lower()
        is_initial = len(name) == 1 and word[1].isupper() and name != "i"
        is_count = name.isdigit() and not self._text[: word.start()].strip()
        if name in _TITLES or is_initial or is_count:
            return True
        return name in _ABBREVIATIONS and not before_capital

    def _cut(self, end: int) -> int | None:
        """`end`, or an earlier clause when the sentence is long."""
        if end > LONGEST and len(self._text) > LONGEST:
            clauses = [found.end() for found in _CLAUSE.finditer(self._text, 0, LONGEST)]
            space = self._text.rfind(" ", 0, LONGEST)
            return clauses[-1] if clauses else (space if space > 0 else LONGEST)
        return end if end <= len(self._text) else None
