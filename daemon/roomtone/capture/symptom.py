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

WINDOW = 3.0
"""Seconds over which the rate is measured."""

OFF = 0.02
"""Share by which a rate may be off; crystals are within 0.0002, a slow machine within 0.006."""

STRAIGHT = 0.03
"""Seconds that deliveries may lie off a straight line; beyond, the machine stalls, not the rate."""


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
    """Frames per second of `arrivals`, (clock time, frames so far); None when it cannot be told."""
    if len(arrivals) < 3 or arrivals[-1][0] - arrivals[0][0] < 0.9 * WINDOW:
        return None
    times, frames = np.array(arrivals, np.float64).T
    times -= times[0]
    slope, start = np.polyfit(times, frames, 1)
    if slope <= 0 or np.abs(frames - start - slope * times).max() > STRAIGHT * slope:
        return None
    return float(slope)
