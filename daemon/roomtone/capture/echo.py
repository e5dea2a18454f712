"""Takes our own voice out of what the microphone hears, and says how well that goes.

Only while something is played: otherwise the sound passes as it is, to the last bit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.delay import LOUD, DelayTracker
from roomtone.capture.resample import Samples
from roomtone.capture.residue import Floats, Residue
from roomtone.capture.settings import SoundSettings
from roomtone.capture.speex import Speex

LINGER = 1.0
"""Seconds after the last sound, and after its delay, until the room rings no more."""

SLICE_BLOCKS = 5
SLICES = 30
"""The newest 3 s of loud echo, in slices of 100 ms, make the figure."""

LEAST_SLICES = 12
"""Slices for a first figure."""

WARM_BLOCKS, SETTLE_BLOCKS = 100, 25
"""Blocks of loud echo, ever and after a leap of the delay, before what is left is told: while the
filter begins it has fits."""

AROUND = SAMPLE_RATE // 5
"""Samples before our own sound that tell how loud the room is."""

BLIND = 16 * BLOCK_SAMPLES
"""Samples before the delay was found that go through the filter afterwards: its length and more."""

SHARE = 50.0
"""Percentile of the slices that is the figure: somebody who speaks spoils fewer than half."""


class Lag(NamedTuple):
    """What moves the echo, as far as it is known."""

    streams: int
    """How many were begun: what follows on another one may be late by anything."""
    samples: float
    """By which more was played than the ear has asked for."""


class Canceller(Protocol):
    """What the ear asks once for every block of 320 samples."""

    complaint: str
    """Why there is no cancelling; empty when there is."""

    @property
    def erle_db(self) -> float | None:
        """Power heard against power left while something loud is played; None: not known."""
        ...

    residue: list[Floats]
    """Of each block cleaned last, what `Residue` makes of it; none while nothing is taken away, and
    none at first."""

    @property
    def unheard(self) -> bool:
        """Whether the microphone does not hear the loudspeaker: all voices are somebody's."""
        ...

    @property
    def delay_s(self) -> float | None:
        """Seconds from `played` to `heard`; None: not known."""
        ...

    def follow(self, lag: Lag) -> None:
        """What holds from the next block on."""
        ...

    def withdraw(self, count: int) -> None:
        """So many samples that were given as played, the newest, are silence instead."""
        ...

    def clean(self, heard: Samples, played: Samples) -> Samples:
        """The microphone's block, taken after `played` was handed out, without our own sound."""
        ...


def canceller(settings: SoundSettings, delay_s: float = 0.0) -> Canceller:
    """By `[sound] echo`; `delay_s` is what an earlier run found, 0 when nothing did."""
    if settings.echo == "off":
        return Uncancelled()
    try:
        return SpeexCanceller(Speex(), delay_s)
    except OSError:
        return Uncancelled("libspeexdsp is missing (apt install libspeexdsp1)")


class Uncancelled:
    """The sound as it is; nobody knows whose voice is in it while something is played."""

    erle_db: float | None = None
    delay_s: float | None = None
    unheard = False

    def __init__(self, complaint: str = "") -> None:
        self.complaint = complaint
        self.residue: list[Floats] = []

    def follow(self, lag: Lag) -> None:
        """Nothing is followed."""

    def withdraw(self, count: int) -> None:
        """Nothing is remembered."""

    def clean(self, heard: Samples, played: Samples) -> Samples:  # noqa: ARG002 - as Canceller
        """The same block."""
        return heard


class SpeexCanceller:
    """Speex's filter, its reference kept in step by a tracker of delay and drift.

    What comes out while something is played is 10 ms late.
    """

    complaint = ""

    def __init__(self, speex: Speex, delay_s: float = 0.0) -> None:
        self._speex = speex
        self._tracker = DelayTracker(delay_s * SAMPLE_RATE if delay_s else None)
        self._figure = _Figure()
        self._differs = Residue()
        self._warmth = self._leaps = self._blind = 0
        self._lag: Lag | None = None
        self._moved = 0
        self.residue: list[Floats] = []
        self._silent = self._linger = round(LINGER * SAMPLE_RATE)
        self._around: deque[Samples] = deque(maxlen=AROUND // BLOCK_SAMPLES)

    @property
    def erle_db(self) -> float | None:
        """Of the newest 3 s of loud echo."""
        return None if self._tracker.audible is False else self._figure.erle_db

    @property
    def unheard(self) -> bool:
        """After 2 s of loud sound of which nothing came back."""
        return self._tracker.audible is False

    @property
    def delay_s(self) -> float | None:
        """Once it was found in this run."""
        tracker = self._tracker
        known = tracker.delay is not None and tracker.audible
        return tracker.delay / SAMPLE_RATE if tracker.delay is not None and known else None

    def follow(self, lag: Lag) -> None:
        """Look for the echo anew when a stream is new; move with it when that is known."""
        if self._lag is not None and lag.streams != self._lag.streams:
            self._tracker.search()
            self._moved = 0
        elif self._lag is not None:
            self._moved += round(lag.samples) - round(self._lag.samples)
        self._lag = lag

    def withdraw(self, count: int) -> None:
        """Expect no echo of them."""
        self._tracker.withdrawn(count)

    def clean(self, heard: Samples, played: Samples) -> Samples:
        """While nothing is played, and has not been for a while, the same block."""
        self.residue = []
        if self._idles(heard, played):
            return heard
        if len(played) != len(heard):  # blocks grow and shrink at the edges of a rest
            missing = np.zeros(max(len(heard) - len(played), 0), np.int16)
            played = np.concatenate([missing, played])[-len(heard) :]
        later, self._moved = self._moved, 0
        if later > 0:
            self._tracker.moved(later)
        self._tracker.feed(heard, played)
        if later < 0:  # silence that is played was left out at its end
            self._tracker.moved(later)
        delay = self._tracker.delay
        if delay is None or self._tracker.searches:
            self._blind = min(self._blind + len(heard), BLIND)
            return heard
        self._linger = round(LINGER * SAMPLE_RATE + delay)
        blind, self._blind = self._blind, 0
        reference = self._tracker.reference(blind + len(heard))
        if blind:  # the filter has to know what is still in the room
            passed = self._tracker.heard(blind + len(heard))[:blind]
            self._weigh(passed, reference[:blind], *self._speex.clean(passed, reference[:blind]))
            self.residue = []
        cleaned, filtered = self._speex.clean(heard, reference[blind:])
        self._weigh(heard, reference[blind:], cleaned, filtered)
        return cleaned

    def _idles(self, heard: Samples, played: Samples) -> bool:
        """Whether nothing of ours is in the room."""
        if played.any():
            if self._around:
                self._differs.rest(np.concatenate(self._around)[-AROUND:])
                self._around.clear()
            self._silent = 0
        elif self._silent < self._linger:
            self._silent += len(heard)
            if self._silent >= self._linger:
                self._tracker.rest()
        if self._silent < self._linger:
            return False
        self._tracker.idle(len(heard))
        self._around.append(heard)
        return True

    def _weigh(
        self, heard: Samples, reference: Samples, cleaned: Samples, filtered: Samples
    ) -> None:
        """How much was taken away, and what was left, block by block."""
        if self._leaps != self._tracker.leaps:
            self._leaps = self._tracker.leaps
            self._warmth = min(self._warmth, WARM_BLOCKS - SETTLE_BLOCKS)
        for at in range(0, len(heard), BLOCK_SAMPLES):
            block = slice(at, at + BLOCK_SAMPLES)
            loud = _power(reference[block]) >= LOUD**2
            if loud:
                self._figure.take(_power(heard[block]), _power(cleaned[block]))
            left = self._differs.feed(heard[block], filtered[block], cleaned[block], loud=loud)
            self._warmth += loud
            if self._warmth >= WARM_BLOCKS and not self._tracker.unsure:
                self.residue.append(left)


class _Figure:
    """How much is taken away, over slices of sound in which the reference is loud."""

    def __init__(self) -> None:
        self._slices: deque[float] = deque(maxlen=SLICES)
        self._slice: list[tuple[float, float]] = []
        self.erle_db: float | None = None

    def take(self, heard: float, cleaned: float) -> None:
        """Mean squares of one loud block."""
        self._slice.append((heard, cleaned))
        if len(self._slice) < SLICE_BLOCKS:
            return
        self._slices.append(_cut(self._slice))
        self._slice.clear()
        if len(self._slices) >= LEAST_SLICES:
            self.erle_db = round(float(np.percentile(self._slices, SHARE)), 1)


def _cut(blocks: Iterable[tuple[float, float]]) -> float:
    """Decibels, of pairs of power heard and power left."""
    heard, cleaned = np.sum([*blocks, (1.0, 1.0)], axis=0)
    return 10 * float(np.log10(heard / cleaned))


def _power(block: npt.NDArray[np.integer]) -> float:
    wide = block.astype(np.float32)
    return float(wide @ wide) / len(block)
