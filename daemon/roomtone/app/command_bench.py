"""`roomtone bench`: how fast, how cheap and how well, measured on this machine."""

from __future__ import annotations

import argparse
import importlib
import json
import signal
import sys
import time
from typing import Any, NoReturn

from rich.console import Console

from roomtone.app.bench.report import Machine, Report, as_json, as_table, machine
from roomtone.app.config import Config
from roomtone.base.error import OwnerError

WHATS = {
    "latency": "from the end of speech to the first sound of the answer, beside stock pipelines",
    "idle": "what listening costs while nobody speaks to it",
    "wake": "recall, false alarms and delay of the wake word on recordings",
    "turn": "how long the end of a sentence is waited for, and how many are cut off",
    "stt": "processor time and word errors of the recognizer, beside faster-whisper's defaults",
    "scale": "long conversations, a long history, an hour of television: does it stay as fast",
}
"""Benchmark -> what it tells. Each is the module of its name in `app/bench`."""

ABOUT = """\
Measure on this machine and print a table, or JSON with --json.

A figure of time always has its figure of quality beside it, and the stock packages run the same
sounds on the same models in the same run. Nothing is downloaded and nothing of the daemon's is
touched. Measure on a machine that does nothing else: the load is printed with the figures.
"""

WIDTH = 120
"""Columns of a table that goes to a file."""

SHAPES = ("starter", "pi", "mini", "large")

ABOUT_SHAPES = (
    "models: `starter` is the ones in use; the others have the shapes of real ones and synthetic "
    "weights, so that they cost what those cost and their words are forced: `pi` (Whisper tiny, "
    "0.5B, Piper medium), `mini` (base, 0.5B, medium), `large` (small, 1.5B, medium)"
)


class Lazy(argparse.ArgumentParser):
    """A benchmark's own arguments are asked for when it is meant."""

    what = ""

    def parse_known_args(  # type: ignore[override]
        self, args: list[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As the parent's, with the benchmark's arguments."""
        if self.what:
            what, self.what = self.what, ""
            try:
                _module(what).add(self)
            except OwnerError as missing:
                self.exit(1, f"roomtone: {missing}\n")
        return super().parse_known_args(args, namespace)


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    made = commands.add_parser(
        "bench",
        help="measure speed, cost and quality on this machine",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whats = made.add_subparsers(
        title="benchmarks", metavar="WHAT", required=True, parser_class=Lazy
    )
    for what, short in WHATS.items():
        one = whats.add_parser(what, help=short, description=f"Measure {short}.", parents=[common])
        one.add_argument("--json", action="store_true", help="one JSON object on stdout")
        one.add_argument("--shapes", choices=SHAPES, default="starter", help=ABOUT_SHAPES)
        one.set_defaults(do=_bench, what=what)
        one.what = what


def _bench(config: Config, options: argparse.Namespace) -> int:
    options.configuration = config
    signal.signal(signal.SIGTERM, _leave)
    began, where = time.monotonic(), machine()
    with Console(stderr=True, highlight=False).status("Measuring") as line:
        report: Report = _module(options.what).run(options, line.update)
    show(report, options.what, took=time.monotonic() - began, where=where, data=options.json)
    return 0


def show(report: Report, what: str, *, took: float, where: Machine, data: bool) -> None:
    """Print a report as a table, or as JSON (`data`)."""
    if data:
        print(json.dumps(as_json(report, what=what, took=took, where=where), ensure_ascii=False))
        return
    page = Console(highlight=False)
    page.width = page.width if page.is_terminal else WIDTH
    page.print(as_table(report))
    page.print(
        f"\n{where.processor}, {where.cores} cores, load {where.load:.1f} before; took {took:.0f} s"
    )


def _module(what: str) -> Any:
    """The benchmark: `add(parser)` and `run(options, tell) -> Report`. Raises OwnerError."""
    name = f"roomtone.app.bench.{what}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        raise OwnerError(f"this version cannot measure {what}") from None


def _leave(_number: int, _frame: object) -> NoReturn:
    """End as an interrupt does, so that everything is put away."""
    sys.exit(128 + signal.SIGTERM)
