"""The report of readings: cost against the defaults, errors against the padded pass."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench.stt import Clip, Made, told

CLIPS = [Clip(np.zeros(32_000, np.int16), "set a timer"), Clip(np.zeros(16_000, np.int16), "stop")]
MADE = {
    "faster-whisper": Made(["Set a timer.", "stop"], [0.6, 0.6]),
    "padded": Made(["set a timer", "stop"], [0.5, 0.5]),
    "final": Made(["set a timer", "stop"], [0.05, 0.03]),
    "partials": Made(["set a", ""], [0.2, 0.0]),
}


def test_costs_are_told_as_shares_of_the_defaults():
    report = told(CLIPS, MADE, "models in use", forced=False)
    by_name = {row.name: row for row in report.rows}
    final = by_name["Roomtone, final reading"]
    assert final.values["CPU ms"] == pytest.approx(40)
    assert final.values["of defaults %"] == pytest.approx(100 * 0.08 / 1.2)
    assert final.met is True
    assert by_name["Roomtone, all partials"].met is True
    assert by_name["Roomtone, all partials"].values["WER %"] == pytest.approx(50)


def test_a_target_that_is_missed_is_told():
    slow = MADE | {"final": Made(MADE["final"].texts, [0.3, 0.3])}
    report = told(CLIPS, slow, "models in use", forced=False)
    assert report.rows[2].met is False


def test_forced_words_have_no_error_rate():
    report = told(CLIPS, MADE, "synthetic weights", forced=True)
    assert all(row.values.get("WER %") is None for row in report.rows)
    assert not [row for row in report.rows if row.table == "Quality"]


def test_without_written_words_only_agreement_is_told():
    clips = [Clip(clip.sound, "") for clip in CLIPS]
    report = told(clips, MADE, "models in use", forced=False)
    assert report.rows[2].values["WER %"] is None
    assert report.rows[2].values["as padded %"] == 100
