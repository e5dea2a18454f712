"""When somebody begins to speak: enough voice within a short time. Pure."""

from __future__ import annotations

from collections import deque

HOP_MS = 32


class Onset:
    """Begins when `least` of the newest `window` hops are voiced with `probability` or more."""

    def __init__(self, least: int, window: int, probability: float) -> None:
        self._least = least
        self._probability = probability
        self._recent: deque[bool] = deque(maxlen=window)

    def feed(self, probability: float) -> bool:
        """The next 32 ms; True when speech has begun."""
        self._recent.append(probability >= self._probability)
        return sum(self._recent) >= self._least

    @property
    def rising(self) -> bool:
        """True while the newest hop is voiced: perhaps somebody begins right now."""
        return bool(self._recent) and self._recent[-1]

    @property
    def hops(self) -> int:
        """Hops since the first voiced one among those remembered."""
        recent = list(self._recent)
        return len(recent) - recent.index(True) if True in recent else 0

    def reset(self) -> None:
        """Forget what was heard."""
        self._recent.clear()
