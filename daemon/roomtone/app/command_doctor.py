"""`roomtone doctor`: what is wrong, and the command that mends it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections import Counter
from itertools import groupby
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from roomtone import __version__
from roomtone.app.config import Config
from roomtone.app.doctor.finding import Finding

ABOUT = """\
Look at everything that Roomtone needs, and say for each problem what mends it.

With a running daemon it reads what the daemon knows of its microphone, parts and faults. Without
one it listens for two seconds, plays a short tone and finds it again in the microphone (delay and
echo), and has every model work once. Nothing that is heard is kept, nothing leaves the machine.
"""

EPILOG = """\
--json prints {"ok", "version", "at", "took_s", "findings": [{"check", "verdict", "said", "value",
"unit", "mend"}]}; verdict is ok, warn, bad or skipped, and the names of the checks stay the same
from version to version. Exit codes: 0 nothing is bad, 1 something is, 2 bad usage.
"""

MARKS = {"ok": ("ok", "green"), "warn": ("WARN", "yellow"), "bad": ("BAD", "red"),
         "skipped": ("-", "dim")}  # fmt: skip


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    made = commands.add_parser(
        "doctor",
        help="find out what is wrong, and how to mend it",
        description=ABOUT,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    made.add_argument("--json", action="store_true", help="one JSON object on stdout")
    # A configuration with mistakes is a finding, and no reason to look at nothing else.
    made.set_defaults(do=_doctor, load=lambda _file: Config())


def _doctor(_defaults: Config, options: argparse.Namespace) -> int:
    from roomtone.app.doctor.examination import examine

    began, at = time.monotonic(), dt.datetime.now().astimezone()
    progress = Console(stderr=True, highlight=False)
    with progress.status("Looking at Roomtone") as line:
        found = list(examine(options.config, lambda what: line.update(f"Looking at {what}")))
    took = time.monotonic() - began
    well = not any(finding.verdict == "bad" for finding in found)
    if options.json:
        print(json.dumps(_as_data(found, well=well, at=at, took=took), ensure_ascii=False))
    else:
        _report(Console(highlight=False), found, took)
    return 0 if well else 1


def _as_data(found: list[Finding], *, well: bool, at: dt.datetime, took: float) -> dict[str, Any]:
    return {
        "ok": well,
        "version": __version__,
        "at": at.isoformat(timespec="seconds"),
        "took_s": round(took, 1),
        "findings": msgspec.to_builtins(found),
    }


def _report(console: Console, found: list[Finding], took: float) -> None:
    """Everything in one table, then once more what is to be done."""
    table = Table("", "what", "", box=None, show_header=False, pad_edge=False)
    for (verdict, _, said), alike in groupby(found, _likeness):
        several = list(alike)
        mark, style = MARKS[verdict]
        name = several[0].check + (f" and {len(several) - 1} more" if several[1:] else "")
        table.add_row(Text(mark, style), name, Text(_measured(several[0]) + said))
    console.print(table)
    for finding in found:
        if finding.verdict in {"warn", "bad"} and finding.mend:
            mark, style = MARKS[finding.verdict]
            console.print()
            console.print(Text.assemble((mark, style), f" {finding.check}: {finding.said}"))
            console.print(Padding(Text(finding.mend), (0, 0, 0, 4)))
    console.print()
    console.print(_summary(Counter(finding.verdict for finding in found), took))


def _likeness(finding: Finding) -> tuple[str, str, str]:
    """The same for findings of one theme that say the same, which share a line."""
    return finding.verdict, finding.check.partition(".")[0], finding.said


def _measured(finding: Finding) -> str:
    return f"{finding.value} {finding.unit}: " if finding.unit else ""


def _summary(count: Counter[str], took: float) -> str:
    parts = [
        f"{count[verdict]} {word}"
        for verdict, word in (
            ("ok", "well"), ("warn", "to look at"), ("bad", "bad"), ("skipped", "not looked at")
        )
        if count[verdict]
    ]  # fmt: skip
    return f"{', '.join(parts)}; took {took:.0f} s."
