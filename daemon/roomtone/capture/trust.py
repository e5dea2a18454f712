"""How far a delay and its drift are known: what another look is to change of both. Pure.

Kalman's filter (1960) of a straight line. While little is known a look counts much; later it
counts little, for every move of the delay makes the echo's filter a bit wrong.
"""

from __future__ import annotations

from roomtone.base.frame import SAMPLE_RATE

LOOK = 1.0
"""Deviation of a look in samples; looks that overlap err alike."""

BEGUN = 1.0
"""The same of a delay that was just found."""

CLOCKS = 1e-4
"""Of two clocks nobody knows, in samples a sample."""

WANDER = 0.02**2 / SAMPLE_RATE
TURN = 5e-7**2 / SAMPLE_RATE
"""By which the squares of both deviations grow with every sample."""


class Trust:
    """Covariance of a delay, in samples, and its drift, in samples a sample."""

    def __init__(self) -> None:
        self._delay, self._both, self._drift = BEGUN**2, 0.0, CLOCKS**2

    def begin(self) -> None:
        """The delay was found anew; the drift is as it was."""
        self._delay, self._both = BEGUN**2, 0.0

    def doubt(self) -> None:
        """The drift may be another."""
        self._drift = max(self._drift, CLOCKS**2)

    def wait(self, count: int) -> None:
        """So many samples pass."""
        self._delay += (2 * self._both + self._drift * count + WANDER) * count
        self._both += self._drift * count
        self._drift += TURN * count

    def look(self, age: float) -> tuple[float, float]:
        """Shares of what a look is off that the delay and the drift take over.

        It saw how the delay was `age` samples ago.
        """
        delay = self._delay - age * self._both
        drift = self._both - age * self._drift
        square = delay - age * drift + LOOK**2
        pull, turn = delay / square, drift / square
        self._delay -= pull * delay
        self._both -= pull * drift
        self._drift -= turn * drift
        return pull, turn
