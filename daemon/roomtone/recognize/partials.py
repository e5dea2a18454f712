"""When to read along, and how much of what was read will stay."""

from __future__ import annotations

import re


class PartialPace:
    """Decides when the next partial is asked for, by the length of the sound so far."""

    def __init__(self, *, first: float = 0.5, every: float = 0.3) -> None:
        """`first`: seconds of sound before the first partial; `every`: new seconds between two."""
        self._every = every
        self._next = first
        self._over = False

    def due(self, seconds: float, *, busy: bool) -> bool:
        """Say whether to ask for a partial over `seconds` of sound now; it then counts as asked.

        A transcriber that is `busy` is not asked: the next partial covers the sound in between.
        """
        if busy or self._over or seconds < self._next - 1e-6:
            return False
        self._next = seconds + self._every
        return True

    def end(self) -> None:
        """The utterance is over: no partial from now on."""
        self._over = True


class Agreement:
    """The prefix that two consecutive readings share (LocalAgreement-2, Liu et al. 2020).

    What is committed is never taken back, even when a later reading differs.
    """

    def __init__(self) -> None:
        self._last: list[str] = []
        self._committed: list[str] = []

    @property
    def committed(self) -> str:
        """The words that will stay, as they were first agreed on."""
        return " ".join(self._committed)

    def add(self, text: str) -> str:
        """Take in the next partial; returns the committed words."""
        words = text.split()
        agreed = 0
        for old, new in zip(self._last, words, strict=False):
            if _bare(old) != _bare(new):
                break
            agreed += 1
        kept = [_bare(word) for word in self._committed]
        if agreed > len(kept) and kept == [_bare(word) for word in words[: len(kept)]]:
            self._committed += words[len(self._committed) : agreed]
        self._last = words
        return self.committed


def _bare(word: str) -> str:
    return re.sub(r"[^\w']", "", word.lower())
