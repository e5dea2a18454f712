"""How long the end of a sentence is waited for, and how many are cut off: ours and others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from roomtone.app.bench import figures
from roomtone.app.bench.recording import Sound, Speaker, room
from roomtone.app.bench.recordings import Noise, networks, recordings, whole
from roomtone.app.bench.report import Report, Row
from roomtone.app.bench.sentences import COMMANDS, QUESTIONS
from roomtone.app.bench.shapes.models import Tell, models
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.depth import power
from roomtone.detect.endpoint import LADDER, VOICED, Endpoint, Hop, Rung
from roomtone.detect.settings import EndpointSettings
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import HOP_SAMPLES, Vad

TAIL = 3.5
"""Seconds of room behind each utterance."""

CUT = 0.2
"""Seconds before the end of speech from which an end is a cut-in."""

STOPS = (0.3, 0.8)
"""Seconds that a made speaker stops for in the middle of every second sentence."""


class Policy(NamedTuple):
    """A ladder, the silence that ends in any case, and whether nothing else counts."""

    name: str
    ladder: tuple[Rung, ...]
    longest_silence_ms: int
    plain: bool = True


POLICIES = (
    Policy("300 ms of silence", (Rung(300, 0.0),), 4000),
    Policy("500 ms of silence", (Rung(500, 0.0),), 4000),
    Policy("700 ms of silence", (Rung(700, 0.0),), 4000),
    Policy("smart-turn at 200 ms, else 3 s", (Rung(200, 0.5),), 3000),
    Policy("Roomtone", LADDER, EndpointSettings().longest_silence_ms, plain=False),
)


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.add_argument(
        "places",
        type=Path,
        nargs="*",
        metavar="PLACE",
        help="recordings, or folders of them: one spoken command each; else some are made",
    )
    parser.add_argument("--noise", type=Path, metavar="FILE", help="lay this noise under them")
    parser.add_argument("--snr", type=float, default=10.0, metavar="DB", help="so far below; 10")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError."""
    files = networks(options.configuration)
    noise = Noise(whole(options.noise), options.snr) if options.noise else None
    made = not options.places
    tell("Reading the recordings")
    sounds = _made(options, tell) if made else [sound for _, sound in recordings(options.places)]
    turn, vad = TurnNetwork(files.turn), Vad(files.vad)
    utterances = []
    for number, sound in enumerate(sounds, 1):
        tell(f"Utterance {number} of {len(sounds)}")
        utterances.append(Utterance(sound, vad, turn, noise))
    spoken = [one for one in utterances if one.end]
    notes = [
        "A cut-in is an end more than 200 ms before the last sound of the speaker, as its loudness"
        " tells it. Words are not read here: in use, those that hang wait longer, and a whole"
        " command ends at 200 ms.",
        "The same probabilities of both networks serve all policies.",
    ]
    if made:
        notes.append("Made speech: one synthetic voice, which stops in every second sentence.")
    return Report(
        title="From the end of speech to the end of the turn",
        rows=[told(policy, spoken) for policy in POLICIES],
        notes=notes,
    )


def told(policy: Policy, spoken: Sequence[Utterance]) -> Row:
    """One policy on all utterances."""
    ends = [(one.ended(policy), one.end) for one in spoken]
    cut = sum(end is not None and end < label - CUT for end, label in ends)
    waits = [1000 * (end - label) for end, label in ends if end and end >= label - CUT]
    return Row(
        name=policy.name,
        values={
            "mean ms": float(np.mean(waits)) if waits else None,
            "p50 ms": figures.percentile(waits, 50),
            "p95 ms": figures.percentile(waits, 95),
            "cut in": figures.share(cut, len(ends)),
            "never ended": sum(end is None for end, _ in ends),
        },
    )


class Utterance:
    """One recording, with what the networks say of it."""

    def __init__(self, sound: Sound, vad: Vad, turn: TurnNetwork, noise: Noise | None) -> None:
        self._turn = turn
        self._known: dict[int, float] = {}
        frames = sound[: len(sound) // 320 * 320].reshape(-1, 320).astype(float)
        self._level = np.sqrt((frames**2).mean(axis=1))
        floor = np.sort(self._level)[: max(3, len(frames) // 10)].mean()
        hiss = np.random.default_rng(1).normal(0, max(floor, 1), round(SAMPLE_RATE * TAIL))
        self._sound = np.concatenate([sound, np.rint(hiss).astype(np.int16)])
        if noise is not None:
            self._sound = noise.under(self._sound, sound)
        vad.reset()
        starts = range(0, len(self._sound) - HOP_SAMPLES + 1, HOP_SAMPLES)
        hops = [self._sound[at : at + HOP_SAMPLES] for at in starts]
        self._hops = [Hop(vad.probability(hop), power(hop)) for hop in hops]
        self.end = self._label(floor)

    def ended(self, policy: Policy) -> float | None:
        """Seconds at which `policy` ends it; None when it does not."""
        settings = EndpointSettings(
            longest_silence_ms=policy.longest_silence_ms, longest_utterance_seconds=60
        )
        endpoint = Endpoint(settings, 0.0, policy.ladder, plain=policy.plain)
        answer: float | None = None
        begun = False
        for number, hop in enumerate(self._hops, start=1):
            endpoint.feed(hop, number * HOP_SAMPLES / SAMPLE_RATE)
            begun = begun or endpoint.spoke
            if endpoint.silence_ms == 0:
                answer = None
            if endpoint.asks():
                answer = self._complete(number * HOP_SAMPLES)
            if begun and endpoint.over(answer):
                return number * HOP_SAMPLES / SAMPLE_RATE
        return None

    def _complete(self, end: int) -> float:
        if end not in self._known:
            self._known[end] = self._turn.probability(self._sound[:end])
        return self._known[end]

    def _label(self, floor: float) -> float:
        """The last 20 ms that are 12 dB over the floor, not 30 dB under the loud, near voice."""
        loud = np.sort(self._level)[-max(3, len(self._level) // 10) :].mean()
        heard = self._level > max(4 * floor, 0.03 * loud)
        voiced = np.repeat([hop.voice >= VOICED for hop in self._hops], HOP_SAMPLES)[
            : len(heard) * 320
        ]
        near = np.convolve(voiced.reshape(-1, 320).any(axis=1), np.ones(21), "same") > 0
        places = np.flatnonzero(heard & near)
        return (places[-1] + 1) * 0.02 if len(places) else 0.0


def _made(options: argparse.Namespace, tell: Tell) -> list[Sound]:
    found = models("starter", options.configuration, tell)
    speaker = Speaker(found.voice)
    return list(_spoken(speaker, [one.text for one in (*QUESTIONS, *COMMANDS)]))


def _spoken(speaker: Speaker, texts: Sequence[str]) -> Iterator[Sound]:
    """Each text; every second one with a stop in its middle."""
    dice = np.random.default_rng(1)
    for number, text in enumerate(texts):
        words = text.split()
        if number % 2 and len(words) > 3:
            at = int(dice.integers(2, len(words) - 1))
            parts = [" ".join(words[:at]) + ",", " ".join(words[at:])]
        else:
            parts = [text]
        said = [speaker.say(part) for part in parts]
        stop = room(float(dice.uniform(*STOPS)), dice)
        lead = room(0.3, dice)
        yield np.concatenate(
            [lead, said[0], *(piece for part in said[1:] for piece in (stop, part))]
        )
