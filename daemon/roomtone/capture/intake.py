"""The microphone's end: a device's callback on one side, blocks of 16 kHz mono on the other."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from roomtone.base.frame import BLOCK_MS, BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.highpass import HighPass
from roomtone.capture.resample import Floats, Resampler, Samples, to_float
from roomtone.capture.ring import Frames, Ring
from roomtone.capture.symptom import WINDOW, Constant, steady_rate

PATIENCE = 0.2
"""Seconds to wait for a microphone that was just there; then silence keeps the stream going."""

SPACING = 0.9 * BLOCK_MS / 1000
"""Seconds between two deliveries that are noted for the rate."""

ARRIVALS = round(WINDOW / SPACING)

Callback = Callable[..., None]


class _Line(NamedTuple):
    ring: Ring
    resampler: Resampler
    rate: float


class Intake:
    """Microphone -> blocks. The callback copies, `read` converts."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._line: _Line | None = None
        self._stale = False
        self._pending = np.zeros(0, np.int16)
        self._highpass = HighPass()
        self._due = now()
        self._waits = False
        self._blocks = 0
        self._arrivals: deque[tuple[float, int]] = deque(maxlen=ARRIVALS)
        self.constant = Constant()
        """Whether the sound is all one value."""
        self.lost = 0.0
        """Seconds of sound that gave way to newer sound before anybody read them."""
        self.beat = now()
        """Clock time of the last callback."""
        self.flows = False
        """Whether the open stream has delivered sound."""

    @property
    def captured(self) -> float:
        """Seconds of sound that were read or lost."""
        return self._blocks * BLOCK_MS / 1000 + self.lost

    def callback(self, rate: int, channels: int, dtype: str) -> Callback:
        """A callback for an input stream of this form; only the newest one counts."""
        ring = Ring(rate, channels, dtype)
        arrivals: deque[tuple[float, int]] = deque(maxlen=ARRIVALS)
        self._line, self._arrivals = _Line(ring, Resampler(rate, SAMPLE_RATE), rate), arrivals
        self.constant.restart()
        self.beat, self.flows = self._now(), False
        delivered = 0

        def take(frames: Frames, count: int, _time: Any, _status: Any) -> None:
            nonlocal delivered
            delivered += count
            self.beat = self._now()
            self.flows = True
            if not arrivals or self.beat - arrivals[-1][0] > SPACING:
                arrivals.append((self.beat, delivered))
            ring.push(frames)

        return take

    def shut(self) -> None:
        """Forget the device and every sample of it, by the next `read` at the latest."""
        self._line = None
        self._stale = True
        self.flows = False

    def skip(self) -> None:
        """Pass over what came before anybody was ready to read, uncounted."""
        if (line := self._line) is not None:
            line.ring.pull(len(line.ring))
            line.ring.lost()

    def rate(self) -> float | None:
        """Frames per second that really come; None while that cannot be told."""
        return steady_rate(list(self._arrivals))

    @property
    def taken_for(self) -> float:
        """Frames per second from which sound is converted; 0 while none is."""
        return line.rate if (line := self._line) is not None else 0.0

    def take_for(self, rate: float) -> None:
        """Convert as if the device delivered `rate` frames per second, whatever it says."""
        if (line := self._line) is not None:
            self._line = line._replace(resampler=Resampler(rate, SAMPLE_RATE), rate=rate)

    def doze(self, blocks: int) -> None:
        """Sleep until about `blocks` of 20 ms are there, and be woken by none of them."""
        line = self._line
        there = len(line.ring) / line.rate if line is not None else 0.0
        time.sleep(max(0.0, blocks * BLOCK_MS / 1000 - there))

    def read(self) -> Samples:
        """The next 20 ms: of the microphone, or silence by the clock while there is none."""
        if self._stale:
            self._stale = False
            self._waits = False
            self._pending = np.zeros(0, np.int16)
            self._highpass.restart()
        deadline = self._due + (PATIENCE if self._waits else 0.0)
        while len(self._pending) < BLOCK_SAMPLES:
            rest = deadline - self._now()
            if not self._pull(max(rest, 0.0)) and rest <= 0:
                return self._silence()
        block, self._pending = self._pending[:BLOCK_SAMPLES], self._pending[BLOCK_SAMPLES:]
        self._waits = True
        self._due = self._now() + BLOCK_MS / 1000
        self._blocks += 1
        return self._highpass.convert(block)

    def _pull(self, patience: float) -> bool:
        line = self._line
        if line is None:
            time.sleep(min(patience, BLOCK_MS / 1000))
            return False
        if not line.ring.wait(patience):
            return False
        frames = line.ring.pull(round(line.rate * BLOCK_MS / 1000))[:, 0]
        self.constant.take(frames, len(frames) / line.rate)
        self.lost += line.ring.lost() / line.rate
        self._pending = np.concatenate([self._pending, line.resampler.convert(_floats(frames))])
        return True

    def _silence(self) -> Samples:
        self._waits = False
        self._due = max(self._due, self._now() - PATIENCE) + BLOCK_MS / 1000
        return np.zeros(BLOCK_SAMPLES, np.int16)


def _floats(frames: Frames) -> Floats:
    """Of the first channel: arrays put their cleaned sound there, and a mean could cancel."""
    return to_float(frames) if frames.dtype == np.int16 else frames.astype(np.float32)
