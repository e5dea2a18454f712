"""How many threads read a prompt and write an answer: as many as pays, on cores that are free.

Two threads write a token in 20 ms where one needs 27 (FIGURES.md), but in 70 when another part
computes on their core. So all of them read, and write until the voice begins, where nobody else
computes, and the time of every token decides on the next.
"""

from __future__ import annotations

import codecs
import math
import os
from collections.abc import Callable
from pathlib import Path

from roomtone.respond.sentence import CLAUSES, ENDS

MOST_THREADS = 4
"""Threads that read a prompt, and begin an answer. Writing is bound by memory: a Raspberry Pi 5
writes as quickly with two of its four, which is soon found out."""

SMALL = 200_000_000
"""Bytes of a file below which handing work from thread to thread costs more than it saves."""

CLAUSE = 12
"""Characters behind which a mark ends a clause that is voiced."""

MARKS = frozenset(CLAUSES + ENDS)

FORGETTING = 1.02
"""How much longer than the quickest token of few threads the next one may take, to be it: what a
quiet moment has shown is forgotten over some dozens of tokens."""

LONGEST_REST = 7
"""Answers, at most, that are written by few threads after more did not pay again and again."""

_LOAD = Path("/proc/loadavg")


class Hands:
    """Counts the threads of one model, `few` to `most`; no more than there are `free` cores."""

    def __init__(self, few: int, most: int, free: Callable[[], int] | None = None) -> None:
        self.few, self.most = few, most
        self._free = free or free_cores
        self._quickest = math.inf
        self._text = codecs.getincrementaldecoder("utf-8")("ignore")
        self._written = self._rest = self._pause = 0
        self._wanted = self.now = few
        """`now`: threads for the next token."""

    @property
    def reading(self) -> int:
        """Threads for the next piece of a prompt."""
        return self._at_most(self.most)

    def begin(self) -> None:
        """An answer begins; nobody voices it yet."""
        self._written = 0
        self._text.reset()
        self._wanted = self.few if self._rest else self.most
        self._rest = max(0, self._rest - 1)
        self.now = self._at_most(self._wanted)

    def wrote(self, token: bytes, seconds: float) -> None:
        """Take note of a token, and of how long it took."""
        text = self._text.decode(token)
        self._written += len(text)
        if self.now < self.most:
            self._quickest = min(seconds, FORGETTING * self._quickest)
        elif seconds > self._quickest:
            self._rest = self._pause = min(2 * self._pause + 1, LONGEST_REST)
            self._wanted = self.few
        if self._wanted > self.few and self._written > CLAUSE and not MARKS.isdisjoint(text):
            self._pause = 0
            self._wanted = self.few
        self.now = self._at_most(self._wanted)

    def _at_most(self, threads: int) -> int:
        return max(self.few, min(threads, self._free())) if self.few < threads else threads


def free_cores() -> int:
    """Cores on which nobody computes but us; two parts on one core cost both more than the half."""
    try:
        running = int(_LOAD.read_text(encoding="ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        running = 1
    return len(os.sched_getaffinity(0)) - max(0, running - 1)


def threads(size: int) -> tuple[int, int]:
    """How many read a prompt, and how many write: the voice speaks while the answer is written."""
    cores = 1 if size < SMALL else min(MOST_THREADS, len(os.sched_getaffinity(0)))
    return cores, max(1, cores // 2)
