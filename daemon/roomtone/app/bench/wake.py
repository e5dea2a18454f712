"""Recall, false alarms and delay of a wake word on recordings: ours and the network alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from roomtone.app.bench import figures, labels
from roomtone.app.bench.recording import Sound, Speaker, room
from roomtone.app.bench.recordings import Noise, networks, recordings, whole
from roomtone.app.bench.report import Report, Row
from roomtone.app.bench.sentences import COMMANDS, QUESTIONS
from roomtone.app.bench.shapes.models import Tell, models
from roomtone.app.config import Config
from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.attention import Attention
from roomtone.detect.endpoint import VOICED
from roomtone.detect.gate import Gate
from roomtone.detect.judge import Judge
from roomtone.detect.near import Alone
from roomtone.detect.own_voice import OwnVoice
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.detect.spotter import Spotter
from roomtone.detect.trigger import Trigger
from roomtone.detect.vad import HOP_SAMPLES, Vad
from roomtone.detect.wake import FRAME_SAMPLES, WakeNetworks

Bools = npt.NDArray[np.bool_]

HOP = HOP_SAMPLES / SAMPLE_RATE
"""Seconds that the voice detector looks at."""

BEFORE, AFTER = 2.6, 1.5
"""Seconds of a quiet room around each recording."""

SPEEDS = (0.8, 0.9, 1.0, 1.1, 1.25)
"""Paces of the voice that makes wake words where there are no recordings."""

NAMES = {"ours": "Roomtone", "alone": "the network alone"}


class Wakes(NamedTuple):
    """Seconds at which one recording woke."""

    ours: list[float]
    alone: list[float]


class Recording(NamedTuple):
    """A sound that is heard, and what is known of it."""

    name: str
    sound: Sound
    end: float | None = None
    """Second at which the word in it ends, where it is labelled."""


class Heard(NamedTuple):
    """What became of a recording."""

    recording: Recording
    wakes: Wakes
    voice: Bools
    """For each hop of 32 ms whether somebody speaks; without the noise that was laid under it."""

    @property
    def end(self) -> float:
        """Second at which the word ends: as it is labelled, else with the last voice."""
        _, sound, end = self.recording
        voiced = np.flatnonzero(self.voice)
        spoken = (int(voiced[-1]) + 1) * HOP if len(voiced) else len(sound) / SAMPLE_RATE
        return spoken if end is None else end


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.epilog = labels.ABOUT
    parser.add_argument("--word", help="one of the wake words in use; else the first")
    parser.add_argument(
        "--said", type=Path, nargs="+", metavar="PLACE", help="recordings of it, one word a file"
    )
    parser.add_argument(
        "--other", type=Path, nargs="+", metavar="PLACE", help="recordings of anything else"
    )
    parser.add_argument("--labels", type=Path, metavar="FILE", help="where the word ends; below")
    parser.add_argument("--noise", type=Path, metavar="FILE", help="lay this noise under them")
    parser.add_argument("--snr", type=float, default=10.0, metavar="DB", help="so far below; 10")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError."""
    word = options.word or next(iter(options.configuration.wake.words))
    if options.labels and not options.said:
        raise OwnerError("--labels tells of recordings: give them with --said")
    made = not (options.said and options.other)
    voice = models("starter", options.configuration, tell).voice if made else ""
    said = recorded(options.said, options.labels) if options.said else _named(called(voice, word))
    other = sounds(options.other) if options.other else _named(talk(voice))
    noise = Noise(whole(options.noise), options.snr) if options.noise else None
    report = measured(Listener(options.configuration, word), said, other, noise, tell)
    if made:
        report.notes.append(
            "Made speech where no recordings were given: one synthetic voice. It tells that it"
            " works, and nothing of people: give --said and --other."
        )
    return report


def measured(
    listener: Listener,
    said: Sequence[Recording],
    other: Sequence[Recording],
    noise: Noise | None,
    tell: Tell,
) -> Report:
    """What each of the two makes of recordings of its word, and of anything else."""
    tell("Wake words")
    called = [_heard(listener, one, noise) for one in said]
    tell("Other speech")
    talked = [_heard(listener, one, noise) for one in other]
    rows = [told(name, called, talked) for name in Wakes._fields]
    notes = [
        f"“{listener.word.replace('_', ' ')}”, threshold {listener.threshold}. The network alone is"
        " openwakeword's, which a test holds to its scores; both hear the same sound. Nobody is"
        " enrolled and no false alarm remembered.",
        "What wakes before a recording begins is not the word. The delay runs from the end of the"
        f" word: labelled in {sum(one.end is not None for one in said)} of {len(said)}, else its"
        " last voice. Speech is what the voice detector takes for it, pauses left out.",
    ]
    names = {
        heading: found
        for name in Wakes._fields
        for heading, found in (
            (f"missed by {NAMES[name]}", _missed(name, called)),
            (f"false accepts of {NAMES[name]}", _mistaken(name, talked)),
        )
        if found
    }
    return Report(title="Wake word", rows=rows, notes=notes, names=names)


def told(name: str, called: Sequence[Heard], talked: Sequence[Heard]) -> Row:
    """One of the two: how many it heard, how late, and how often nobody had called."""
    heard = [(one, _in_it(name, one)) for one in called]
    delays = [1000 * (at[0] - one.end) for one, at in heard if at]
    false = sum(len(getattr(one.wakes, name)) for one in talked)
    hours = sum(len(one.recording.sound) for one in talked) / SAMPLE_RATE / 3600
    speech = sum(int(one.voice.sum()) for one in talked) * HOP / 3600
    rate, low, high = (count / max(speech, 1e-9) for count in (false, *figures.poisson(false)))
    return Row(
        name=NAMES[name],
        values={
            "recall": figures.share(len(delays), len(called)),
            "delay p50 ms": figures.percentile(delays, 50),
            "delay p95 ms": figures.percentile(delays, 95),
            "false": false if talked else None,
            "hours": round(hours, 3) if talked else None,
            "of speech": round(speech, 3) if talked else None,
            "false an hour of speech (95 %)": (
                f"{rate:.1f} ({low:.1f} to {high:.1f})" if talked and speech else None
            ),
        },
    )


def _heard(listener: Listener, one: Recording, noise: Noise | None) -> Heard:
    return Heard(one, listener.hear(_padded(one.sound, noise)), listener.voice(one.sound))


def _in_it(name: str, one: Heard) -> list[float]:
    """Seconds of the recording at which it woke."""
    return [t - BEFORE for t in getattr(one.wakes, name) if t > BEFORE]


def _missed(name: str, called: Sequence[Heard]) -> list[str]:
    return [one.recording.name for one in called if not _in_it(name, one)]


def _mistaken(name: str, talked: Sequence[Heard]) -> list[str]:
    return [
        f"{one.recording.name} at {t - BEFORE:.1f} s"
        for one in talked
        for t in getattr(one.wakes, name)
    ]


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
            Alone(),
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

    def voice(self, sound: Sound) -> Bools:
        """For each hop of 32 ms whether somebody speaks."""
        self._vad.reset()
        hops = (sound[at : at + HOP_SAMPLES] for at in range(0, len(sound), HOP_SAMPLES))
        found = [self._vad.probability(hop) for hop in hops if len(hop) == HOP_SAMPLES]
        return np.array(found) >= VOICED


class _NeverOver:
    """The turn network's place: no turn is of interest here."""

    def probability(self, utterance: Sound) -> float:  # noqa: ARG002 - as the network's
        return 0.0


def _padded(sound: Sound, noise: Noise | None) -> Sound:
    dice = np.random.default_rng(1)
    long = np.concatenate([room(BEFORE, dice), sound, room(AFTER, dice)])
    return long if noise is None else noise.under(long, sound)


def sounds(places: Iterable[Path]) -> list[Recording]:
    """What lies in or under `places`. Raises OwnerError where there is nothing."""
    return [Recording(str(path), sound) for path, sound in recordings(places)]


def recorded(places: Iterable[Path], table: Path | None) -> list[Recording]:
    """The same with the ends that are labelled. Raises OwnerError where one makes no sense."""
    found = list(recordings(places))
    ends = labels.ends_of([path for path, _ in found], table)
    for path, sound in found:
        length = len(sound) / SAMPLE_RATE
        if ends.get(path, 0.0) > length:
            raise OwnerError(
                f"{path} ends at {length:.2f} s, before its label at {ends[path]:.2f} s: the label"
                " has to be in seconds, and of this file"
            )
    return [Recording(str(path), sound, ends.get(path)) for path, sound in found]


def _named(made: Iterable[Sound]) -> list[Recording]:
    return [Recording(f"made speech {count}", sound) for count, sound in enumerate(made, 1)]


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
