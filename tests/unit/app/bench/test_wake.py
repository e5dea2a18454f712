"""The benchmark of wake words: what is counted."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench.wake import BEFORE, Wakes, told

HOUR = np.zeros(16_000 * 900, np.int16)
WORD = np.zeros(16_000, np.int16)


class Listener:
    def last_voice(self, sound: np.ndarray) -> float:
        return 0.8


def test_recall_delay_and_false_alarms_are_counted() -> None:
    called = [(WORD, Wakes([BEFORE + 1.0], [])), (WORD, Wakes([BEFORE + 0.9], [BEFORE + 0.7]))]
    talked = [(HOUR, Wakes([3.0], [])), (HOUR, Wakes([], []))]
    ours = told("ours", called, talked, Listener()).values  # type: ignore[arg-type]
    alone = told("alone", called, talked, Listener()).values  # type: ignore[arg-type]
    assert str(ours["recall"]).startswith("100.0 % (2 of 2")
    assert str(alone["recall"]).startswith("50.0 % (1 of 2")
    assert ours["delay p50 ms"] == pytest.approx(150)
    assert alone["delay p50 ms"] == pytest.approx(-100)
    assert (ours["false"], alone["false"], ours["hours"]) == (1, 0, 0.5)
    assert ours["an hour, 95 %"] == "0.1 to 11.1"


def test_nothing_heard_is_told_as_nothing() -> None:
    row = told("ours", [(WORD, Wakes([], []))], [(HOUR, Wakes([], []))], Listener()).values  # type: ignore[arg-type]
    assert str(row["recall"]).startswith("0.0 %")


def test_what_wakes_before_the_recording_begins_is_not_the_word() -> None:
    called = [(WORD, Wakes([BEFORE - 0.1, BEFORE + 0.9], [BEFORE - 0.1]))]
    ours = told("ours", called, [], Listener()).values  # type: ignore[arg-type]
    alone = told("alone", called, [], Listener()).values  # type: ignore[arg-type]
    assert ours["delay p50 ms"] == pytest.approx(100)
    assert str(alone["recall"]).startswith("0.0 %")
