"""What a benchmark found: rows of figures, with what they stand beside and what they mean."""

from __future__ import annotations

import datetime as dt
import math
import os
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from roomtone import __version__

Value = str | int | float | None
"""One cell: a figure, words, or None where there is nothing to tell."""


FIGURES = 8
"""Columns that fit on a terminal beside the names of the rows."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table."""

    name: str
    values: dict[str, Value]
    """Column, with its unit ("p50 ms", "cut in %") -> figure, in the order of the columns."""
    table: str = ""
    """Heading of the table that it belongs to; rows of one heading have their columns together."""
    target: str = ""
    """What it ought to be, in words; empty when nothing is demanded."""
    met: bool | None = None
    """Whether the target holds; None when there is none or it could not be tried."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one benchmark has to say."""

    title: str
    rows: list[Row]
    notes: list[str] = []
    """What must be known to read the figures: models, counts, load, what was left out."""
    series: dict[str, list[float]] = {}
    """Single figures behind the rows, for a plot: name -> values."""
    names: dict[str, list[str]] = {}
    """Which recordings stand behind the figures: heading -> names."""


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where the figures come from."""

    processor: str
    cores: int
    memory_gb: float
    load: float
    """Processes that wanted a core, on average of the last minute."""


def machine() -> Machine:
    """The machine that all of it runs on, now."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1),
        load=round(os.getloadavg()[0], 2),
    )


def as_json(report: Report, *, what: str, took: float, where: Machine) -> dict[str, Any]:
    """The report as data for JSON; its keys stay the same from version to version."""
    return {
        "bench": what,
        "version": __version__,
        "at": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        "took_s": round(took, 1),
        "machine": msgspec.to_builtins(where),
        **_finite(msgspec.to_builtins(report)),
    }


def as_table(report: Report) -> RenderableType:
    """The report for a terminal: one table for each heading, then the notes."""
    parts: list[RenderableType] = [Text(report.title, "bold")]
    for heading in dict.fromkeys(row.table for row in report.rows):
        parts += [Text(""), _table(heading, [row for row in report.rows if row.table == heading])]
    for heading, names in report.names.items():
        parts += [Text(""), Text(f"{heading} ({len(names)})", "bold")]
        parts += [Text(f"  {name}") for name in names]
    if report.notes:
        parts += [Text(""), *(Text(note, "dim") for note in report.notes)]
    return Group(*parts)


def shown(value: Value) -> str:
    """A figure as a person reads it: three digits that count, no more."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "-"
    if not isinstance(value, float):
        return str(value)
    digits = 2 - math.floor(math.log10(abs(value))) if value else 0
    return f"{value:,.{min(max(digits, 0), 4)}f}"


def _table(heading: str, rows: list[Row]) -> Table:
    """A line for each row; with many figures and few rows, a line for each figure."""
    table = Table(title=heading or None, title_justify="left", title_style="bold", box=None)
    columns = list(dict.fromkeys(column for row in rows for column in row.values))
    if len(columns) > FIGURES:
        return _turned(table, rows, columns)
    demands = any(row.target for row in rows)
    table.add_column("")
    for column in columns:
        numbers = all(not isinstance(row.values.get(column), str) for row in rows)
        table.add_column(column, justify="right" if numbers else "left")
    if demands:
        table.add_column("target")
    for row in rows:
        cells = [shown(row.values.get(column)) for column in columns]
        table.add_row(Text(row.name), *map(Text, cells), *([_verdict(row)] if demands else []))
    return table


def _turned(table: Table, rows: list[Row], columns: list[str]) -> Table:
    table.add_column("")
    for row in rows:
        table.add_column(row.name, justify="right")
    for column in columns:
        table.add_row(column, *(Text(shown(row.values.get(column, ""))) for row in rows))
    if any(row.target for row in rows):
        table.add_row("target", *map(_verdict, rows))
    return table


def _verdict(row: Row) -> Text:
    words = {None: "", True: "holds ", False: "missed "}[row.met]
    style = {None: "", True: "green", False: "bold red"}[row.met]
    return Text.assemble((words, style), row.target)


def _finite(data: Any) -> Any:
    """JSON has no infinity and no NaN: null stands for them."""
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return os.uname().machine
    named = (line.split(":", 1)[1] for line in lines if line.startswith(("model name", "Model")))
    return next(named, os.uname().machine).strip()
