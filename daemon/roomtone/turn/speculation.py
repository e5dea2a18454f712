"""When an answer may be made before the turn is sure, how much of it, and when it counts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roomtone.turn.port import Clause

ATTEMPTS = 3
"""Answers that may be prepared for one turn."""

LONGEST = 10.0
"""Seconds of an utterance beyond which nothing is prepared: who talks that long goes on."""

WASTE = 6.0
"""Seconds of one turn's preparing that may be for nothing; then its end is waited for."""

SENTENCES = 2
"""Sentences that are written and voiced ahead."""

SOUND = 3.0
"""Seconds of sound that are made ahead: the rest is made while they are played."""

_FILLER = frozenset({"um", "uhm", "uh", "er", "erm", "hm", "hmm", "please"})
"""Words without which a question is the same."""

_WORD = re.compile(r"[\w']+")


def words(text: str) -> list[str]:
    """The words of `text` that count, in one spelling."""
    found = _WORD.findall(text.casefold().replace("\u2019", "'"))
    return [word for word in found if word not in _FILLER]


def same(one: str, other: str) -> bool:
    """Whether two readings ask the same: case, punctuation and fillers aside."""
    return words(one) == words(other)


class Budget:
    """How much may still be prepared for the turn that goes on."""

    def __init__(self) -> None:
        self.attempts = 0
        """Answers prepared for this turn."""
        self.wasted = 0.0
        """Seconds of this turn's preparing that were for nothing."""

    def grants(self, seconds: float, *, early: bool = False) -> bool:
        """Whether one more answer may be prepared, to an utterance of `seconds`; it then counts.

        The last one is kept for a pause; it is not for one that is not sure yet (`early`).
        """
        if self.attempts >= ATTEMPTS - early or self.wasted >= WASTE or seconds > LONGEST:
            return False
        self.attempts += 1
        return True


def whole(sentences: Iterable[str]) -> int:
    """How many sentences come to their end there."""
    return sum(not isinstance(sentence, Clause) for sentence in sentences)


def enough(sentences: int, seconds: float) -> bool:
    """Whether so many sentences with so much sound are all that is made ahead."""
    return sentences >= SENTENCES or seconds >= SOUND
