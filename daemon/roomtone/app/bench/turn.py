"""How long the end of a sentence is waited for, and how many are cut off: ours and others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from roomtone.app.bench import figures
from roomtone.app.bench.plot import Curve, tradeoff
from roomtone.app.bench.recording import Sound, Speaker, room
from roomtone.app.bench.recordings import Noise, networks, recordings, whole
from roomtone.app.bench.report import Report, Row
from roomtone.app.bench.sentences import COMMANDS, QUESTIONS
from roomtone.app.bench.shapes.models import Tell, models
from roomtone.app.bench.utterance import Policy, Utterance, Wants
from roomtone.app.config import Config
from roomtone.detect.endpoint import LADDER, PAUSE_MS, More, Rung
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import Vad
from roomtone.respond.expects import expects
from roomtone.respond.route import Router

CUT = 0.2
"""Seconds before the end of speech from which an end is a cut-in."""

STOPS = (0.3, 0.8)
"""Seconds that a made speaker stops for in the middle of every second sentence."""

SHIFTS_MS = (-64, -32, 0, 32, 64, 96, 160)
"""By which the ladder is moved for its curve."""


def _silent(ms: int) -> Policy:
    return Policy(f"{ms} ms of silence", (Rung(ms, 0.0),), 4000, plain=True)


def _smart(probability: float) -> Policy:
    return Policy("smart-turn at 200 ms, else 3 s", (Rung(200, probability),), 3000, plain=True)


def _later(ms: int) -> Policy:
    moved = (Rung(rung.silence_ms + ms, rung.probability) for rung in LADDER)
    return Policy(f"Roomtone {ms:+} ms", tuple(moved))


OURS = Policy("Roomtone")
POLICIES = (_silent(300), _silent(500), _silent(700), _smart(0.5), OURS)
READING = Policy("Roomtone, words read", reads=True)

CURVES = {
    "silence": [_silent(ms) for ms in range(200, 801, 50)],
    "smart-turn": [_smart(probability) for probability in (0.1, 0.3, 0.5, 0.7, 0.8, 0.9)],
    "Roomtone": [_later(ms) for ms in SHIFTS_MS],
}
"""What is drawn: silences from short to long, smart-turn believed from soon to late, and our ladder
with its steps moved."""


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
    parser.add_argument(
        "--read",
        action="store_true",
        help="read their words in each pause with the model in use; made ones always are",
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw it too")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError."""
    files = networks(options.configuration)
    noise = Noise(whole(options.noise), options.snr) if options.noise else None
    made = not options.places
    tell("Reading the recordings")
    sounds = _made(options, tell) if made else [sound for _, sound in recordings(options.places)]
    turn, vad = TurnNetwork(files.turn), Vad(files.vad)
    wants = _reader(options.configuration, tell) if made or options.read else None
    utterances = []
    for number, sound in enumerate(sounds, 1):
        tell(f"Utterance {number} of {len(sounds)}")
        utterances.append(Utterance(sound, vad, turn, noise, wants))
    tell("Ending them")
    spoken = [one for one in utterances if one.end]
    report = told(spoken, reads=wants is not None, made=made)
    if options.svg:
        options.svg.write_text(drawn(report, len(spoken)), encoding="utf-8")
    return report


def told(spoken: Sequence[Utterance], *, reads: bool, made: bool) -> Report:
    """What was measured, as a report; its series hold every wait, and the points of each curve."""
    policies = (*POLICIES, READING) if reads else POLICIES
    tried = {policy.name: Tried.of(policy, spoken) for policy in policies}
    series = {f"{name}: ms": one.waits for name, one in tried.items()}
    for name, curve in CURVES.items():
        points = [Tried.of(policy, spoken) for policy in curve]
        series[f"{name}: mean ms"] = [point.mean for point in points]
        series[f"{name}: cut in %"] = [point.cut_percent for point in points]
    notes = [
        "A cut-in is an end more than 200 ms before the last sound of the speaker, as its loudness"
        " tells it.",
        "The same probabilities of both networks serve all policies. The turn network is asked"
        f" after {PAUSE_MS} ms of silence; its answer counts after as long as it computes here.",
    ]
    if not reads:
        notes.append(
            "Words are not read here: in use those that hang wait longer, whole ones end sooner."
        )
    if made:
        notes.append("Made speech: one synthetic voice, which stops in every second sentence.")
    return Report(
        title="From the end of speech to the end of the turn",
        rows=[Row(name=name, values=one.values) for name, one in tried.items()],
        notes=notes,
        series=series,
    )


def drawn(report: Report, count: int) -> str:
    """How long is waited, and how many are cut in, for each policy from early to late."""
    curves = {
        name: Curve(
            list(
                zip(
                    report.series[f"{name}: mean ms"],
                    report.series[f"{name}: cut in %"],
                    strict=True,
                )
            ),
            SHIFTS_MS.index(0) if name == OURS.name else None,
        )
        for name in CURVES
    }
    title = f"End of turn: {count} speakers"
    return tradeoff(title, curves, "mean ms from the end of speech", "% cut in")


class Tried(NamedTuple):
    """One policy on all utterances."""

    waits: list[float]
    """Milliseconds from the end of speech, of those that were not cut in."""
    cut: int
    endless: int
    of_all: int

    @classmethod
    def of(cls, policy: Policy, spoken: Sequence[Utterance]) -> Tried:
        """Try it."""
        ends = [(one.ended(policy), one.end) for one in spoken]
        cut = sum(end is not None and end < label - CUT for end, label in ends)
        waits = [1000 * (end - label) for end, label in ends if end and end >= label - CUT]
        return cls(waits, cut, sum(end is None for end, _ in ends), len(ends))

    @property
    def mean(self) -> float:
        """Of the waits; NaN of none."""
        return float(np.mean(self.waits)) if self.waits else float("nan")

    @property
    def cut_percent(self) -> float:
        """Of all speakers."""
        return 100 * self.cut / max(self.of_all, 1)

    @property
    def values(self) -> dict[str, str | int | float | None]:
        """For a row."""
        return {
            "mean ms": self.mean,
            "p50 ms": figures.percentile(self.waits, 50),
            "p95 ms": figures.percentile(self.waits, 95),
            "cut in": figures.share(self.cut, self.of_all),
            "never ended": self.endless,
        }


def _reader(config: Config, tell: Tell) -> Wants:
    """Reads as the transcriber does, and asks the grammar and the skills as the core does."""
    from roomtone.recognize.whisper import Whisper

    whisper, router = Whisper(models("starter", config, tell).speech, config.hearing), Router()

    def wants(sound: Sound) -> More:
        read = whisper.read(sound.tobytes(), final=True)
        if not read.text or read.confidence < config.hearing.min_confidence:
            return "unknown"
        return expects(read.text, known=router.knows(read.text))

    return wants


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
