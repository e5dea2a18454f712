"""How loud a growing sound is, block by block: where it is quiet, nobody says anything."""

from __future__ import annotations

import numpy as np

from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_BYTES

BLOCK = BLOCK_SAMPLES * SAMPLE_BYTES
"""Bytes of a block of 20 ms."""

QUIET = 0.03
"""Share of the loud parts' RMS, -30 dB, below which a block holds no speech."""

FALLEN = 0.1
"""The same where a mistake costs only time, -20 dB: a room that is not quite quiet."""


class Loudness:
    """The RMS of every 20 ms of mono s16le at 16 kHz."""

    def __init__(self) -> None:
        self._levels: list[float] = []
        self._rest = b""

    def feed(self, pcm: bytes) -> None:
        """Take the next piece."""
        whole = self._rest + pcm
        length = len(whole) // BLOCK * BLOCK
        self._rest = whole[length:]
        blocks = np.frombuffer(whole[:length], "<i2").astype(np.float32).reshape(-1, BLOCK_SAMPLES)
        self._levels += np.sqrt((blocks**2).mean(axis=1)).tolist()

    def quiet(self, begin: int, share: float = QUIET) -> bool:
        """Whether it is quiet from the block after byte `begin` on, against its loud parts."""
        after = self._levels[max(0, begin) // BLOCK + 1 :]
        return not after or max(after) < share * float(np.percentile(self._levels, 90))
