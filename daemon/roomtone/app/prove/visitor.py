"""Who visits: the recorded visitor, or, without the recording, one whom the voice speaks."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from roomtone.app import alone
from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.app.prove import scratch
from roomtone.app.prove.scratch import Scratch
from roomtone.app.visit import VISITOR
from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Samples
from roomtone.capture.wav import FileSource

QUESTIONS = ("Hey Jarvis, what time is it?", "Hey Jarvis, what is the capital of France?")

BEFORE, AFTER = 1.5, 8.0
"""Seconds of a quiet room before the first question and after each."""

QUIET = 8.0
"""Deviation of the noise of a quiet room, in steps of 16 bits."""


def recording_of(config: Config, models: Path, workshop: Scratch) -> Path:
    """The file to be played to Roomtone. Raises OwnerError, PartError without a voice."""
    if VISITOR.is_file():
        return VISITOR
    folder = workshop.place("visitor")
    spoken = configuration.load(scratch.settings(config, folder, models))
    pieces = [_quiet(BEFORE)]
    for question in QUESTIONS:
        said = folder / "said.wav"
        alone.say(spoken, question, said)
        pieces += [sound_of(said), _quiet(AFTER)]
        said.unlink()
    path = folder / "visitor.wav"
    with path.open("wb") as plain, wave.open(plain, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(np.concatenate(pieces).astype("<i2").tobytes())
    return path


def sound_of(path: Path) -> Samples:
    """The whole of a recording. Raises OwnerError."""
    source, blocks = FileSource(str(path)), []
    while not source.ended:
        blocks.append(source.read())
    return np.concatenate(blocks)


def _quiet(seconds: float) -> Samples:
    noise = np.random.default_rng(0).normal(0, QUIET, round(seconds * SAMPLE_RATE))
    return np.rint(noise).astype(np.int16)
