"""The report of delays: each pipeline, both kinds of turns, ratios, targets, and its labels."""

from __future__ import annotations

import pytest

from roomtone.app.bench.latency import told
from roomtone.app.bench.taken import Taken


def turn(pipeline: str, delay: float | None, **more) -> Taken:
    said = {"command": False, "said": "why is the sky blue", "understood": "why is the sky blue"}
    return Taken(**({"pipeline": pipeline, "answer": "", "delay": delay} | said | more))


TAKEN = [
    *(turn("naive", 4.0 + n / 10) for n in range(5)),
    *(turn("streamed", 3.0 + n / 10) for n in range(5)),
    *(turn("ours", 0.40 + n / 100, prepared=n > 0, ended=0.2 + n / 100) for n in range(5)),
    turn("ours", None, cut=True, understood="why is the"),
    turn("ours", 0.25, command=True),
]


def test_delays_are_told_in_milliseconds_with_quality_beside():
    report = told(TAKEN, "models in use", demanding=False)
    ours = next(row for row in report.rows if row.name == "Roomtone")
    assert ours.values["p50 ms"] == pytest.approx(420)
    assert ours.values["turn ms"] == pytest.approx(220)
    assert ours.values["no answer"] == 1
    assert ours.values["cut in"] == 1
    assert ours.values["WER %"] == pytest.approx(100 * 2 / 30)
    assert ours.values["ahead %"] == pytest.approx(100 * 4 / 6)
    assert not ours.target


def test_ratios_have_limits():
    report = told(TAKEN, "models in use", demanding=False)
    ratio = next(row for row in report.rows if row.name == "naive / Roomtone")
    assert ratio.values["p50 ms"] == "x 10.0"
    assert " to " in str(ratio.values["95 %"])


@pytest.mark.parametrize(("delay", "met"), [(0.2, True), (0.6, False)])
def test_targets_are_held_against_true_shapes_only(delay, met):
    report = told([turn("ours", delay, command=True)], "synthetic weights", demanding=True)
    assert report.rows[0].target == "p50 <= 300"
    assert report.rows[0].met is met


def test_the_models_stand_under_the_figures():
    report = told(TAKEN, "synthetic weights of true shapes", demanding=True)
    assert any("synthetic weights" in note for note in report.notes)
    assert set(report.series) >= {"Free questions: ours", "Commands: ours"}
