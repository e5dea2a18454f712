"""Reports: tables that people read, JSON that programs read."""

from __future__ import annotations

import io
import json
import math

import pytest
from rich.console import Console

from roomtone.app.bench.report import Machine, Report, Row, as_json, as_table, machine, shown

WHERE = Machine(processor="a processor", cores=2, memory_gb=8.0, load=0.5)
REPORT = Report(
    title="How fast",
    rows=[
        Row(name="stock", values={"p50 ms": 2400.0, "cut in %": None}, table="Questions"),
        Row(
            name="ours",
            values={"p50 ms": 412.4, "cut in %": 0.6},
            table="Questions",
            target="p50 <= 450 ms",
            met=True,
        ),
        Row(name="ours", values={"p95 ms": 310.0}, table="Commands", target="<= 300", met=False),
    ],
    notes=["synthetic weights"],
)


def read(report: Report) -> str:
    page = Console(width=120, record=True, file=io.StringIO())
    page.print(as_table(report))
    return page.export_text()


def test_each_heading_has_a_table_of_its_own_columns():
    text = read(REPORT)
    questions, commands = text.split("Commands")
    assert "p50 ms" in questions
    assert "p95 ms" not in questions
    assert "p95 ms" in commands
    assert "p50 ms" not in commands


def test_a_target_is_printed_with_its_verdict():
    text = read(REPORT)
    assert "holds p50 <= 450 ms" in text
    assert "missed <= 300" in text


def test_many_figures_stand_one_below_the_other():
    values = {f"figure {number}": float(number) for number in range(9)}
    rows = [Row(name="a", values=values), Row(name="b", values={}, target="less", met=False)]
    lines = read(Report(title="t", rows=rows)).splitlines()
    assert any(line.split() == ["figure", "7", "7.00"] for line in lines)
    assert any(line.split() == ["target", "missed", "less"] for line in lines)


def test_notes_are_printed_under_the_tables():
    assert read(REPORT).rstrip().endswith("synthetic weights")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (math.nan, "-"),
        (12345.6, "12,346"),
        (412.4, "412"),
        (41.24, "41.2"),
        (0.6, "0.600"),
        (0.00034, "0.0003"),
        (0.0, "0"),
        (7, "7"),
        ("1 of 7", "1 of 7"),
    ],
)
def test_a_figure_has_the_digits_that_count(value, text):
    assert shown(value) == text


def test_the_data_is_json_and_has_its_keys():
    odd = Report(title="t", rows=[Row(name="r", values={"x": math.inf})])
    for report in (REPORT, odd):
        data = as_json(report, what="latency", took=1.26, where=WHERE)
        again = json.loads(json.dumps(data, allow_nan=False))
        assert set(again) == {
            "bench",
            "version",
            "at",
            "took_s",
            "machine",
            "title",
            "rows",
            "notes",
            "series",
            "names",
        }
        assert set(again["rows"][0]) == {"name", "values", "table", "target", "met"}


def test_the_names_behind_the_figures_are_printed():
    odd = Report(title="t", rows=[], names={"missed": ["a.wav", "b.wav"]})
    page = Console(file=io.StringIO(), width=80)
    page.print(as_table(odd))
    printed = page.file.getvalue()
    assert "missed (2)" in printed
    assert "  b.wav" in printed


def test_the_machine_is_named():
    here = machine()
    assert here.processor
    assert here.cores >= 1
    assert here.memory_gb > 0
