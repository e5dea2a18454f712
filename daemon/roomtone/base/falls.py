"""The account of a part's falls: what is told of them, and when it is tried again."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

import msgspec

BACKOFF = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the next start, by the falls in a row; the last one repeats."""

STEADY = 5.0
"""A part that had been up for so many seconds begins a new row."""

WINDOW = 60.0
MOST = 5
"""A part that falls so often within `WINDOW` seconds is degraded."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a part."""

    part: str
    up: bool
    fault: str = ""
    """Empty when all is well."""
    action: str = ""
    kind: str = ""
    """As `event.Fault.kind`."""
    recovered_ms: int | None = None
    """Set when the fault of this kind is over."""


Told = Callable[[News], None]


class Falls:
    """Counts the falls of one part. All times are of the monotonic clock, in seconds."""

    def __init__(self, part: str, retry: float) -> None:
        self.degraded = False
        """True when it fell too often or cannot start; it is tried every `retry` s at least."""
        self.advice = ""
        """What the owner can do about a part that cannot start."""
        self._part = part
        self._retry = retry
        self._at: deque[float] = deque(maxlen=MOST)
        self._row = 0
        self._up_since = math.inf
        self._open: dict[str, float] = {}

    def fell(self, now: float, kind: str, fault: str, since: float) -> list[News]:
        """It went away at `now`; it had been well until `since`. A degraded part falls silently."""
        self._at.append(now)
        self._row = 1 if now - self._up_since >= STEADY else self._row + 1
        self._up_since = math.inf
        if self.degraded:
            return []
        news = [self._begun(kind, fault, "restart", since)]
        if len(self._at) == MOST and now - self._at[0] <= WINDOW:
            self.degraded = True
            often = f"fell {MOST} times within {now - self._at[0]:.0f} s, the last time it {fault}"
            news.append(self._begun("part_failing", often, self._later(), since))
        return news

    def unable(self, now: float, kind: str, advice: str) -> list[News]:
        """It said at `now` that it cannot start; the same advice is told once."""
        known, self.advice, self.degraded = self.advice, advice, True
        self._row = len(BACKOFF)
        return [] if known == advice else [self._begun(kind, advice, self._later(), now)]

    def rose(self, now: float) -> list[News]:
        """It is up again; each fault that was told is over."""
        over = [
            News(part=self._part, up=True, kind=kind, recovered_ms=round(1000 * (now - since)))
            for kind, since in self._open.items()
        ]
        self._open.clear()
        self._up_since = now
        self.degraded, self.advice = False, ""
        return over

    def forgive(self) -> None:
        """Try it as if it had never fallen; what was told lasts until it is up."""
        self._at.clear()
        self._row = 0
        self.degraded, self.advice = False, ""

    @property
    def pause(self) -> float:
        """Seconds until it may be started again."""
        return min(self._retry, BACKOFF[min(max(self._row, 1), len(BACKOFF)) - 1])

    def _begun(self, kind: str, fault: str, action: str, since: float) -> News:
        self._open.setdefault(kind, since)
        return News(part=self._part, up=False, fault=fault, action=action, kind=kind)

    def _later(self) -> str:
        return f"tried again every {self._retry:.0f} s at least"
