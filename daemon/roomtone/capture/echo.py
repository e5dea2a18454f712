"""Takes our own voice out of what the microphone hears, and says how well that goes.

Only while something is played: otherwise the sound passes as it is, to the last bit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.delay import LOUD, DelayTracker
from roomtone.capture.resample import Samples
from roomtone.capture.settings import SoundSettings
from roomtone.capture.speex import Speex

LINGER = 1.0
"""Seconds after the last sound, and after its delay, until the room rings no more."""

ENOUGH_DB = 10.0
"""Cut from which our own voice is under control."""

NEAR_DB = 3.0
NEAR_BLOCKS = 3
"""Our own voice against what is left, over the newest 60 ms, below which somebody else is in them.
Over 160 answers in 20 rooms, 4.0 took our own voice for somebody's in none, 6.0 in one."""

FALL = 10**-0.005
"""Our own voice counts as no softer than this share of what it was a block ago: what is left of it
is late, rings on when the loud word is over, and a filter that errs does so for seconds."""

SLICE_BLOCKS = 5
SLICES = 30
"""The newest 3 s of loud echo, in slices of 100 ms, make the figure."""

LEAST_SLICES = 12
FRESH_SLICES = 6
LEAST_DB = 6.0
"""Slices for a first figure; slices of the present sound that have to agree with it, and how far
the worst of them may lag."""

WARM_BLOCKS = 100
"""Blocks of loud echo under control, ever, before the first voice is believed: while the filter
begins it has fits."""

SHARE = 50.0
"""Percentile of the slices that is the figure: somebody who speaks spoils fewer than half."""

MOVE = 2.0
UNSETTLED = 25
"""Samples of a move of the delay, and blocks in which the filter has to find its way after it."""


class Canceller(Protocol):
    """What the ear asks once for every block of 320 samples."""

    complaint: str
    """Why there is no cancelling; empty when there is."""

    @property
    def erle_db(self) -> float | None:
        """Power heard against power left while something loud is played; None: not known."""
        ...

    @property
    def clear(self) -> bool:
        """Whether a voice in the cleaned sound is somebody's, and not our own."""
        ...

    @property
    def delay_s(self) -> float | None:
        """Seconds from `played` to `heard`; None: not known."""
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
    clear = False

    def __init__(self, complaint: str = "") -> None:
        self.complaint = complaint

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
        self._unsettled = 0
        self._silent = self._linger = round(LINGER * SAMPLE_RATE)

    @property
    def erle_db(self) -> float | None:
        """Of the newest 3 s of loud echo."""
        return None if self._tracker.audible is False else self._figure.erle_db

    @property
    def clear(self) -> bool:
        """Much is taken away, or there is nothing to take."""
        if self._tracker.audible is False:
            return True
        return not self._unsettled and self._figure.agrees and self._figure.near

    @property
    def delay_s(self) -> float | None:
        """Once it was found in this run."""
        tracker = self._tracker
        known = tracker.delay is not None and tracker.audible
        return tracker.delay / SAMPLE_RATE if tracker.delay is not None and known else None

    def clean(self, heard: Samples, played: Samples) -> Samples:
        """While nothing is played, and has not been for a while, the same block."""
        if played.any():
            self._silent = 0
        elif self._silent < self._linger:
            self._silent += BLOCK_SAMPLES
            if self._silent >= self._linger:
                self._tracker.rest()
                self._figure.rest()
        if self._silent >= self._linger:
            self._tracker.idle(len(heard))
            return heard
        before = self._tracker.delay
        looked = self._tracker.feed(heard, played)
        delay = self._tracker.delay
        if delay is None:
            return heard
        moved = before is None or abs(delay - before) > MOVE
        if looked and (moved or self._tracker.unsure):
            self._unsettled = UNSETTLED
        self._unsettled = max(self._unsettled - 1, 0)
        self._linger = round(LINGER * SAMPLE_RATE + delay)
        reference = self._tracker.reference(len(heard))
        cleaned, filtered = self._speex.clean(heard, reference)
        echo = np.subtract(heard, filtered, dtype=np.int32)
        loud = _power(reference) >= LOUD**2
        self._figure.take(_power(heard), _power(cleaned), _power(echo), loud=loud)
        return cleaned


class _Figure:
    """How much is taken away, over slices of sound in which the reference is loud."""

    def __init__(self) -> None:
        self._slices: deque[float] = deque(maxlen=SLICES)
        self._fresh: deque[float] = deque(maxlen=FRESH_SLICES)
        self._recent: deque[tuple[float, float]] = deque(maxlen=NEAR_BLOCKS)
        self._slice: list[tuple[float, float]] = []
        self._agreed = False
        self._warmth = 0
        self._loudest = 0.0
        self.erle_db: float | None = None

    @property
    def agrees(self) -> bool:
        """Whether enough is taken away, from the present sound too, and has been for a while."""
        return self._controlled and self._warmth >= WARM_BLOCKS

    @property
    def _controlled(self) -> bool:
        return self._agreed and self.erle_db is not None and self.erle_db >= ENOUGH_DB

    @property
    def near(self) -> bool:
        """Whether more is left just now than would be of our own voice."""
        return _cut(self._recent) < NEAR_DB

    def rest(self) -> None:
        """Other sound follows."""
        self._fresh.clear()
        self._recent.clear()
        self._agreed = False

    def take(self, heard: float, cleaned: float, echo: float, *, loud: bool) -> None:
        """Mean squares of one block; `loud` when the reference is."""
        self._loudest = max(echo, FALL * self._loudest)
        self._recent.append((self._loudest, cleaned))
        if not loud:
            return
        self._warmth += self._controlled
        self._slice.append((heard, cleaned))
        if len(self._slice) < SLICE_BLOCKS:
            return
        cut = _cut(self._slice)
        self._slice.clear()
        self._slices.append(cut)
        self._fresh.append(cut)
        if len(self._slices) >= LEAST_SLICES:
            self.erle_db = round(float(np.percentile(self._slices, SHARE)), 1)
        if len(self._fresh) == FRESH_SLICES and min(self._fresh) >= LEAST_DB:
            self._agreed = True


def _cut(blocks: Iterable[tuple[float, float]]) -> float:
    """Decibels, of pairs of power heard and power left."""
    heard, cleaned = np.sum([*blocks, (1.0, 1.0)], axis=0)
    return 10 * float(np.log10(heard / cleaned))


def _power(block: npt.NDArray[np.integer]) -> float:
    wide = block.astype(np.float32)
    return float(wide @ wide) / len(block)
