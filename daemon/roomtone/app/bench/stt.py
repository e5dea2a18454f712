"""The recognizer's processor time and word errors, beside faster-whisper's on the same weights."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from roomtone.app.bench import figures
from roomtone.app.bench.plot import bars
from roomtone.app.bench.recording import Sound, Speaker
from roomtone.app.bench.report import Report, Row, Value
from roomtone.app.bench.sentences import COMMANDS, DICTATED, QUESTIONS
from roomtone.app.bench.shapes.models import Models, Tell, models
from roomtone.app.bench.sounds import pieces_of, recordings
from roomtone.app.command import positive
from roomtone.app.config import places
from roomtone.base.frame import SAMPLE_RATE
from roomtone.recognize.partials import PartialPace
from roomtone.system.weights import Weights

NOISES_DB = (50.0, 20.0, 10.0)
"""How far the noise lies below the speech, in turn."""

SMALLER, AS_GOOD, PARTIALS = 0.1, 0.3, 1.0
"""Targets: share of the processor time, points of word error, passes that partials may cost."""


NAMES = {
    "faster-whisper": "faster-whisper, its defaults",
    "padded": "the same without time stamps",
    "final": "Roomtone, final reading",
    "partials": "Roomtone, all partials",
}


class Clip(NamedTuple):
    """One utterance; `text` is empty where nobody has written it down."""

    sound: Sound
    text: str


class Made(NamedTuple):
    """What one way of reading came to."""

    texts: list[str]
    cpu: list[float]
    """Processor seconds of each utterance."""


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.add_argument(
        "--utterances", type=positive, default=100, help="how many are read; else 100"
    )
    parser.add_argument(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="recordings instead of the installed voice; DIR/texts.json gives their words by name",
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw it too")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    found = models(options.shapes, options.configuration, tell)
    tell("Preparing the utterances")
    clips = list(_recorded(options) if options.recordings else _spoken(options))
    ways = _Ways(found, options.configuration.hearing)
    made = {name: Made([], []) for name in NAMES}
    ways.warm(clips[0])
    for number, clip in enumerate(clips):
        tell(f"Utterance {number + 1} of {len(clips)}")
        ways.text = clip.text
        for name, read in ways.all().items():
            began = time.process_time()
            made[name].texts.append(read(clip))
            made[name].cpu.append(time.process_time() - began)
    report = told(clips, made, found.label, forced=found.forced)
    if options.svg:
        cpu = {row.name: row.values["CPU ms"] for row in report.rows if "CPU ms" in row.values}
        drawn = bars(f"Processor time of an utterance. {found.label.partition(';')[0]}", cpu, "ms")
        options.svg.write_text(drawn, encoding="utf-8")
    return report


class _Ways:
    """The ways of reading, on the same weights."""

    def __init__(self, found: Models, hearing: Any) -> None:
        self.text = ""
        if found.forced:
            from roomtone.app.bench.forced import force_hearing

            force_hearing(lambda _sound: self.text)
        from roomtone.app.bench.stock import StockReader
        from roomtone.recognize.whisper import Whisper

        self._stock = StockReader(found.speech, os.cpu_count() or 1)
        self._ours = Whisper(found.speech, hearing)

    def all(self) -> dict[str, Callable[[Clip], str]]:
        """Name -> reads a clip."""
        return {
            "faster-whisper": lambda clip: self._stock.read(clip.sound),
            "padded": lambda clip: self._stock.read(clip.sound, stamps=False),
            "final": lambda clip: self._ours.read(clip.sound.tobytes(), final=True).text,
            "partials": self._partials,
        }

    def warm(self, clip: Clip) -> None:
        """Read once, so that the first utterance finds memory in place."""
        for read in self.all().values():
            read(clip)

    def _partials(self, clip: Clip) -> str:
        """Every reading while it grows, at the pace at which it is read along; the last one."""
        pace, text = PartialPace(), ""
        for end in pieces_of(clip.sound):
            if pace.due(end / SAMPLE_RATE):
                pcm = clip.sound[:end].tobytes()
                text = self._ours.read(pcm, final=False).text
        return text


def told(clips: Sequence[Clip], made: dict[str, Made], label: str, *, forced: bool) -> Report:
    """What was measured, as a report; of `forced` words nothing is told."""
    stock = sum(made["faster-whisper"].cpu)
    padded = sum(made["padded"].cpu)
    rows = [
        Row(name=words, values=_values(clips, made, name, stock, forced=forced))
        for name, words in NAMES.items()
    ]
    ours, partials = sum(made["final"].cpu), sum(made["partials"].cpu)
    rows[2] = _held(rows[2], f"CPU <= {SMALLER} of the defaults", ours <= SMALLER * stock)
    rows[3] = _held(rows[3], "with the final <= one default pass", ours + partials <= stock)
    notes = [
        f"Models: {label}.",
        f"{len(clips)} utterances of {np.mean([len(c.sound) for c in clips]) / SAMPLE_RATE:.1f} s "
        "on average. All ways run on the same weights in one process; no thread spins.",
        f"Of the padded pass without time stamps, which is the cheapest that the stock package "
        f"makes, the final reading takes {100 * ours / padded:.0f} % of the time.",
    ]
    if not forced and any(clip.text for clip in clips):
        gap = _errors(clips, made["final"].texts) - _errors(clips, made["padded"].texts)
        words = sum(len(figures.plain(clip.text).split()) for clip in clips)
        values: dict[str, Value] = {"WER %": 100 * gap / words}
        met = 100 * gap / words <= AS_GOOD
        target = f"<= {AS_GOOD} points"
        rows.append(
            Row(name="final - padded", values=values, table="Quality", target=target, met=met)
        )
    return Report(
        title="Recognition: processor time and word errors",
        rows=rows,
        notes=notes,
        series={name: [1000 * one for one in each.cpu] for name, each in made.items()},
    )


def _values(
    clips: Sequence[Clip], made: dict[str, Made], name: str, stock: float, *, forced: bool
) -> dict[str, Value]:
    one = made[name]
    spent = [1000 * cpu for cpu in one.cpu]
    words = sum(len(figures.plain(clip.text).split()) for clip in clips)
    same = sum(
        figures.plain(a) == figures.plain(b)
        for a, b in zip(one.texts, made["padded"].texts, strict=True)
    )
    wer = None if forced or not words else 100 * _errors(clips, one.texts) / words
    return {
        "CPU ms": float(np.mean(spent)),
        "p95 ms": figures.percentile(spent, 95),
        "of defaults %": 100 * sum(one.cpu) / stock,
        "WER %": wer,
        "as padded %": None if forced else 100 * same / len(clips),
    }


def _held(row: Row, target: str, met: bool) -> Row:  # noqa: FBT001 - what is told of a row
    return msgspec.structs.replace(row, target=target, met=met)


def _errors(clips: Sequence[Clip], texts: Sequence[str]) -> int:
    return sum(
        figures.word_errors(clip.text, text)
        for clip, text in zip(clips, texts, strict=True)
        if clip.text
    )


def _spoken(options: argparse.Namespace) -> Iterator[Clip]:
    config = options.configuration
    speaker = Speaker(str(Weights.of(places(config)).find(config.models.voice, "voice")))
    texts = [*(one.text for one in (*QUESTIONS, *COMMANDS)), *DICTATED]
    dice = np.random.default_rng(1)
    for number in range(options.utterances):
        text = texts[number % len(texts)]
        noise_db = NOISES_DB[number % len(NOISES_DB)]
        yield Clip(_noisy(speaker.say(text), noise_db, dice), text)


def _noisy(sound: Sound, below_db: float, dice: np.random.Generator) -> Sound:
    """Speech with a little room around it and white noise behind."""
    around = np.pad(sound.astype(np.float64), (SAMPLE_RATE // 5, SAMPLE_RATE // 4))
    level = np.sqrt(np.square(sound.astype(np.float64)).mean()) * 10 ** (-below_db / 20)
    return np.clip(around + dice.normal(0, level, len(around)), -32768, 32767).astype(np.int16)


def _recorded(options: argparse.Namespace) -> Iterator[Clip]:
    written = options.recordings / "texts.json"
    texts: dict[str, str] = json.loads(written.read_text("utf-8")) if written.is_file() else {}
    for number, (path, sound) in enumerate(recordings([options.recordings])):
        if number == options.utterances:
            return
        yield Clip(sound, texts.get(path.name, ""))
