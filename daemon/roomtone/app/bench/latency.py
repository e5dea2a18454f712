"""End of speech to the first sample of the answer: ours and two stock pipelines, in one run."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from roomtone.app.bench import figures
from roomtone.app.bench.plot import curves
from roomtone.app.bench.recording import WAKE, Speaker
from roomtone.app.bench.report import Report, Row, Value
from roomtone.app.bench.schedule import LATEST, LEAST, Utterance, schedule
from roomtone.app.bench.sentences import COMMANDS, QUESTIONS, Spoken
from roomtone.app.bench.shapes.models import Tell, models
from roomtone.app.command import positive
from roomtone.system.weights import Weights

PIPELINES = {"naive": "naive", "streamed": "streamed", "ours": "Roomtone"}

HEADINGS = {False: "Free questions", True: "Commands"}

TARGETS = {False: (450.0, 800.0), True: (300.0, None)}
"""Milliseconds, for questions and commands: the median, and what 95 of 100 stay below."""

TIMES = {"naive": 10, "streamed": 4}
"""How many times ours each of them is to take."""

TURNS = 100
"""Enough for a p95, in less than ten minutes on two cores."""


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.add_argument(
        "--turns",
        type=positive,
        default=TURNS,
        help=f"turns of ours, and half as many of both stock pipelines together; else {TURNS}",
    )
    parser.add_argument("--seed", type=int, default=1, help="draws the order; else 1")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep both sound files there")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw it too")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError, PartError."""
    config = options.configuration
    found = models(options.shapes, config, tell)
    tell("Speaking the sentences")
    spoken = _spoken(config, options.turns)
    from roomtone.app.bench.trial import Bench

    tell("Loading the stock pipelines")
    bench = Bench(found, config, tell)
    bench.know(spoken)
    costs = bench.costs(spoken)
    turns = schedule(spoken, options.turns, costs, options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(bench.run(turns, folder))
        if options.keep:
            _keep(folder, turns)
    report = told(bench.taken, found.label, demanding=options.shapes == "mini")
    if options.svg:
        models_of = found.label.partition(";")[0]
        drawn = curves(report, f"ms after the end of speech. {models_of}", HEADINGS[False])
        options.svg.write_text(drawn, encoding="utf-8")
    return report


def told(taken: Sequence[Any], label: str, *, demanding: bool) -> Report:
    """What was measured, as a report; with `demanding` it is held against the targets."""
    rows, series = [], {}
    for command, heading in HEADINGS.items():
        each = {name: _of(taken, name, command) for name in PIPELINES}
        for name, words in PIPELINES.items():
            if not each[name]:
                continue
            values = _values(each[name])
            target, met = _target(values, command) if demanding and name == "ours" else ("", None)
            rows.append(Row(name=words, values=values, table=heading, target=target, met=met))
            series[f"{heading}: {name}"] = _delays(each[name])
        rows += _ratios(each, heading, demanding=demanding)
    return Report(title="From the end of speech to the first sample of the answer", rows=rows,
                  notes=_notes(label), series=series)  # fmt: skip


def _of(taken: Sequence[Any], pipeline: str, command: bool) -> list[Any]:  # noqa: FBT001
    return [one for one in taken if one.pipeline == pipeline and one.command is command]


def _delays(turns: Sequence[Any]) -> list[float]:
    return [1000 * one.delay for one in turns if one.delay is not None]


def _values(turns: Sequence[Any]) -> dict[str, Value]:
    delays = _delays(turns)
    low, high = figures.limits(delays, 50)
    words = sum(len(figures.plain(one.said).split()) for one in turns)
    wrong = sum(figures.word_errors(one.said, one.understood) for one in turns)
    ends = [1000 * one.ended for one in turns if one.ended is not None]
    return {
        "turns": len(turns),
        "p50 ms": figures.percentile(delays, 50),
        "95 %": f"{low:.0f} to {high:.0f}",
        "p90 ms": figures.percentile(delays, 90),
        "p95 ms": figures.percentile(delays, 95),
        "max ms": max(delays, default=None),
        "no answer": len(turns) - len(delays),
        "turn ms": figures.percentile(ends, 50),
        "cut in": sum(one.cut for one in turns),
        "WER %": 100 * wrong / words,
        "ahead %": 100 * sum(one.prepared for one in turns) / len(turns),
        "CPU s": sum(one.cpu for one in turns) / len(turns),
    }


def _target(values: dict[str, Value], command: bool) -> tuple[str, bool]:  # noqa: FBT001
    middle, high = TARGETS[command]
    words = f"p50 <= {middle:.0f}" + (f", p95 <= {high:.0f}" if high else "")
    p50, p95 = values["p50 ms"], values["p95 ms"]
    assert isinstance(p50, float)  # noqa: S101 - told to mypy
    assert isinstance(p95, float)  # noqa: S101 - told to mypy
    return words, p50 <= middle and (high is None or p95 <= high)


def _ratios(each: dict[str, list[Any]], heading: str, *, demanding: bool) -> list[Row]:
    rows = []
    ours = _delays(each["ours"])
    for name, times in TIMES.items():
        slow = _delays(each[name])
        if not slow or not ours:
            continue
        low, high = figures.ratio_limits(slow, ours)
        values: dict[str, Value] = {
            "p50 ms": f"x {figures.ratio(slow, ours):.1f}",
            "95 %": f"{low:.1f} to {high:.1f}",
        }
        met = figures.ratio(slow, ours) >= times if demanding else None
        target = f">= {times}" if demanding else ""
        rows.append(
            Row(name=f"{name} / Roomtone", values=values, table=heading, target=target, met=met)
        )
    return rows


def _notes(label: str) -> list[str]:
    return [
        f"Models: {label}.",
        "naive: 0.7 s of silence, then everything is read, then written, then voiced. streamed: "
        "0.65 s, then written and voiced sentence by sentence. Both read as faster-whisper does.",
        "All pipelines use the same models and all cores, in a drawn order: ours answers every "
        "time, and one of the stock ones half of the times, when ours rests. The stock ones are "
        "told the end of speech and pay only their wait for it; ours finds it itself.",
        "Ours hears and speaks at the pace of a room from before the first word until all of its "
        "answer is made; the rest is played faster. It is measured on its aligned files: last "
        "sample of speech to the first 20 ms over -50 dB; cues are off. no answer: none in "
        f"{LEAST:.0f} s, nor in {LATEST:.0f} times what naive needs. ahead: answers that were made "
        "before the end was sure. turn: median from the end of speech to the end of the turn: "
        "below p50, the answer was waited for.",
        "CPU s: of ours from before the first word to the end of the answer, with all that it "
        "hears, plays, and reads ahead of the next turn; of a stock one from the end of speech "
        f"until all of its answer is made. Load at the end: {os.getloadavg()[0]:.1f}.",
    ]


def _spoken(config: Any, count: int) -> list[Utterance]:
    """Two questions for each command, in the installed voice; a command is last."""
    from roomtone.app.config import places

    voice = Weights.of(places(config)).find(config.models.voice, "voice")
    speaker = Speaker(str(voice))
    commands = max(1, min(len(COMMANDS), count // 3))
    chosen = [*QUESTIONS[: max(1, count - commands)], *COMMANDS[:commands]]
    return [_utterance(speaker, one) for one in chosen]


def _utterance(speaker: Speaker, spoken: Spoken) -> Utterance:
    text = f"{WAKE}{spoken.text}"
    return Utterance(spoken, figures.plain(text), speaker.say(text), speaker.say(spoken.text))


def _keep(folder: Path, turns: Sequence[Any]) -> None:
    labels = [
        {"start": round(one.start, 3), "end": round(one.end, 3), "text": one.utterance.text}
        for one in turns
    ]
    (folder / "said.json").write_text(json.dumps(labels, indent=1), encoding="utf-8")
