"""`roomtone wake` as its reader sees it; what it measures is tested where it is measured."""

from __future__ import annotations

import json
import wave

import numpy as np
import pytest

from roomtone.app import cli
from roomtone.app.bench import wake


class Listener:
    """Hears the word in whatever is loud, half a second in."""

    def __init__(self, _config, word):
        self.word, self.threshold = word, 0.5

    def hear(self, sound):
        loud = np.abs(sound).max() > 5000
        return wake.Wakes([wake.BEFORE + 0.6] if loud else [], [])

    def last_voice(self, _sound):
        return 0.5


@pytest.fixture
def recorded(monkeypatch, tmp_path):
    """A recording of the word and one of something else."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ROOMTONE_CONFIG", raising=False)
    monkeypatch.setattr(wake, "Listener", Listener)
    for name, level in (("word", 8000), ("other", 900)):
        with wave.open(str(tmp_path / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(np.full(16_000, level, "<i2").tobytes())
    return tmp_path


def test_recall_false_accepts_and_delay_are_printed(recorded, capsys):
    said, other = str(recorded / "word.wav"), str(recorded / "other.wav")
    assert cli.main(["wake", "test", said, "--other", other]) == 0
    out = capsys.readouterr().out
    assert "100.0 % (1 of 1" in out
    assert "hey jarvis" in out


def test_json_holds_the_same(recorded, capsys):
    said = str(recorded / "word.wav")
    assert cli.main(["wake", "test", said, "--json", "--word", "Hey Jarvis"]) == 0
    found = json.loads(capsys.readouterr().out)
    ours, alone = (row["values"] for row in found["rows"])
    assert ours["delay p50 ms"] == pytest.approx(100)
    assert alone["recall"].startswith("0.0 %")
    assert ours["false"] is None


def test_a_place_with_nothing_in_it_is_named(recorded, capsys):
    assert cli.main(["wake", "test", str(recorded / "nowhere")]) == 1
    assert "there is nothing at" in capsys.readouterr().err
