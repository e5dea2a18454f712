"""Recall, false alarms and delay of a wake word on recordings: ours and the network alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from roomtone.app.bench import figures
from roomtone.app.bench.recording import Sound, Speaker, room
from roomtone.app.bench.recordings import Noise, networks, recordings, whole
from roomtone.app.bench.report import Report, Row
from roomtone.app.bench.sentences import COMMANDS, QUESTIONS
from roomtone.app.bench.shapes.models import Tell, models
from roomtone.app.config import Config
from roomtone.base import message
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.attention import Attention
from roomtone.detect.gate import Gate
from roomtone.detect.judge import Judge
from roomtone.detect.own_voice import OwnVoice
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.detect.spotter import Spotter
from roomtone.detect.trigger import Trigger
from roomtone.detect.vad import Vad
from roomtone.detect.wake import FRAME_SAMPLES, WakeNetworks

BEFORE, AFTER = 2.6, 1.5
"""Seconds of a quiet room around each recording."""

SPEEDS = (0.8, 0.9, 1.0, 1.1, 1.25)
"""Paces of the voice that makes wake words where there are no recordings."""

NAMES = {"ours": "Roomtone", "alone": "the network alone"}

Heard = tuple[Sound, "Wakes"]


class Wakes(NamedTuple):
    """Seconds at which one recording woke."""

    ours: list[float]
    alone: list[float]


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.add_argument("--word", help="one of the wake words in use; else the first")
    parser.add_argument(
        "--said", type=Path, nargs="+", metavar="PLACE", help="recordings of it, one word a file"
    )
    parser.add_argument(
        "--other", type=Path, nargs="+", metavar="PLACE", help="recordings of anything else"
    )
    parser.add_argument("--noise", type=Path, metavar="FILE", help="lay this noise under them")
    parser.add_argument("--snr", type=float, default=10.0, metavar="DB", help="so far below; 10")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError."""
    word = options.word or next(iter(options.configuration.wake.words))
    made = not (options.said and options.other)
    voice = models("starter", options.configuration, tell).voice if made else ""
    said = sounds(options.said) if options.said else called(voice, word)
    other = sounds(options.other) if options.other else talk(voice)
    noise = Noise(whole(options.noise), options.snr) if options.noise else None
    report = measured(Listener(options.configuration, word), said, other, noise, tell)
    if made:
        report.notes.append(
            "Made speech where no recordings were given: one synthetic voice. It tells that it"
            " works, and nothing of people: give --said and --other."
        )
    return report


def measured(
    listener: Listener, said: list[Sound], other: list[Sound], noise: Noise | None, tell: Tell
) -> Report:
    """What each of the two makes of recordings of its word, and of anything else."""
    tell("Wake words")
    said_and_heard = [(one, listener.hear(_padded(one, noise))) for one in said]
    tell("Other speech")
    talked = [(one, listener.hear(_padded(one, noise))) for one in other]
    rows = [told(name, said_and_heard, talked, listener) for name in Wakes._fields]
    notes = [
        f"“{listener.word.replace('_', ' ')}”, threshold {listener.threshold}. The network alone is"
        " openwakeword's, which a test holds to its scores; both hear the same sound.",
        "What wakes before a recording begins is not the word. The delay runs from its last voice; "
        "hours are hours of sound.",
    ]
    return Report(title="Wake word", rows=rows, notes=notes)


def told(name: str, called: Sequence[Heard], talked: Sequence[Heard], listener: Listener) -> Row:
    """One of the two: how many it heard, how late, and how often nobody had called."""
    heard = [(sound, [t for t in getattr(wakes, name) if t > BEFORE]) for sound, wakes in called]
    delays = [1000 * (at[0] - BEFORE - listener.last_voice(sound)) for sound, at in heard if at]
    false = sum(len(getattr(wakes, name)) for _, wakes in talked)
    hours = sum(len(sound) for sound, _ in talked) / SAMPLE_RATE / 3600
    low, high = (count / max(hours, 1e-9) for count in figures.poisson(false))
    return Row(
        name=NAMES[name],
        values={
            "recall": figures.share(len(delays), len(called)),
            "delay p50 ms": figures.percentile(delays, 50),
            "delay p95 ms": figures.percentile(delays, 95),
            "false": false if talked else None,
            "hours": round(hours, 2) if talked else None,
            "an hour, 95 %": f"{low:.1f} to {high:.1f}" if talked else None,
        },
    )


class Listener:
    """The ear's attention with its gate, and the network with a threshold alone, on one sound."""

    def __init__(self, config: Config, word: str) -> None:
        """Raises OwnerError when nobody knows the word."""
        files = networks(config, word)
        self.word = word
        self.threshold = threshold = config.wake.words.get(word, 0.5)
        self._settings = WakeSettings(words={word: threshold})
        self._networks = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
        self._vad = Vad(files.vad)

    def hear(self, sound: Sound) -> Wakes:
        """When each of them woke, seconds."""
        self._vad.reset()
        attention = Attention(
            Spotter(self._networks.twin(), self._settings, live=False),
            self._vad,
            Judge(_NeverOver(), live=False),
            EndpointSettings(),
            OwnVoice(self._networks.twin(), self._settings),
            Gate(),
        )
        ours = [
            one.t
            for at in range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
            for one in attention.feed(sound[at : at + FRAME_SAMPLES])
            if isinstance(one, message.WakeDetected)
        ]
        trigger, networks, alone = Trigger(self._settings), self._networks.twin(), []
        for at in range(0, len(sound) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
            t = (at + FRAME_SAMPLES) / SAMPLE_RATE
            if trigger.feed(networks.score(sound[at : at + FRAME_SAMPLES]), t) is not None:
                alone.append(t)
        return Wakes(ours, alone)

    def last_voice(self, sound: Sound) -> float:
        """The second at which the last voice ends."""
        self._vad.reset()
        hops = [
            self._vad.probability(sound[at : at + 512]) for at in range(0, len(sound) - 511, 512)
        ]
        voiced = np.flatnonzero(np.array(hops) >= 0.5)
        return (
            (int(voiced[-1]) + 1) * 512 / SAMPLE_RATE if len(voiced) else len(sound) / SAMPLE_RATE
        )


class _NeverOver:
    """The turn network's place: no turn is of interest here."""

    def probability(self, utterance: Sound) -> float:  # noqa: ARG002 - as the network's
        return 0.0


def _padded(sound: Sound, noise: Noise | None) -> Sound:
    dice = np.random.default_rng(1)
    long = np.concatenate([room(BEFORE, dice), sound, room(AFTER, dice)])
    return long if noise is None else noise.under(long, sound)


def sounds(places: Iterable[Path]) -> list[Sound]:
    """What lies in or under `places`. Raises OwnerError where there is nothing."""
    return [sound for _, sound in recordings(places)]


def called(voice: str, word: str) -> list[Sound]:
    """The word at several paces, alone and before a question; no two are alike."""
    phrase = word.replace("_", " ").title()
    return [
        Speaker(voice, speed).say(f"{phrase}{rest}")
        for speed in SPEEDS
        for rest in (".", "!", ", what time is it?")
    ]


def talk(voice: str) -> list[Sound]:
    """Other sentences."""
    speaker = Speaker(voice)
    return [speaker.say(one.text) for one in (*QUESTIONS, *COMMANDS)]
