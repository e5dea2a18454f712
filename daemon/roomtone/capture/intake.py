"""The microphone's end: a device's callback on one side, blocks of 16 kHz mono on the other."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from roomtone.base.frame import BLOCK_MS, BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.highpass import HighPass
from roomtone.capture.resample import Resampler, Samples, to_float
from roomtone.capture.ring import Frames, Ring
from roomtone.capture.splice import joint
from roomtone.capture.symptom import WINDOW, Constant, steady_rate

PATIENCE = 0.2
"""Seconds to wait for a microphone that was just there; then silence keeps the stream going."""

TURNING = 1.2
"""Seconds in which the sound of two streams is compared; then the clocks alone join them."""

TAIL = 0.01
"""Seconds of the former stream that are looked for in the next."""

SPACING = 0.9 * BLOCK_MS / 1000
"""Seconds between two deliveries that are noted for the rate."""

ARRIVALS = round(WINDOW / SPACING)

Callback = Callable[..., None]


class _Stream:
    """One open device: what it has given, and when."""

    def __init__(self, rate: int, channels: int, dtype: str, spacing: float) -> None:
        self.ring = Ring(round(rate * max(1.0, 4 * spacing)), channels, dtype)
        self.resampler = Resampler(rate, SAMPLE_RATE)
        self.said = rate
        self.rate: float = rate
        self.spacing = spacing
        """Seconds between two deliveries."""
        self.arrivals: deque[tuple[float, int]] = deque(maxlen=ARRIVALS)
        self.last = (0.0, 0)
        """Clock time of the newest delivery, and frames delivered by then."""
        self.place = 0
        """Frames that were read or passed over."""
        self.skip = 0
        """Frames to pass over that are still to come."""
        self.tail = np.zeros((0, channels), dtype)
        """The frames that were read last, `TAIL` of them: what they are looked for in is long."""

    def pull(self, count: int) -> Frames:
        """Up to `count` of the oldest frames."""
        frames = self.ring.pull(count)
        self.place += len(frames)
        passed = min(self.skip, len(frames))
        self.skip -= passed
        self.tail = frames[-round(TAIL * self.said) :]
        return frames[passed:]


class Intake:
    """Microphone -> blocks. The callback copies, `read` converts."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._line: _Stream | None = None
        self._next: _Stream | None = None
        self._stale = False
        self._pending = np.zeros(0, np.int16)
        self._highpass = HighPass()
        self._due = now()
        self._waits = False
        self._blocks = 0
        self._beside: _Stream | None = None
        self._patient_until = 0.0
        self.constant = Constant()
        """Whether the sound is all one value."""
        self.streams = 0
        """How often the sound has begun anew: another stream, or samples lost or made up."""
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

    def callback(
        self,
        rate: int,
        channels: int,
        dtype: str,
        *,
        beside: bool = False,
        spacing: float = BLOCK_MS / 1000,
    ) -> Callback:
        """A callback for an input stream of this form; only the newest one counts.

        One that is opened `beside` another goes on, from `turn` on, where that was read to.
        """
        stream = _Stream(rate, channels, dtype, spacing)
        arrivals, ring = stream.arrivals, stream.ring
        if beside:
            self._beside = stream
        else:
            self._line, self._next = stream, None
            self.streams += 1
            self.constant.restart()
            self.beat, self.flows = self._now(), False

        def take(frames: Frames, count: int, _time: Any, _status: Any) -> None:
            self.beat = now = self._now()
            self.flows = True
            stream.last = (now, stream.last[1] + count)
            if not arrivals or now - arrivals[-1][0] > SPACING:
                arrivals.append(stream.last)
            ring.push(frames)

        return take

    def turn(self) -> None:
        """Go over to the stream that was opened beside the one that is read, when it can be."""
        self._next, self._patient_until = self._beside, self._now() + TURNING

    def keep(self) -> None:
        """Stay with the one that is read."""
        self._next = self._beside = None

    @property
    def turning(self) -> bool:
        """Whether the former stream is still read."""
        return self._next is not None

    def shut(self) -> None:
        """Forget the device and every sample of it, by the next `read` at the latest."""
        self._line = self._next = self._beside = None
        self._stale = True
        self.flows = False

    def skip(self) -> None:
        """Pass over what came before anybody was ready to read, uncounted."""
        if (line := self._line) is not None:
            line.ring.pull(len(line.ring))
            line.ring.lost()

    def rate(self) -> float | None:
        """Frames per second that really come; None while that cannot be told."""
        return steady_rate(list(line.arrivals)) if (line := self._line) is not None else None

    @property
    def taken_for(self) -> float:
        """Frames per second from which sound is converted; 0 while none is."""
        return line.rate if (line := self._line) is not None else 0.0

    def take_for(self, rate: float) -> None:
        """Convert as if the device delivered `rate` frames per second, whatever it says."""
        if (line := self._line) is not None:
            line.resampler, line.rate = Resampler(rate, SAMPLE_RATE), rate

    def read(self, blocks: int = 1) -> Samples:
        """The next `blocks` of 20 ms; of what does not come in time, silence by the clock.

        It is woken when all of them are there, and by nothing before.
        """
        if self._stale:
            self._stale = False
            self._waits = False
            self._pending = np.zeros(0, np.int16)
            self._highpass.restart()
        line, size = self._line, blocks * BLOCK_SAMPLES
        patience = PATIENCE + max(one.spacing if one else 0.0 for one in (line, self._next))
        due = self._due + (blocks - 1) * BLOCK_MS / 1000
        deadline = due + (patience if self._waits else 0.0)
        while len(self._pending) < size:
            rest = deadline - self._now()
            if not self._pull(size - len(self._pending), max(rest, 0.0)) and rest <= 0:
                break
        whole = min(size, len(self._pending) // BLOCK_SAMPLES * BLOCK_SAMPLES)
        heard, self._pending = self._pending[:whole], self._pending[whole:]
        self._blocks += whole // BLOCK_SAMPLES
        sound = self._highpass.convert(heard) if whole else heard
        if whole < size:
            return np.concatenate([sound, self._silence(size - whole)])
        self._waits, self._due = True, self._now() + BLOCK_MS / 1000
        return sound

    def _pull(self, count: int, patience: float) -> bool:
        line = self._line
        if line is None:
            time.sleep(min(patience, count / SAMPLE_RATE))
            return False
        line, waits = self._turned(line)
        if waits:
            time.sleep(min(patience, BLOCK_MS / 1000))
            return False
        needed = max(1, round(line.rate * count / SAMPLE_RATE))
        if not line.ring.wait(patience, needed if self._next is None else 1):
            return False
        frames = line.pull(needed)[:, 0]
        if not len(frames):
            return True
        self.constant.take(frames, len(frames) / line.rate)
        lost = line.ring.lost() / line.rate
        self.lost += lost
        self.streams += lost > 0
        self._pending = np.concatenate([self._pending, _converted(line.resampler, frames)])
        return True

    def _turned(self, line: _Stream) -> tuple[_Stream, bool]:
        """The next stream, if it holds what follows on what was read of `line`; else `line`.

        And whether that is waited for, because it will.
        """
        new = self._next
        if new is None or not new.last[1] or not len(line.tail):
            return line, False
        (at, count), (newest, delivered) = line.last, new.last
        there = new.ring.held()
        ahead = newest - at + (count - line.place) / line.rate
        expected = len(there) - ahead * line.rate
        patient = self._now() < self._patient_until
        place = joint(line.tail[:, 0], there[:, 0], expected, line.rate, sure=patient)
        if place is None:
            return line, False
        if place > len(there) and patient:
            return line, True
        new.resampler, new.rate, new.skip = line.resampler, line.rate, place
        new.place = delivered - len(there)
        new.ring.lost()  # what gave way while nobody read it was read from `line`
        self._line, self._next = new, None
        return new, False

    def _silence(self, size: int) -> Samples:
        self._waits = False
        self.streams += 1
        self._due = max(self._due, self._now() - PATIENCE) + size / SAMPLE_RATE
        return np.zeros(size, np.int16)


def _converted(resampler: Resampler, frames: Frames) -> Samples:
    """Of the first channel: arrays put their cleaned sound there, and a mean could cancel."""
    whole = frames.dtype == np.int16
    if whole and resampler.same:
        return frames
    return resampler.convert(to_float(frames) if whole else frames.astype(np.float32))
