"""Cues: the short sounds that tell what Roomtone is doing without a word."""

from __future__ import annotations

import functools
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from roomtone.base.frame import SAMPLE_RATE

Cue = Literal["woken", "unheard", "understood", "outside", "muted", "unmuted", "failed", "alarm"]

_Note = tuple[float, float, float, float]
"""Start in seconds, frequency in Hz, time constant of the decay in seconds, strength 0..1."""

_SCORES: dict[Cue, tuple[float, tuple[_Note, ...]]] = {
    # length in seconds, notes. Rising: your turn. The same, falling: your turn is over.
    # One soft high note: got it. Two, far apart: this came from outside. Low and falling: no.
    # An octave: the microphone goes off, or on.
    "woken": (0.22, ((0.0, 587.33, 0.06, 0.8), (0.075, 880.0, 0.06, 1.0))),
    "unheard": (0.22, ((0.0, 880.0, 0.06, 0.8), (0.075, 587.33, 0.06, 1.0))),
    "understood": (0.14, ((0.0, 1046.5, 0.035, 0.6),)),
    "outside": (0.24, ((0.0, 783.99, 0.05, 0.7), (0.09, 1567.98, 0.05, 0.6))),
    "muted": (0.3, ((0.0, 659.25, 0.06, 0.8), (0.11, 329.63, 0.09, 1.0))),
    "unmuted": (0.3, ((0.0, 329.63, 0.06, 0.8), (0.11, 659.25, 0.09, 1.0))),
    "failed": (0.25, ((0.0, 392.0, 0.07, 1.0), (0.1, 311.13, 0.07, 1.0))),
    "alarm": (
        1.2,
        tuple(
            (0.15 * step + pause, pitch, 0.12, 1.0)
            for step, pitch, pause in (
                (0, 880.0, 0.0),
                (1, 1108.73, 0.0),
                (2, 1318.51, 0.0),
                (3, 880.0, 0.1),
                (4, 1108.73, 0.1),
                (5, 1318.51, 0.1),
            )
        ),
    ),
}

_PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.25, 0.6), (3.01, 0.1, 0.35))
"""Of a soft bell: multiple of the frequency, strength, share of the decay time."""

PEAKS: dict[Cue, float] = {
    "woken": 0.22,
    "unheard": 0.14,
    "understood": 0.14,
    "outside": 0.14,
    "muted": 0.18,
    "unmuted": 0.18,
    "failed": 0.25,
    "alarm": 0.6,
}
"""Peak of each, of full scale: signs stay under speech, the alarm is to be heard next door."""

ATTACK = 0.006
RELEASE = 0.03
"""Seconds in and out; neither end clicks."""


@functools.cache
def cue(name: Cue) -> bytes:
    """The sound of a cue: mono s16le at 16 kHz, the same bytes on every call."""
    length, notes = _SCORES[name]
    t = np.arange(int(length * SAMPLE_RATE)) / SAMPLE_RATE
    sound = sum((_bell(t - start, *rest) for start, *rest in notes), np.zeros_like(t))
    rest = np.minimum(1.0, (length - t) / RELEASE)
    sound *= 0.5 - 0.5 * np.cos(np.pi * rest)
    sound *= PEAKS[name] / np.abs(sound).max()
    return np.rint(sound * 32767.0).astype("<i2").tobytes()


def names() -> tuple[Cue, ...]:
    """All cues."""
    return get_args(Cue)


def _bell(
    t: npt.NDArray[np.float64], pitch: float, decay: float, strength: float
) -> npt.NDArray[np.float64]:
    since = np.maximum(t, 0.0)
    attack = 0.5 - 0.5 * np.cos(np.pi * np.minimum(1.0, since / ATTACK))
    tone = sum(
        share * np.sin(2 * np.pi * pitch * multiple * since) * np.exp(-since / (decay * part))
        for multiple, share, part in _PARTIALS
    )
    return np.asarray(strength * attack * tone)
