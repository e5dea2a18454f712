"""The loudspeaker's end: blocks of 16 kHz mono on one side, a device's callback on the other."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from roomtone.base.frame import BLOCK_MS, SAMPLE_RATE
from roomtone.capture.resample import Resampler, Samples, to_float
from roomtone.capture.ring import Frames, Ring

CUSHION_MS = 40
CUSHION_MOST_MS = 200
"""Milliseconds kept ahead of the loudspeaker: more after every gap, less after a minute of none."""

CALM_BLOCKS = 60_000 // BLOCK_MS

DRY, DRY_FOR = 2, 1800.0
"""So many times within so many seconds the device has to run dry until it is given more."""

Callback = Callable[..., None]


class _Form(NamedTuple):
    ring: Ring
    rate: int
    floats: bool


class Outlet:
    """Blocks -> loudspeaker. `write` converts, the callback copies."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ring: Ring | None = None
        self._next: _Form | None = None
        self._rate = SAMPLE_RATE
        self._cushion_ms = CUSHION_MS
        self._gap = True
        self._rested = False
        self._calm = 0
        self.delay = 0.0
        """Seconds that the device itself holds."""
        self._ran_dry: deque[float] = deque(maxlen=DRY)
        self.streams = 0
        """How many have counted so far."""
        self._written = 0.0
        self._missing = 0.0  # the callback's own: two threads would lose each other's sums
        self.beat = now()
        """Clock time of the last callback."""
        self.flows = False
        """Whether the open stream has called back."""
        self.turning = False
        """Never: nothing has to be fetched from the stream that was."""

    @property
    def latency(self) -> float:
        """Seconds from `write` to the loudspeaker."""
        ring = self._ring
        return self.delay + (len(ring) / self._rate if ring else 0.0)

    @property
    def dry(self) -> bool:
        """Whether the device ran out of sound again and again, because it asks for it too late."""
        times = self._ran_dry
        return len(times) == DRY and self._now() - times[0] < DRY_FOR

    @property
    def shift(self) -> float:
        """Samples of 16 kHz by which more was played so far than was written."""
        return self._written + self._missing

    def callback(
        self,
        rate: int,
        _channels: int,
        dtype: str,
        *,
        beside: bool = False,
        spacing: float = 0.0,  # noqa: ARG002 - as the intake
    ) -> Callback:
        """A callback for an output stream of this form; only the newest one counts.

        One that is opened `beside` another counts from `turn` on.
        """
        ring = Ring(rate, 1, dtype)
        self._next = _Form(ring, rate, floats=dtype == "float32")
        if not beside:
            self.turn()
            self.beat, self.flows = self._now(), False

        last: float | None = None

        def give(room: Frames, count: int, _time: Any, _status: Any) -> None:
            nonlocal last
            self.beat = now = self._now()
            late = last is not None and now - last > self.delay + count / rate
            last = now
            self.flows = True
            frames = ring.pull(count)
            room[: len(frames)] = frames
            room[len(frames) :] = 0
            if late and ring is self._ring and frames.any():
                self._ran_dry.append(now)
            if len(frames) < count and ring is self._ring:
                self._gap = True
                self._missing += (count - len(frames)) * SAMPLE_RATE / rate

        return give

    def turn(self) -> None:
        """Have the stream count that was opened last."""
        if self._next is not None:
            self._resampler = Resampler(SAMPLE_RATE, self._next.rate)
            self._ring, self._rate, self._floats = self._next
            self._next, self._gap = None, True
            self.streams += 1

    def keep(self) -> None:
        """Stay with the stream that counts: the other could not be opened."""
        self._next = None

    def shut(self) -> None:
        """Forget the device and what waits for it."""
        self._ring, self._next, self.flows, self.delay = None, None, False, 0.0

    def rest(self, samples: int) -> None:
        """Let the device play so much silence by itself until the next `write`; that is no gap."""
        self._rested = True
        self._written -= samples

    def hush(self, fade_ms: int) -> int:
        """Fade out what waits for the device; how many samples of 16 kHz are silence instead.

        None, and nothing is done, where no more waits than the fade takes.
        """
        ring, fade = self._ring, self._rate * fade_ms // 1000
        if ring is None or len(ring) <= fade:
            return 0
        ring.push(self._form(self._resampler.convert(np.zeros(0, np.float32), last=True)))
        self._resampler = Resampler(SAMPLE_RATE, self._rate)
        return round(ring.hush(fade) * SAMPLE_RATE / self._rate)

    def write(self, block: Samples) -> None:
        """20 ms for the loudspeaker; silence evens out the drift between the two devices."""
        ring = self._ring
        if ring is None:
            return
        sound = self._resampler.convert(to_float(block))
        if self._gap:
            self._gap = False
            ring.push(self._form(np.zeros(self._rate * self._cushion_ms // 1000, np.int16)))
            self._written += self._cushion_ms * SAMPLE_RATE / 1000
            if not self._rested:
                self._calm = 0
                self._cushion_ms = min(self._cushion_ms + BLOCK_MS, CUSHION_MOST_MS)
            self._rested = False
        elif not block.any() and len(ring) > self._rate * (self._cushion_ms + 60) // 1000:
            self._written -= len(block)
            return
        self._calm += 1
        if self._calm % CALM_BLOCKS == 0:
            self._cushion_ms = max(self._cushion_ms - BLOCK_MS, CUSHION_MS)
        ring.push(self._form(sound))
        self._written -= ring.lost() * SAMPLE_RATE / self._rate

    def _form(self, sound: Samples) -> Frames:
        return (to_float(sound) if self._floats else sound)[:, None]
