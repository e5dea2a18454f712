"""How a pause sounds: how far it lies below the voice, and whether something begins in it. Pure."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FADING = 1
"""Hops of a pause that still hold the end of the last sound."""

RISE = 10**0.8
"""How many times the power of its softest hop a sound within a pause has: 8 dB."""


def power(hop: npt.NDArray[np.int16]) -> float:
    """Mean square of `hop`, s16."""
    return float(np.mean(np.square(hop, dtype=np.float32)))


class Depth:
    """The loudness of one utterance: of all its voice, and of the pause that goes on."""

    def __init__(self) -> None:
        self._voice = self._pause = 0.0
        self._voiced = self._paused = 0
        self._softest = math.inf
        self.rising = 0
        """Newest hops of the pause that are louder than it was at its softest."""

    def feed(self, power: float, *, voiced: bool) -> None:
        """Take the mean square of the next hop, which holds voice or does not."""
        if voiced:
            self._voice += power
            self._voiced += 1
            self._pause, self._paused = 0.0, 0
            self._softest, self.rising = math.inf, 0
            return
        self._paused += 1
        if self._paused > FADING:
            self._pause += power
            self.rising = self.rising + 1 if power > RISE * self._softest else 0
            self._softest = min(self._softest, power)

    @property
    def db(self) -> float:
        """How far the pause lies below the voice; infinite before any sound of either."""
        if self._voice <= 0 or self._pause <= 0:
            return math.inf
        voice, pause = self._voice / self._voiced, self._pause / (self._paused - FADING)
        return 10 * math.log10(voice / pause)
