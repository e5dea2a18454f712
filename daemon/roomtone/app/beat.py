"""When the ear's next sign of life is due, and how loud it has been since the last. Pure."""

from __future__ import annotations

import numpy as np

from roomtone.base.frame import BLOCK_SAMPLES
from roomtone.capture.resample import Samples

TICK_BLOCKS = 4
"""Blocks from tick to tick: 80 ms."""

REST_TICK_BLOCKS = 15
"""The same at rest: 300 ms, which is shorter than anybody waits who doubts that the ear lives."""

FRAME_BLOCKS = 4
"""Blocks of a frame that is scored: while only a wake word matters it is woken for no less."""

REST_BLOCKS = 5
"""Blocks at a time in a quiet room: it is woken every 100 ms."""


LINGER = 4.0
"""Seconds for which it takes block by block what follows words or sound: an answer is near."""


class Stride:
    """How many blocks the ear takes at once."""

    def __init__(self) -> None:
        self._until = 0.0

    def next(self, t: float, blocks: int, *, busy: bool, rests: bool) -> int:
        """One while it is `busy` and a little longer, then frames, in a quiet room more.

        `blocks` are taken so far, by stream time `t`.
        """
        if busy:
            self._until = t + LINGER
        if t < self._until:
            return 1
        return REST_BLOCKS if rests else FRAME_BLOCKS - blocks % FRAME_BLOCKS


class Beat:
    """Blocks in; with the last of a tick, its level."""

    def __init__(self) -> None:
        self._power = 0.0
        self._samples = 0

    def feed(self, block: Samples, *, rests: bool) -> float | None:
        """Level in dB of full scale, -120 for nothing at all; None while no tick is due."""
        wide = block.astype(np.float32)
        self._power += float(wide @ wide)
        self._samples += len(block)
        if self._samples < BLOCK_SAMPLES * (REST_TICK_BLOCKS if rests else TICK_BLOCKS):
            return None
        mean = self._power / self._samples / 32768.0**2
        self._power, self._samples = 0.0, 0
        return round(10 * float(np.log10(mean)), 1) if mean else -120.0
