"""Takes away what no voice has: a constant offset, rumble, and most of the hum of the mains."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.resample import Samples

CUTOFF = 80.0
"""Hz; the deepest voices begin there."""

Doubles = npt.NDArray[np.float64]


class HighPass:
    """A Butterworth filter of second order, a block of 20 ms at a time.

    What a block becomes is linear in its samples and in the two numbers that the filter remembers
    of what came before; so it is two products with matrices made once, and nothing per sample.
    """

    def __init__(self) -> None:
        b, a = _butterworth(CUTOFF / SAMPLE_RATE)
        step = np.array([[-a[1], 1.0], [-a[2], 0.0]])
        give = np.array([b[1] - a[1] * b[0], b[2] - a[2] * b[0]])
        powers = [np.eye(2)]
        for _ in range(BLOCK_SAMPLES):
            powers.append(step @ powers[-1])
        echo = np.array([b[0], *(power[0] @ give for power in powers[: BLOCK_SAMPLES - 1])])
        later = np.subtract.outer(np.arange(BLOCK_SAMPLES), np.arange(BLOCK_SAMPLES))
        self._now: Doubles = np.where(later >= 0, echo[np.abs(later)], 0.0)
        self._past: Doubles = np.array([power[0] for power in powers[:BLOCK_SAMPLES]])
        self._kept: Doubles = np.array([power @ give for power in powers[BLOCK_SAMPLES - 1 :: -1]])
        self._across: Doubles = powers[BLOCK_SAMPLES]
        self._memory: Doubles | None = None
        self._rest = np.linalg.solve(np.eye(2) - step, give)

    def restart(self) -> None:
        """Other sound follows."""
        self._memory = None

    def convert(self, sound: Samples) -> Samples:
        """The next samples, a multiple of 320, without what lies below the voice."""
        blocks = sound.reshape(-1, BLOCK_SAMPLES).astype(np.float64)
        if self._memory is None:
            self._memory = self._rest * blocks[0].mean()  # as if the offset had always been there
        memories = [self._memory]
        for left in blocks @ self._kept:
            memories.append(left + self._across @ memories[-1])
        self._memory = memories.pop()
        out = (blocks @ self._now.T + np.array(memories) @ self._past.T).ravel()
        rounded: Samples = np.clip(np.rint(out), -32768, 32767).astype(np.int16)
        return rounded


def _butterworth(share: float) -> tuple[Doubles, Doubles]:
    """Coefficients for a cut-off at `share` of the sample rate, by the bilinear transform."""
    warped = np.tan(np.pi * share)
    norm = 1 + np.sqrt(2) * warped + warped**2
    b = np.array([1.0, -2.0, 1.0]) / norm
    a = np.array([norm, 2 * (warped**2 - 1), 1 - np.sqrt(2) * warped + warped**2]) / norm
    return b, a
