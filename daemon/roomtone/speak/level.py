"""The level and the edges of spoken sound: one gain for all, no clicks, no long silences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]
"""One channel, -1..1."""

FADE = 0.004
"""Seconds over which a piece comes up from zero and goes back: shorter clicks, longer lisps."""

KNEE = 0.7
"""Peaks above are bent instead of cut off; full scale is never reached."""

SILENT_DB = -40.0
"""Below the loudest 10 ms by this much, sound at the edges counts as silence."""


def speech_rms(sound: Sound, rate: int) -> float:
    """RMS over the 10 ms steps that hold speech, 0..1."""
    power = _power(sound, rate)
    voiced = power[power > power.max(initial=0.0) * 10 ** (-25.0 / 10)]
    return float(np.sqrt(voiced.mean())) if voiced.size else 0.0


def trim(sound: Sound, rate: int, *, before: float, after: float) -> Sound:
    """`sound` with at most `before` s of silence in front and exactly `after` s behind."""
    power = _power(sound, rate)
    loud = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (SILENT_DB / 10))
    if not loud.size:
        return sound[:0]
    step = rate // 100
    first = max(0, int(loud[0]) * step - int(before * rate))
    last = min(len(sound), (int(loud[-1]) + 2) * step)
    spoken = fade(sound[first:last], rate)
    return np.concatenate([spoken, np.zeros(int(after * rate), np.float32)])


def fade(sound: Sound, rate: int) -> Sound:
    """`sound` rising from zero and falling to zero within `FADE` seconds."""
    size = min(int(FADE * rate), len(sound) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, size))).astype(np.float32)
    faded = sound.copy()
    faded[:size] *= ramp
    faded[len(faded) - size :] *= ramp[::-1]
    return faded


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
