"""When the ear's next sign of life is due, and how loud it has been since the last. Pure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from roomtone.base.frame import BLOCK_SAMPLES
from roomtone.capture.devices import DOZE, REST, WORK, Paces
from roomtone.capture.resample import Samples

TICK_BLOCKS = 4
"""Blocks from tick to tick: 80 ms."""

REST_TICK_BLOCKS = 15
"""The same while it sleeps: 300 ms, less than anybody waits who doubts that the ear lives."""

FRAME_BLOCKS = 8
"""Blocks of two frames that are scored: while only a wake word matters it is woken for no less. The
second one finds the networks in the cache; a wake word is told 40 ms later in the mean."""

REST_BLOCKS = 15
"""Blocks at a time in a quiet room: it is woken every 300 ms, and takes them singly again before a
wake word that begins then is over."""

SETTLED = 8.0
"""Seconds after which a device goes on slower: to open it again and again costs more."""


LINGER = 4.0
"""Seconds for which it takes block by block what follows words or sound: an answer is near."""


class Pace(NamedTuple):
    """How the ear and its devices go on."""

    blocks: int
    """How many it takes at once."""
    paces: Paces


class Stride:
    """How much sound at a time is soon enough; everything begins awake."""

    def __init__(self) -> None:
        self._until = LINGER
        self._heard = self._sounded = self._rested = 0.0

    def next(self, t: float, blocks: int, *, busy: bool, rests: bool) -> Pace:
        """One block while it is `busy` and a little longer, then frames, in a quiet room more.

        `blocks` are taken so far, by stream time `t`.
        """
        if busy:
            self._until, self._sounded = t + LINGER, t
        if busy or not rests:
            self._heard = t
        quiet = REST_BLOCKS if rests else FRAME_BLOCKS - blocks % FRAME_BLOCKS
        count = 1 if t < self._until else quiet
        return Pace(count, self._paces(t))

    def _paces(self, t: float) -> Paces:
        """Talk that goes on and on is not for us; what begins after a rest may be."""
        if t - self._sounded < SETTLED:
            return Paces()
        if t - self._heard >= SETTLED:
            self._rested = t
            return Paces(REST["output"], REST["input"])
        talk = t - self._rested >= SETTLED
        return Paces(REST["output"], DOZE if talk else WORK)


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
