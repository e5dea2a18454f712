"""The two ends of a live device: its callbacks on one side, blocks of 16 kHz mono on the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from roomtone.base.frame import BLOCK_MS, BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.resample import Floats, Resampler, Samples, to_float
from roomtone.capture.ring import Frames, Ring

PATIENCE = 0.2
"""Seconds to wait for a microphone that was just there; then silence keeps the stream going."""

CUSHION_MS = 40
CUSHION_MOST_MS = 200
"""Milliseconds kept ahead of the loudspeaker: more after every gap, less after a minute of none."""

CALM_BLOCKS = 60_000 // BLOCK_MS

Callback = Callable[..., None]


class _Line(NamedTuple):
    ring: Ring
    resampler: Resampler
    rate: int


class Intake:
    """Microphone -> blocks. The callback copies, `read` converts."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._line: _Line | None = None
        self._stale = False
        self._pending = np.zeros(0, np.int16)
        self._due = now()
        self._flowing = False
        self.beat = now()
        """Clock time of the last callback."""
        self.sound = now()
        """Clock time of the last sample that was not zero."""

    def callback(self, rate: int, channels: int, dtype: str) -> Callback:
        """A callback for an input stream of this form; only the newest one counts."""
        ring = Ring(rate, channels, dtype)
        self._line = _Line(ring, Resampler(rate, SAMPLE_RATE), rate)
        self.beat = self.sound = self._now()

        def take(frames: Frames, _count: int, _time: Any, _status: Any) -> None:
            self.beat = self._now()
            if frames.any():
                self.sound = self.beat
            ring.push(frames)

        return take

    def shut(self) -> None:
        """Forget the device and every sample of it, by the next `read` at the latest."""
        self._line = None
        self._stale = True

    def read(self) -> Samples:
        """The next 20 ms: of the microphone, or silence by the clock while there is none."""
        if self._stale:
            self._stale = False
            self._flowing = False
            self._pending = np.zeros(0, np.int16)
        deadline = self._due + (PATIENCE if self._flowing else 0.0)
        while len(self._pending) < BLOCK_SAMPLES:
            rest = deadline - self._now()
            if not self._pull(max(rest, 0.0)) and rest <= 0:
                return self._silence()
        block, self._pending = self._pending[:BLOCK_SAMPLES], self._pending[BLOCK_SAMPLES:]
        self._flowing = True
        self._due = self._now() + BLOCK_MS / 1000
        return block

    def lost_ms(self) -> int:
        """Milliseconds of sound that gave way to newer sound since the last call."""
        line = self._line
        if line is None or not line.ring.lost:
            return 0
        lost, line.ring.lost = line.ring.lost, 0
        return lost * 1000 // line.rate

    def _pull(self, patience: float) -> bool:
        line = self._line
        if line is None:
            time.sleep(min(patience, BLOCK_MS / 1000))
            return False
        if not line.ring.wait(patience):
            return False
        frames = line.ring.pull(line.rate * BLOCK_MS // 1000)
        self._pending = np.concatenate([self._pending, line.resampler.convert(_first(frames))])
        return True

    def _silence(self) -> Samples:
        self._flowing = False
        self._due = max(self._due, self._now() - PATIENCE) + BLOCK_MS / 1000
        return np.zeros(BLOCK_SAMPLES, np.int16)


class Outlet:
    """Blocks -> loudspeaker. `write` converts, the callback copies."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ring: Ring | None = None
        self._rate = SAMPLE_RATE
        self._cushion_ms = CUSHION_MS
        self._gap = True
        self._calm = 0
        self.delay = 0.0
        """Seconds that the device itself holds."""
        self.beat = now()
        """Clock time of the last callback."""

    @property
    def latency(self) -> float:
        """Seconds from `write` to the loudspeaker."""
        return self.delay + (len(self._ring) / self._rate if self._ring else 0.0)

    def callback(self, rate: int, _channels: int, dtype: str) -> Callback:
        """A callback for an output stream of this form; only the newest one counts."""
        ring = Ring(rate, 1, dtype)
        self._resampler = Resampler(SAMPLE_RATE, rate)
        self._floats = dtype == "float32"
        self._rate, self._ring, self._gap = rate, ring, True
        self.beat = self._now()

        def give(room: Frames, count: int, _time: Any, _status: Any) -> None:
            self.beat = self._now()
            frames = ring.pull(count)
            room[: len(frames)] = frames
            room[len(frames) :] = 0
            if len(frames) < count:
                self._gap = True

        return give

    def write(self, block: Samples) -> None:
        """20 ms for the loudspeaker; silence evens out the drift between the two devices."""
        ring = self._ring
        if ring is None:
            return
        sound = self._resampler.convert(to_float(block))
        if self._gap:
            self._gap, self._calm = False, 0
            ring.push(self._form(np.zeros(self._rate * self._cushion_ms // 1000, np.int16)))
            self._cushion_ms = min(self._cushion_ms + BLOCK_MS, CUSHION_MOST_MS)
        elif not block.any() and len(ring) > self._rate * (self._cushion_ms + 60) // 1000:
            return
        self._calm += 1
        if self._calm % CALM_BLOCKS == 0:
            self._cushion_ms = max(self._cushion_ms - BLOCK_MS, CUSHION_MS)
        ring.push(self._form(sound))

    def _form(self, sound: Samples) -> Frames:
        return (to_float(sound) if self._floats else sound)[:, None]


def _first(frames: Frames) -> Floats:
    """The first channel: arrays put their cleaned sound there, and a mean could cancel."""
    one = frames[:, 0]
    return to_float(one) if one.dtype == np.int16 else one.astype(np.float32)
