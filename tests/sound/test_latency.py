"""The benchmark of delays on real models: three pipelines, some turns, everything told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sound

ROOT = Path(__file__).resolve().parents[2]


def bench(*options: object) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "roomtone", "bench", *map(str, options), "--json"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "daemon")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_all_pipelines_answer_and_ours_answers_first(tmp_path):
    found = bench("latency", "--turns", 3, "--keep", tmp_path, "--svg", tmp_path / "a.svg")
    rows = {(row["table"], row["name"]): row["values"] for row in found["rows"]}
    ours = rows["Free questions", "Roomtone"]
    stock = rows.get(("Free questions", "naive")) or rows["Free questions", "streamed"]
    assert ours["turns"] == 2
    assert ours["no answer"] == ours["cut in"] == 0
    assert ours["p50 ms"] < stock["p50 ms"]
    assert "models in use" in found["notes"][0]
    labels = json.loads((tmp_path / "said.json").read_text())
    assert len(labels) == 3
    assert (tmp_path / "answered.wav").stat().st_size > 32_000 * labels[-1]["end"]
    assert (tmp_path / "a.svg").read_text().startswith("<svg")


def test_readings_are_as_good_as_the_stock_packages_and_far_cheaper(tmp_path):
    found = bench("stt", "--utterances", 6, "--svg", tmp_path / "b.svg")
    rows = {row["name"]: row["values"] for row in found["rows"]}
    assert rows["Roomtone, final reading"]["of defaults %"] < 20
    assert rows["Roomtone, final reading"]["WER %"] <= rows["the same without time stamps"]["WER %"]
    assert (tmp_path / "b.svg").read_text().count("<rect") == 4


def test_listening_is_measured_beside_the_stock_loop(tmp_path):
    found = bench("idle", "--seconds", 2, "--svg", tmp_path / "c.svg")
    rows = {(row["table"], row["name"]): row["values"] for row in found["rows"]}
    for scene in ("quiet room", "speech", "television"):
        ear = rows["The ear beside the stock loop", scene]
        assert ear["stock CPU %"] > 0
        assert ear["wake-ups/s"] < 80
        assert ear["MB"] < 80
        assert {"core", "voice"} <= {name for table, name in rows if table.endswith(scene)}
    assert (tmp_path / "c.svg").read_text().count("<rect") == 6
