"""Takes away what no voice has: a constant offset, rumble, and most of the hum of the mains."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.resample import Samples

CUTOFF = 80.0
"""Hz; the deepest voices begin there."""

Doubles = npt.NDArray[np.float64]

STRETCH = 32
"""Samples that one product takes: its matrices stay in the nearest cache between two wake-ups."""

STRETCHES = BLOCK_SAMPLES // STRETCH


class HighPass:
    """A Butterworth filter of second order, a block of 20 ms at a time.

    What a stretch becomes is linear in its samples and in the two numbers that the filter remembers
    of what came before, and so are those of all stretches of a block; so it is a few products with
    small matrices made once, and nothing per sample.
    """

    def __init__(self) -> None:
        b, a = _butterworth(CUTOFF / SAMPLE_RATE)
        step = np.array([[-a[1], 1.0], [-a[2], 0.0]])
        give = np.array([b[1] - a[1] * b[0], b[2] - a[2] * b[0]])
        powers = [np.eye(2)]
        for _ in range(BLOCK_SAMPLES):
            powers.append(step @ powers[-1])
        echo = np.array([b[0], *(power[0] @ give for power in powers[: STRETCH - 1])])
        later = np.subtract.outer(np.arange(STRETCH), np.arange(STRETCH))
        self._now: Doubles = np.where(later >= 0, echo[np.abs(later)], 0.0).T
        self._past: Doubles = np.array([power[0] for power in powers[:STRETCH]]).T
        self._kept: Doubles = np.array([powers[STRETCH - 1 - at] @ give for at in range(STRETCH)])
        ends = range(STRETCHES + 1)
        across = [
            [powers[(end - 1 - at) * STRETCH] if at < end else np.zeros((2, 2)) for end in ends]
            for at in range(STRETCHES)
        ]
        self._along: Doubles = np.block([[power.T for power in row] for row in across])
        self._from_before: Doubles = np.hstack([powers[end * STRETCH].T for end in ends])
        self._memory: Doubles | None = None
        self._rest = np.linalg.solve(np.eye(2) - step, give)

    def restart(self) -> None:
        """Other sound follows."""
        self._memory = None

    def convert(self, sound: Samples) -> Samples:
        """The next samples, a multiple of 320, without what lies below the voice."""
        stretches = sound.reshape(-1, STRETCHES, STRETCH).astype(np.float64)
        if self._memory is None:  # as if the offset had always been there
            self._memory = self._rest * stretches[0].mean()
        memories = (stretches @ self._kept).reshape(-1, 2 * STRETCHES) @ self._along
        for at, within in enumerate(memories):
            memories[at] = within + self._memory @ self._from_before
            self._memory = memories[at, -2:]
        before = memories[:, :-2].reshape(-1, STRETCHES, 2)
        out = (stretches @ self._now + before @ self._past).ravel()
        rounded: Samples = np.clip(np.rint(out), -32768, 32767).astype(np.int16)
        return rounded


def _butterworth(share: float) -> tuple[Doubles, Doubles]:
    """Coefficients for a cut-off at `share` of the sample rate, by the bilinear transform."""
    warped = np.tan(np.pi * share)
    norm = 1 + np.sqrt(2) * warped + warped**2
    b = np.array([1.0, -2.0, 1.0]) / norm
    a = np.array([norm, 2 * (warped**2 - 1), 1 - np.sqrt(2) * warped + warped**2]) / norm
    return b, a
