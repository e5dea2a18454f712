"""Is there anything to listen to? Loudness against the room's own floor, and nothing else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.depth import power

MARGIN_DB = 4.0
"""Over the floor, from which a block may hold a voice. Of 60 recordings of a wake word as many wake
with the gate as without it: clean, 20 dB softer, and with a kitchen 10 and 5 dB below."""

RISE_DB = 1.0
"""Decibels a second by which the floor comes up: a fan is forgotten in half a minute."""

FALL = 0.5
"""Share of the way down that the floor goes in one block: it lies at the quietest of a room."""

LEAST_DB = -84.0
"""dB of full scale, about two steps of a 16-bit sample: no floor lies lower."""

HANGOVER = 2.0
"""Seconds for which the gate stays open: the pauses of somebody who speaks are shorter."""


class Gate:
    """Blocks in, open or closed out; it begins open."""

    def __init__(self) -> None:
        self._floor_db = 0.0
        self._open_for = HANGOVER

    def feed(self, block: npt.NDArray[np.int16]) -> bool:
        """Whether what runs behind the gate has to hear this block, of any length."""
        length = len(block) / SAMPLE_RATE
        mean = power(block) / 32768.0**2
        level = max(10 * float(np.log10(mean)) if mean else LEAST_DB, LEAST_DB)
        if level < self._floor_db:
            self._floor_db += FALL * (level - self._floor_db)
        else:
            self._floor_db = min(level, self._floor_db + RISE_DB * length)
        if level > self._floor_db + MARGIN_DB:
            self._open_for = HANGOVER
        else:
            self._open_for -= length
        return self._open_for > 0
