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

SHORT = 1.0
"""Seconds of the first rest where nobody could be reached, each further one twice as long up to
`REST`: a link that comes and goes is found again while it is up, and trying it troubles nobody.
"""

SOON = 1.0
"""Seconds to come back in while somebody else's try is under way."""


class Breaker:
    """Closed, open for a rest, then half open: one try decides. Times are of one steady clock."""

    def __init__(self, draw: Callable[[], float] = random.random) -> None:
        self._draw = draw
        self._failed: deque[float] = deque(maxlen=FAILURES)
        self._until: float | None = None
        self._trying = False
        self._rests = 0

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
        self._rests = 0
        self._trying = False

    def gave_up(self) -> None:
        """Nobody waits for the answer any more: it proves nothing."""
        self._trying = False

    def failed(self, now: float, *, reached: bool = True) -> None:
        """It failed. A failed single try begins a new rest, a short one if nobody was `reached`."""
        self._failed.append(now)
        many = len(self._failed) == FAILURES and now - self._failed[0] <= WINDOW
        if self._trying or many:
            rest = REST if reached else min(REST, SHORT * 2**self._rests)
            self._until = now + rest * (1 + JITTER * self._draw())
            self._rests += 1
        self._trying = False
