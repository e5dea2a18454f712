"""Hours of television at the ear: does listening stay as cheap as it began, and as small."""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
import numpy as np

from roomtone.app.bench.conversation import memory_of
from roomtone.app.bench.recording import Sound, Speaker
from roomtone.app.bench.sentences import DICTATED, QUESTIONS
from roomtone.app.bench.shapes.models import Tell
from roomtone.app.bench.sounds import samples
from roomtone.app.ear_setup import EarSetup, attention_of
from roomtone.base import message
from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE

LOOP = 300
"""Seconds of sound that are played again and again."""

SPEECH_DB, MUSIC_DB = -30.0, -38.0
"""Levels at the microphone: a set across the room."""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """One pass through the loop."""

    cpu: float
    """Processor seconds."""
    memory: float
    """Megabytes that this process holds."""
    wakes: int


def watch(setup: EarSetup, sound: Sound, loops: int, tell: Tell) -> list[Watched]:
    """Have the ear's attention hear `sound` `loops` times, as fast as it can.

    The first pass finds memory in place for the others and is not among them. Raises OwnerError.
    """
    attention = attention_of(setup)
    silence = np.zeros(BLOCK_SAMPLES, np.int16)
    watched = []
    for number in range(loops + 1):
        tell(f"Television, {number} of {loops} times {len(sound) / SAMPLE_RATE:.0f} s")
        began, wakes = time.process_time(), 0
        for at in range(0, len(sound) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
            for told in attention.feed(sound[at : at + BLOCK_SAMPLES]):
                if isinstance(told, message.WakeDetected):
                    wakes += 1
                    attention.attend(message.Attend(mode="asleep"))
            attention.played(silence)
        cpu = time.process_time() - began
        watched.append(Watched(cpu=cpu, memory=memory_of(os.getpid()), wakes=wakes))
    return watched[1:]


def programme(
    voice: str, recording: Path | None, seconds: float = LOOP, *, music: bool = True
) -> Sound:
    """A recording, or talk with pauses and with `music` under it, in an installed voice.

    Raises OwnerError.
    """
    if recording is not None:
        return samples(recording)
    speaker, dice = Speaker(voice), np.random.default_rng(1)
    texts = [*(one.answer for one in QUESTIONS), *DICTATED]
    size = round(seconds * SAMPLE_RATE)
    whole = _music(size, dice) if music else np.zeros(size)
    at, number = 0, 0
    while at < len(whole):
        said = speaker.say(texts[number % len(texts)]).astype(np.float64)
        said *= _level(SPEECH_DB) / max(np.sqrt(np.square(said).mean()), 1.0)
        piece = said[: len(whole) - at]
        whole[at : at + len(piece)] += piece
        at += len(piece) + round(dice.uniform(0.2, 2.5) * SAMPLE_RATE)
        number += 1
    clipped: Sound = np.clip(whole, -32768, 32767).astype(np.int16)
    return clipped


def _music(size: int, dice: np.random.Generator) -> np.ndarray:
    """Chords that change every two seconds, louder and softer, with a little hiss."""
    t = np.arange(size) / SAMPLE_RATE
    beats = (t / 2).astype(int)
    roots = 110 * 2 ** (dice.integers(0, 12, beats[-1] + 1) / 12)
    tones = [np.sin(2 * np.pi * roots[beats] * ratio * t) for ratio in (1, 1.25, 1.5, 2)]
    chord: np.ndarray = np.sum(tones, axis=0)
    swell = 0.55 + 0.45 * np.sin(2 * np.pi * t / 23)
    hiss = dice.normal(0, _level(-66.0), size)
    return np.asarray(_level(MUSIC_DB) / 1.4 * swell * chord + hiss)


def _level(db: float) -> float:
    return float(32768 * 10 ** (db / 20))
