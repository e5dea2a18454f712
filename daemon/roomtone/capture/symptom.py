"""What can be wrong with sound although it comes: one value for ever, or the wrong number of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from roomtone.capture.ring import Frames

CONSTANT = 1.5
"""Seconds of one exact value, which no live microphone delivers: it is off, or the wrong one."""

GATED = 60.0
"""The same for a microphone that has shown that it shuts itself between sounds."""

GATES = 3
"""Constant stretches that end by themselves and show it."""

WINDOW = 2.5
"""Seconds over which the rate is measured."""

OFF = 0.02
"""Share by which a rate may be off; crystals are within 0.0002, a slow machine within 0.006."""

STRAIGHT, BEND = 0.05, 0.02
"""Seconds that deliveries may lie off a straight line, and share by which the rate of half of them
may differ from the whole; beyond, the machine stalls and the rate cannot be told."""

FEWEST = 12
"""Arrivals that a line is drawn through."""


class Constant:
    """Watches for sound that is all one value."""

    def __init__(self) -> None:
        self._value = 0.0
        self._gates = 0
        self.seconds = 0.0
        """Length of the stretch of one value that lasts."""
        self.varies = False
        """Whether the stream has had more than one value."""

    def restart(self) -> None:
        """Another stream begins."""
        self.seconds, self.varies = 0.0, False

    def take(self, frames: Frames, seconds: float) -> None:
        """The next frames of one channel, `seconds` long."""
        low, high = float(frames.min()), float(frames.max())
        if low == high == self._value:
            self.seconds += seconds
            return
        self._gates += bool(self.lasts)
        self._value, self.seconds, self.varies = high, 0.0, True

    @property
    def lasts(self) -> Literal["", "silent", "stuck"]:
        """Silent at exactly zero, stuck at another value, empty when all is well."""
        if self.seconds < (CONSTANT if self._gates < GATES else GATED):
            return ""
        return "stuck" if self._value else "silent"


def steady_rate(arrivals: Sequence[tuple[float, int]]) -> float | None:
    """Frames per second of the last `WINDOW` seconds; None when that cannot be told.

    An arrival is (clock time, frames so far). Sound that was held up or lost bends their line.
    """
    recent = [one for one in arrivals if arrivals[-1][0] - one[0] <= WINDOW]
    if len(recent) < FEWEST or recent[-1][0] - recent[0][0] < 0.9 * WINDOW:
        return None
    times, frames = np.array(recent, np.float64).T
    times -= times[0]
    slope, start = np.polyfit(times, frames, 1)
    middle = len(recent) // 2
    halves = [
        np.polyfit(times[part], frames[part], 1)[0] for part in (slice(middle), slice(middle, None))
    ]
    bend = max(abs(half - slope) for half in halves) / max(slope, 1.0)
    if bend > BEND or np.abs(frames - start - slope * times).max() > STRAIGHT * slope:
        return None
    return float(slope)
