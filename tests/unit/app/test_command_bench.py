"""`roomtone bench` as its reader sees it; what it measures is tested where it is measured."""

from __future__ import annotations

import json
import sys
import types

import pytest

from roomtone.app import cli, command_bench
from roomtone.app.bench.report import Report, Row


@pytest.fixture
def measured(monkeypatch, tmp_path):
    """A benchmark that needs no time; the arguments with which it ran."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ROOMTONE_CONFIG", raising=False)
    seen = []

    def run(options, tell):
        tell("working")
        seen.append(options)
        return Report(title="Idle", rows=[Row(name="quiet", values={"cpu %": 0.2})])

    module = types.ModuleType("roomtone.app.bench.idle")
    module.add = lambda parser: parser.add_argument("--seconds", type=int, default=60)
    module.run = run
    monkeypatch.setitem(sys.modules, "roomtone.app.bench.idle", module)
    return seen


def test_a_table_is_printed(measured, capsys):
    assert cli.main(["bench", "idle"]) == 0
    out = capsys.readouterr().out
    assert "quiet" in out
    assert "0.200" in out
    assert "load" in out


def test_with_json_there_is_nothing_else_on_stdout(measured, capsys):
    assert cli.main(["bench", "idle", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bench"] == "idle"


def test_a_benchmark_has_arguments_of_its_own(measured, capsys):
    assert cli.main(["bench", "idle", "--seconds", "7", "--shapes", "mini"]) == 0
    assert (measured[0].seconds, measured[0].shapes) == (7, "mini")
    with pytest.raises(SystemExit) as left:
        cli.main(["bench", "idle", "--help"])
    assert left.value.code == 0
    assert "--seconds" in capsys.readouterr().out


def test_help_loads_no_benchmark(capsys, monkeypatch):
    monkeypatch.setattr(command_bench, "_module", pytest.fail)
    with pytest.raises(SystemExit):
        cli.main(["bench", "--help"])
    out = capsys.readouterr().out
    assert all(what in out for what in command_bench.WHATS)


def test_one_that_is_missing_is_told_in_one_line(capsys, monkeypatch):
    monkeypatch.setitem(command_bench.WHATS, "nothing", "nothing at all")
    with pytest.raises(SystemExit) as left:
        cli.main(["bench", "nothing"])
    assert left.value.code == 1
    assert capsys.readouterr().err == "roomtone: this version cannot measure nothing\n"
