"""How much of Whisper's 30 s window a sound needs, and where to cut one that is longer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import SAMPLE_RATE

Sound = npt.NDArray[np.float32]
"""One channel at 16 kHz, -1..1."""

HOP = 160
"""Samples of one mel frame (10 ms)."""

FULL = 3000
"""Mel frames of the window that Whisper was trained on (30 s)."""

LEAST = 320
"""Fewest mel frames given to the encoder: below about 3 s Whisper repeats itself or never stops."""

AGAIN = 1024
"""Mel frames in which a doubtful sound is read again: 10 s are enough for Whisper to find its feet,
and cost a fifth of `FULL`."""

GRID = 32
"""Lengths are multiples of this, so that memory is reused from call to call."""

TAIL = 64
"""Mel frames of silence after the sound (0.64 s), by which the decoder knows that it is over."""


def frames_for(samples: int, bands: int) -> int:
    """Mel frames to encode for `samples` of sound, at most `FULL`.

    CTranslate2 takes an encoder output whose length equals the number of mel `bands` for a
    spectrogram and encodes it once more, silently; that length is passed over.
    """
    needed = -(-samples // HOP) + TAIL
    frames = max(LEAST, -(-needed // GRID) * GRID)
    if (frames + 1) // 2 == bands:
        frames += GRID
    return min(frames, FULL)


def longer(frames: int) -> int:
    """Mel frames for a second reading of a sound that was read in `frames`; `FULL` has none."""
    return min(FULL, max(AGAIN, 2 * frames))


def fill(sound: Sound, frames: int) -> Sound:
    """`sound` with silence behind it, exactly `frames` mel frames long."""
    size = frames * HOP
    return np.pad(sound[:size], (0, max(0, size - len(sound))))


def pieces(sound: Sound, longest: float = 28.0, earliest: float = 20.0) -> list[Sound]:
    """`sound` cut where it is quietest, `earliest` to `longest` seconds from the last cut."""
    cut, rest = [], sound
    step = SAMPLE_RATE // 10
    while len(rest) > longest * SAMPLE_RATE:
        first, last = int(earliest * SAMPLE_RATE), int(longest * SAMPLE_RATE)
        power = np.square(rest[first:last]).reshape(-1, step).mean(axis=1)
        at = first + int(power.argmin()) * step + step // 2
        cut.append(rest[:at])
        rest = rest[at:]
    return [*cut, rest]


def loudest_db(sound: Sound) -> float:
    """RMS of the loudest 20 ms in dB of full scale; -120 for digital silence."""
    size = SAMPLE_RATE // 50
    if not len(sound):
        return -120.0
    whole = np.pad(sound, (0, -len(sound) % size)).reshape(-1, size)
    power = float(np.square(whole).mean(axis=1).max())
    return max(-120.0, 10.0 * float(np.log10(power + 1e-12)))
