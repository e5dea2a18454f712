"""What the canceller leaves of the microphone, in figures that tell our own voice from another.

What is left of our own voice alone is a share of the echo that hardly changes in a room, the
room's noise, and little else; somebody who speaks over it stands out, in some bands more than in
others. The figures are logarithms of such ratios, so neither volume nor microphone shows in them.
"""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE

EDGES = (100, 300, 700, 1200, 2000, 3000, 4500, 7500)
"""Hertz between the bands."""

FIGURES = 5 * (len(EDGES) - 1)
"""Of each block: what is left against what is expected, what is filtered and what is cleaned
against the echo, the echo against the noise, and the share expected; each for every band."""

FALL = np.float32(10**-0.25)
"""Share of the echo's power that rings on from block to block: a room of half a second."""

NOISE_BLOCKS, NOISE_SLOTS = 10, 15
"""The noise is the least power of the newest 3 s, kept by 200 ms."""

SHARES, SHARE, SHARE_EVERY = 100, 0.4, 5
"""Loud blocks, 2 s, whose 40th percentile is the share expected: who speaks over less than the half
of them does not raise it."""

_SIZE = 2 * BLOCK_SAMPLES
_HERTZ = np.fft.rfftfreq(_SIZE, 1 / SAMPLE_RATE)
_BANDS = np.array(
    [(low <= _HERTZ) & (high > _HERTZ) for low, high in itertools.pairwise(EDGES)]
).T.astype(np.float32) * np.float32(2 / _SIZE**2)
_TAPER = np.hanning(_SIZE).astype(np.float32)

Floats = npt.NDArray[np.float32]
Block = npt.NDArray[np.int16]


class Residue:
    """Blocks of 320 samples in, `FIGURES` numbers out, about -3..3."""

    def __init__(self) -> None:
        bands = len(EDGES) - 1
        self._before = np.zeros((3, _SIZE - BLOCK_SAMPLES), np.float32)
        self._echo = np.zeros(bands, np.float32)
        self._smooth: Floats | None = None
        self._least = np.full((NOISE_SLOTS, bands), np.inf, np.float32)
        self._blocks = self._loud = 0
        self._shares = np.zeros((SHARES, bands), np.float32)
        self._expected = np.zeros(bands, np.float32)

    def rest(self, around: Block) -> None:
        """The noise is that of `around` from now on: what was heard before anything is played."""
        self._before[:] = 0
        self._echo[:] = 0
        self._least[:] = np.inf
        self._smooth = None
        for at in range(0, len(around) - _SIZE + 1, BLOCK_SAMPLES):
            self._noise(_powers(around[at : at + _SIZE].astype(np.float32)))

    def feed(self, heard: Block, filtered: Block, cleaned: Block, *, loud: bool) -> Floats:
        """The next block: as it was heard, without the echo, and as it goes on.

        `loud` says that the reference is: only then is the share expected learned.
        """
        wide = filtered.astype(np.float32)
        now = np.stack([wide, heard - wide, cleaned])
        sound = np.concatenate([self._before, now], axis=1)
        self._before = sound[:, BLOCK_SAMPLES:]
        left, echo, kept = _powers(sound)
        self._echo = np.maximum(echo, self._echo * FALL)
        noise = self._noise(left)
        if loud:
            self._learn(left)
        around = self._echo + noise
        figures = [
            np.log((left + 1) / (np.exp(self._expected) * self._echo + noise)),
            np.log((left + 1) / around),
            np.log((kept + 1) / around),
            np.log((self._echo + 1) / noise),
            self._expected,
        ]
        return (np.concatenate(figures) / 3).astype(np.float32)

    def _noise(self, left: Floats) -> Floats:
        kept = left if self._smooth is None else self._smooth
        smooth = (0.7 * kept + 0.3 * left).astype(np.float32)
        self._smooth = smooth
        self._blocks += 1
        slot = self._blocks // NOISE_BLOCKS % NOISE_SLOTS
        fresh = self._blocks % NOISE_BLOCKS == 0
        self._least[slot] = smooth if fresh else np.minimum(self._least[slot], smooth)
        least: Floats = self._least.min(axis=0)
        return (2 * least + 1).astype(np.float32)

    def _learn(self, left: Floats) -> None:
        self._shares[self._loud % SHARES] = np.log(left / (self._echo + 1) + 1e-6)
        self._loud += 1
        if self._loud >= 2 * SHARE_EVERY and self._loud % SHARE_EVERY == 0:
            known = np.sort(self._shares[: min(self._loud, SHARES)], axis=0)
            self._expected = known[int(len(known) * SHARE)]


def _powers(sound: Floats) -> Floats:
    """Of the last axis, by band."""
    spectrum = np.fft.rfft(sound * _TAPER)
    powers: Floats = (spectrum.real**2 + spectrum.imag**2).astype(np.float32) @ _BANDS
    return powers
