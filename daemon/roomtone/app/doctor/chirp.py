"""A short rising tone that is found again in what a microphone hears: how late, and how loud. Pure.

A sweep of half a second over some octaves stands out of its own matched filter by about 30 dB more
than a click of the same height would, so that it may be soft.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Samples

Wave = npt.NDArray[np.float64]

SECONDS = 0.5
FROM_HZ, TO_HZ = 400.0, 5000.0
"""What small loudspeakers play and microphones at 16 kHz hear."""

HEIGHT = 0.2
"""Of full scale: as loud as a soft answer."""

FADE = 0.02
"""Seconds of fade at both ends: no click."""

CLEAR = 8.0
"""Times the usual height of the filtered noise by which a peak is the tone and no accident.

Of half a million samples of Gaussian noise the highest lies near 5 deviations.
"""

SOFTEST = 2.0
"""Steps of 16 bits that the tone must be high: a softer one is rounding."""

REVERB = 0.3
"""Seconds after the tone in which its energy still arrives in a living room."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """The tone as the microphone had it."""

    delay_ms: float
    """From the sample being handed out to its being handed in: devices, servers and air."""
    echo_db: float
    """Power heard against power played; 0 when a full-scale tone comes back in full scale."""


def tone() -> Samples:
    """What is to be played, at `SAMPLE_RATE`."""
    t = np.arange(round(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    octaves = np.log(TO_HZ / FROM_HZ) / SECONDS
    wave = np.sin(2 * np.pi * FROM_HZ * (np.exp(octaves * t) - 1) / octaves)
    rise = np.minimum(1.0, np.minimum(t, SECONDS - t) / FADE)
    sound: Samples = np.rint(HEIGHT * 32767 * rise * wave).astype(np.int16)
    return sound


def find(heard: Samples, at: int, before: Samples) -> Heard | None:
    """The tone in `heard`, handed out at sample `at` of it; None when it is not in there.

    `before` is sound of the same room without the tone, for the power of its noise.
    """
    played = tone().astype(np.float64)
    sound = heard.astype(np.float64)
    if len(sound) < len(played):
        return None
    filtered = _correlate(sound - sound.mean(), played)
    height = np.abs(filtered)
    usual = np.sqrt(np.mean(_correlate(_centred(before), played) ** 2)) if before.size else 0.0
    peak = int(np.argmax(height))
    least = SOFTEST * float(np.abs(played).sum())
    if height[peak] <= max(CLEAR * usual, least) or peak < at:
        return None
    return Heard(
        delay_ms=round((peak - at) / SAMPLE_RATE * 1000, 1),
        echo_db=round(_level(sound, peak, played, _centred(before)), 1),
    )


def _centred(sound: Samples) -> Wave:
    wave = sound.astype(np.float64)
    return wave - wave.mean() if wave.size else wave


def _correlate(sound: Wave, played: Wave) -> Wave:
    """The matched filter; element n is for the tone beginning at sample n."""
    if len(sound) < len(played):
        return np.zeros(0)
    size = len(sound) + len(played)
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(played, size))
    return np.fft.irfft(spectrum, size)[: len(sound) - len(played) + 1]


def _level(sound: Wave, begin: int, played: Wave, noise: Wave) -> float:
    """Decibels of the tone's power, reverberation included, noise subtracted."""
    piece = sound[begin : begin + len(played) + round(REVERB * SAMPLE_RATE)]
    energy = float(((piece - piece.mean()) ** 2).sum())
    energy -= float((noise**2).mean()) * len(piece) if noise.size else 0.0
    # When noise has swallowed the rest, the peak of the filter still tells the direct way.
    peak = float(piece[: len(played)] @ played) / float(played @ played)
    share = max(energy / float(played @ played), peak**2)
    return 10 * float(np.log10(share))
