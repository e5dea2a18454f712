"""The level and the edges of spoken sound: one gain for all, no clicks, no long silences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]
"""One channel, -1..1."""

FADE = 0.004
"""Seconds over which a clause comes up from zero and goes back: shorter clicks, longer lisps."""

KNEE = 0.7
"""Peaks above are bent instead of cut off; full scale is never reached."""


def speech_rms(sound: Sound, rate: int) -> float:
    """RMS over the 10 ms steps that hold speech, 0..1."""
    power = _power(sound, rate)
    voiced = power[power > power.max(initial=0.0) * 10 ** (-25.0 / 10)]
    return float(np.sqrt(voiced.mean())) if voiced.size else 0.0


class Edges:
    """Takes the silence from both ends of a clause's sound while it comes.

    Silence is what lies below `silent` (RMS of 10 ms, 0..1); `before` s of it are left in front.
    """

    def __init__(self, rate: int, silent: float, *, before: float) -> None:
        self._rate = rate
        self._silent = silent
        self._before = int(before * rate)
        self._held = np.zeros(0, np.float32)
        self._begun = False

    def feed(self, sound: Sound) -> Sound:
        """The next piece; what of it is sure to be heard, with what was held back before it."""
        held = np.concatenate([self._held, sound])
        step = self._rate // 100
        loud = np.flatnonzero(_power(held, self._rate) > self._silent**2)
        if not loud.size:
            self._held = held if self._begun else held[-(self._before + step) :]
            return sound[:0]
        first = 0 if self._begun else max(0, int(loud[0]) * step - self._before)
        last = min((int(loud[-1]) + 1) * step, len(held) - int(FADE * self._rate))
        last = max(last, first)
        out = held[first:last]
        if not self._begun:
            out = _risen(out, self._rate)
        self._held, self._begun = held[last:], True
        return out

    def end(self, *, after: float) -> Sound:
        """What was held back, as far as it is heard, and `after` s of silence behind it."""
        if not self._begun:
            return self._held[:0]
        last = _risen(self._held[: self._rate // 100][::-1], self._rate)[::-1]
        return np.concatenate([last, np.zeros(int(after * self._rate), np.float32)])


def _risen(sound: Sound, rate: int) -> Sound:
    """`sound` coming up from zero within `FADE` seconds."""
    size = min(int(FADE * rate), len(sound))
    risen = sound.copy()
    risen[:size] *= (0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, size))).astype(np.float32)
    return risen


def bend(sound: Sound) -> Sound:
    """`sound` with its peaks bent below full scale, unchanged up to `KNEE`."""
    over = np.maximum(np.abs(sound) - KNEE, 0.0)
    kept = np.minimum(np.abs(sound), KNEE) + (1.0 - KNEE) * np.tanh(over / (1.0 - KNEE))
    return (np.sign(sound) * np.minimum(kept, 0.98)).astype(np.float32)


def pcm(sound: Sound) -> bytes:
    """Signed 16-bit little-endian samples."""
    samples: bytes = np.rint(sound * 32767.0).astype("<i2").tobytes()
    return samples


def _power(sound: Sound, rate: int) -> npt.NDArray[np.float32]:
    step = rate // 100
    whole = sound[: len(sound) // step * step].reshape(-1, step)
    return np.square(whole).mean(axis=1) if len(whole) else np.zeros(0, np.float32)
