"""Lets a provider rest that has failed several times, then tries it once; pure."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

FAILURES = 3
"""Failures within `WINDOW` after which it rests."""

WINDOW = 60.0
"""Seconds."""

REST = 30.0
"""Seconds of a rest, at least; up to `JITTER` more, so that a street does not return as one."""

JITTER = 0.3

SOON = 1.0
"""Seconds to come back in while somebody else's try is under way."""


class Breaker:
    """Closed, open for a rest, then half open: one try decides. Times are of one steady clock."""

    def __init__(self, draw: Callable[[], float] = random.random) -> None:
        self._draw = draw
        self._failed: deque[float] = deque(maxlen=FAILURES)
        self._until: float | None = None
        self._trying = False

    def rests_s(self, now: float) -> float:
        """Seconds for which nothing is tried; 0 when it may be tried."""
        if self._until is None:
            return 0.0
        if self._trying:
            return SOON
        return max(0.0, self._until - now)

    def begin(self, now: float) -> bool:
        """Whether a try may begin; each that does ends in one of the calls below."""
        if self.rests_s(now) > 0:
            return False
        self._trying = self._until is not None
        return True

    def succeeded(self) -> None:
        """It answered. After a rest all is forgiven; else a link that flaps would never rest."""
        if self._until is not None:
            self._failed.clear()
        self._until = None
        self._trying = False

    def gave_up(self) -> None:
        """Nobody waits for the answer any more: it proves nothing."""
        self._trying = False

    def failed(self, now: float) -> None:
        """It failed. A failed single try begins a new rest."""
        self._failed.append(now)
        many = len(self._failed) == FAILURES and now - self._failed[0] <= WINDOW
        if self._trying or many:
            self._until = now + REST * (1 + JITTER * self._draw())
        self._trying = False
