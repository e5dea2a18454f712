"""How far a pause lies below the voice before it: little in a loud room. Pure."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FADING = 1
"""Hops of a pause that still hold the end of the last sound."""


def power(hop: npt.NDArray[np.int16]) -> float:
    """Mean square of `hop`, s16."""
    return float(np.mean(np.square(hop, dtype=np.float32)))


class Depth:
    """Means of one utterance: of all its voice, and of the pause that goes on."""

    def __init__(self) -> None:
        self._voice = self._pause = 0.0
        self._voiced = self._paused = 0

    def feed(self, power: float, *, voiced: bool) -> None:
        """Take the mean square of the next hop, which holds voice or does not."""
        if voiced:
            self._voice += power
            self._voiced += 1
            self._pause, self._paused = 0.0, 0
            return
        self._paused += 1
        if self._paused > FADING:
            self._pause += power

    @property
    def db(self) -> float:
        """How far the pause lies below the voice; infinite before any sound of either."""
        if self._voice <= 0 or self._pause <= 0:
            return math.inf
        voice, pause = self._voice / self._voiced, self._pause / (self._paused - FADING)
        return 10 * math.log10(voice / pause)
