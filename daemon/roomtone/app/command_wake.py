"""`roomtone wake`: how well the wake word is heard, on recordings of one's own."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from roomtone.app.bench.report import machine
from roomtone.app.command_bench import show
from roomtone.app.config import Config

ABOUT_TEST = """\
Play recordings to the ear's own wake word detection, faster than they last, and print how many of
them wake it and how late. With --other it also prints how often anything else does, an hour of it,
with the limits between which the true rate lies in 95 of 100 cases (Poisson, exact). The network
alone, with nothing but its threshold, hears the same beside it. Nothing is kept.

A recording holds the word once. Folders are searched for sound files.
"""


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    made = commands.add_parser("wake", help="see how well the wake word is heard")
    whats = made.add_subparsers(title="commands", metavar="WHAT", required=True)
    test = whats.add_parser(
        "test",
        help="recall, false accepts and delay on recordings",
        description=ABOUT_TEST,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    test.add_argument(
        "said", type=Path, nargs="+", metavar="FILE", help="recordings of the word, or folders"
    )
    test.add_argument("--word", help="a wake word in use; else the first, as in `hey_jarvis`")
    test.add_argument(
        "--other", type=Path, nargs="+", default=[], metavar="FILE", help="of anything else"
    )
    test.add_argument("--noise", type=Path, metavar="FILE", help="lay this noise under them")
    test.add_argument("--snr", type=float, default=10.0, metavar="DB", help="so far below; else 10")
    test.add_argument("--json", action="store_true", help="one JSON object on stdout")
    test.set_defaults(do=_test)


def _test(config: Config, options: argparse.Namespace) -> int:
    from roomtone.app.bench import wake  # it brings the networks, which other commands do without
    from roomtone.app.bench.recordings import Noise, whole

    began, where = time.monotonic(), machine()
    word = (options.word or next(iter(config.wake.words))).replace(" ", "_").lower()
    with Console(stderr=True, highlight=False).status("Listening") as line:
        said, other = wake.sounds(options.said), wake.sounds(options.other)
        noise = Noise(whole(options.noise), options.snr) if options.noise else None
        listener = wake.Listener(config, word)
        report = wake.measured(listener, said, other, noise, line.update)
    took = time.monotonic() - began
    show(report, "wake test", took=took, where=where, data=options.json)
    return 0
