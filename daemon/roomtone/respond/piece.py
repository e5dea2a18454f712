"""Bytes of tokens become pieces of text: whole characters, nothing after the end of the turn."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

_THINK, _THOUGHT = "<think>", "</think>"


class Pieces:
    """Takes a model's output token by token. `ends` are the texts that end the answer."""

    def __init__(self, ends: Sequence[str]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._ends = tuple(ends)
        self._held = ""
        self._silent = False
        self._blank = False
        self.over = False

    def feed(self, token: bytes) -> str:
        """Return what can be shown now; what may be the start of an end is held back."""
        self._held += self._decoder.decode(token)
        self._skip_thoughts()
        if self._silent or self.over:
            return ""
        if self._blank:
            self._held = self._held.lstrip()
            self._blank = not self._held
        at = min((i for end in self._ends if (i := self._held.find(end)) >= 0), default=-1)
        if at >= 0:
            self.over = True
            shown, self._held = self._held[:at], ""
            return shown
        return self._give(len(self._held) - self._doubtful())

    def rest(self) -> str:
        """Return what was held back when the model has ended by itself."""
        return "" if self._silent or self.over else self._give(len(self._held))

    def _give(self, count: int) -> str:
        shown, self._held = self._held[:count], self._held[count:]
        return shown

    def _doubtful(self) -> int:
        """Length of the longest tail that could become an end or a thought."""
        texts = (*self._ends, _THINK)
        longest = min(len(self._held), max(map(len, texts)) - 1)
        return next(
            (n for n in range(longest, 0, -1) if any(t.startswith(self._held[-n:]) for t in texts)),
            0,
        )

    def _skip_thoughts(self) -> None:
        """Drop what a reasoning model writes for itself."""
        if not self._silent and _THINK in self._held:
            before, _, after = self._held.partition(_THINK)
            self._held, self._silent = before + _THINK + after, True
        if self._silent and _THOUGHT in self._held:
            before, _, rest = self._held.partition(_THINK)
            self._held = before + rest.partition(_THOUGHT)[2]
            self._silent, self._blank = False, not before
