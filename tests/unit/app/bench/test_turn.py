"""The benchmark of the end of turn: policies on the same probabilities."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from roomtone.app.bench.report import as_json, machine
from roomtone.app.bench.turn import CURVES, Tried, drawn, told
from roomtone.app.bench.utterance import Policy
from roomtone.detect.endpoint import LADDER
from unit.app.bench.voices import utterance

SPOKEN = [utterance((0.5, 3.0)), utterance((0.5, 1.5), (1.9, 3.0))]


def test_a_stop_within_the_words_is_a_cut_in_for_whoever_waits_too_little() -> None:
    rows = {row.name: row.values for row in told(SPOKEN, reads=False, made=False).rows}
    assert str(rows["300 ms of silence"]["cut in"]).startswith("50.0 % (1 of 2")
    assert str(rows["500 ms of silence"]["cut in"]).startswith("0.0 %")
    assert str(rows["Roomtone"]["cut in"]).startswith("0.0 %")
    assert rows["Roomtone"]["never ended"] == 0
    assert float(rows["Roomtone"]["mean ms"] or 0) < float(
        rows["500 ms of silence"]["mean ms"] or 0
    )


def test_words_have_a_row_where_they_are_read() -> None:
    names = [row.name for row in told(SPOKEN, reads=True, made=True).rows]
    assert names[-2:] == ["Roomtone", "Roomtone, words read"]
    assert "words" not in " ".join(row.name for row in told(SPOKEN, reads=False, made=True).rows)


def test_every_wait_and_every_point_of_the_curves_is_in_the_data() -> None:
    report = told(SPOKEN, reads=False, made=False)
    data = json.loads(json.dumps(as_json(report, what="turn", took=1.0, where=machine())))
    assert len(data["series"]["500 ms of silence: ms"]) == 2
    for name, curve in CURVES.items():
        assert len(data["series"][f"{name}: mean ms"]) == len(curve)
        assert len(data["series"][f"{name}: cut in %"]) == len(curve)


def test_the_curve_of_ours_goes_through_the_ladder_in_use() -> None:
    (ours,) = [policy for policy in CURVES["Roomtone"] if policy.ladder == LADDER]
    assert Tried.of(ours, SPOKEN) == Tried.of(Policy("Roomtone"), SPOKEN)


def test_the_picture_holds_each_curve() -> None:
    text = drawn(told(SPOKEN, reads=False, made=False), len(SPOKEN))
    ET.fromstring(text)  # noqa: S314 - made here
    assert text.count("<polyline") == len(CURVES)
    assert all(name in text for name in CURVES)


def test_nobody_who_spoke_leaves_figures_of_nobody() -> None:
    tried = Tried.of(Policy("Roomtone"), [])
    assert tried.mean != tried.mean
    assert tried.cut_percent == pytest.approx(0)
    assert tried.values["cut in"] == "none to count"
