"""Recordings with known ends of speech: what is said is laid into the noise of a room."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from roomtone.app.bench.oracle import Label
from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Resampler, to_float
from roomtone.speak.piper import Piper
from roomtone.speak.settings import VoiceSettings

Sound = npt.NDArray[np.int16]
"""One channel at 16 kHz."""

AUDIBLE_DB = -50.0
"""RMS from which sound counts as heard, dB of full scale."""

ROOM_DB = -72.0
"""Noise of a quiet room."""

WAKE = "Hey Jarvis, "

_STEP = SAMPLE_RATE // 200
"""Samples of 5 ms: the edges of sound are known to that."""

_LASTING = 4
"""Steps that sound must last to be no click: 20 ms."""


class Speaker:
    """Says things to the device in an installed voice."""

    def __init__(self, voice: str, speed: float = 1.0) -> None:
        self._voice = Piper(voice, VoiceSettings(threads=1, speed=speed))

    def say(self, text: str) -> Sound:
        """The words as sound, from the first audible sample to the last."""
        raw = np.frombuffer(b"".join(self._voice.say(text)), "<i2")
        sound = Resampler(self._voice.rate, SAMPLE_RATE).convert(to_float(raw), last=True)
        heard = np.flatnonzero(_audible(sound))
        if not len(heard):
            return sound
        return sound[heard[0] * _STEP : (heard[-1] + 1) * _STEP]


def room(seconds: float, dice: np.random.Generator) -> Sound:
    """Noise of a quiet room."""
    level = 32768 * 10 ** (ROOM_DB / 20)
    noise: Sound = np.rint(dice.normal(0, level, round(SAMPLE_RATE * seconds))).astype(np.int16)
    return noise


def lay(utterances: Iterable[tuple[float, Sound, str]], length: float) -> tuple[Sound, list[Label]]:
    """Lay (second, sound, text) into `length` seconds of a room; the sound and its labels."""
    whole = room(length, np.random.default_rng(1)).astype(np.int32)
    labels = []
    for second, sound, text in utterances:
        at = round(second * SAMPLE_RATE)
        whole[at : at + len(sound)] += sound
        end = (at + len(sound)) / SAMPLE_RATE
        labels.append(Label(start=second, end=end, text=text))
    return np.clip(whole, -32768, 32767).astype(np.int16), labels


def first_audible(
    sound: Sound, begin: float, until: float, rate: int = SAMPLE_RATE
) -> float | None:
    """The second at which 20 ms over `AUDIBLE_DB` begin between two seconds; None: nowhere."""
    step = rate // 200
    at = round(begin * rate)
    loud = _audible(sound[at : round(until * rate)], step)
    run = np.convolve(loud, np.ones(_LASTING), "valid") if len(loud) >= _LASTING else np.zeros(0)
    found = np.flatnonzero(run == _LASTING)
    return begin + int(found[0]) * step / rate if len(found) else None


def write(path: Path, sound: Sound) -> None:
    """Write a WAV file. Raises OSError."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(sound.astype("<i2").tobytes())


def read(path: Path) -> Sound:
    """Samples of a WAV file that was played by a part."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)


def _audible(sound: Sound, step: int = _STEP) -> npt.NDArray[Any]:
    """For each step whether it is over `AUDIBLE_DB`."""
    whole = sound[: len(sound) // step * step].reshape(-1, step).astype(np.float64)
    level = np.sqrt(np.square(whole).mean(axis=1)) if len(whole) else np.zeros(0)
    return np.asarray(level >= 32768 * 10 ** (AUDIBLE_DB / 20))
