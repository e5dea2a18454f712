"""The benchmark of wake words: what is counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from roomtone.app.bench.recording import write
from roomtone.app.bench.wake import BEFORE, Heard, Recording, Wakes, measured, recorded, told
from roomtone.base.error import OwnerError

HOUR = np.zeros(16_000 * 900, np.int16)
WORD = np.zeros(16_000, np.int16)
VOICE = np.arange(31) < 25
"""Ends at 0.8 s."""


def called(ours: list[float], alone: list[float], end: float | None = None) -> Heard:
    wakes = Wakes([BEFORE + t for t in ours], [BEFORE + t for t in alone])
    return Heard(Recording("word", WORD, end), wakes, VOICE)


def talked(*ours: float) -> Heard:
    return Heard(Recording("talk", HOUR), Wakes([*ours], []), np.arange(28_125) % 2 == 0)


def test_recall_delay_and_false_alarms_are_counted() -> None:
    said = [called([1.0], []), called([0.9], [0.7])]
    ours = told("ours", said, [talked(3.0), talked()]).values
    alone = told("alone", said, [talked(3.0), talked()]).values
    assert str(ours["recall"]).startswith("100.0 % (2 of 2")
    assert str(alone["recall"]).startswith("50.0 % (1 of 2")
    assert ours["delay p50 ms"] == pytest.approx(150)
    assert alone["delay p50 ms"] == pytest.approx(-100)
    assert (ours["false"], alone["false"], ours["hours"]) == (1, 0, 0.5)
    assert ours["of speech"] == 0.25
    assert ours["false an hour of speech (95 %)"] == "4.0 (0.1 to 22.3)"


def test_nothing_heard_is_told_as_nothing() -> None:
    row = told("ours", [called([], [])], [talked()]).values
    assert str(row["recall"]).startswith("0.0 %")


def test_the_delay_runs_from_the_label_where_there_is_one() -> None:
    row = told("ours", [called([0.9], [], end=0.6)], []).values
    assert row["delay p50 ms"] == pytest.approx(300)


def test_a_recording_without_voice_ends_with_its_sound() -> None:
    silent = Heard(Recording("word", WORD), Wakes([], []), np.zeros(31, bool))
    assert silent.end == 1.0


def test_what_wakes_before_the_recording_begins_is_not_the_word() -> None:
    said = [called([-0.1, 0.9], [-0.1])]
    assert told("ours", said, []).values["delay p50 ms"] == pytest.approx(100)
    assert str(told("alone", said, []).values["recall"]).startswith("0.0 %")


class Listener:
    """Wakes in the middle of whatever is loud."""

    word, threshold = "hey_jarvis", 0.5

    def hear(self, sound: np.ndarray) -> Wakes:
        return Wakes([BEFORE + 0.5] if np.abs(sound).max() > 5000 else [], [])

    def voice(self, sound: np.ndarray) -> np.ndarray:
        return np.ones(len(sound) // 512, bool)


def test_what_was_missed_and_what_woke_by_mistake_is_named() -> None:
    said = [Recording("loud", WORD + 9000), Recording("soft", WORD, 0.5)]
    report = measured(Listener(), said, said[:1], None, lambda _: None)  # type: ignore[arg-type]
    assert report.names == {
        "missed by Roomtone": ["soft"],
        "false accepts of Roomtone": ["loud at 0.5 s"],
        "missed by the network alone": ["loud", "soft"],
    }
    assert "labelled in 1 of 2" in " ".join(report.notes)


def test_a_label_behind_the_end_of_its_recording_is_told(tmp_path: Path) -> None:
    write(tmp_path / "word.wav", WORD)
    (tmp_path / "word.txt").write_text("0.5")
    assert recorded([tmp_path], None)[0].end == 0.5
    (tmp_path / "word.txt").write_text("500")
    with pytest.raises(OwnerError, match="before its label"):
        recorded([tmp_path], None)
