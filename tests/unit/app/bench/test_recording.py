"""Recordings with known ends, and where sound begins in them."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench import recording


def tone(seconds: float, level: float) -> np.ndarray:
    t = np.arange(round(16_000 * seconds)) / 16_000
    return (level * np.sin(2 * np.pi * 440 * t)).astype(np.int16)


def test_the_end_of_speech_is_where_it_was_put():
    sound, (label,) = recording.lay([(1.5, tone(0.5, 8000), "hello")], 4.0)
    assert len(sound) == 64_000
    assert (label.start, label.end, label.text) == (1.5, 2.0, "hello")
    assert np.abs(sound[24_000:32_000].astype(int)).max() > 7000
    assert np.abs(sound[32_000:].astype(int)).max() < 100


@pytest.mark.parametrize(("at", "lasts", "found"), [(0.5, 0.1, 0.5), (0.5, 0.01, None)])
def test_sound_counts_from_its_first_twenty_milliseconds(at, lasts, found):
    sound = recording.room(2.0, np.random.default_rng(0))
    begin = round(at * 16_000)
    sound[begin : begin + round(lasts * 16_000)] += tone(lasts, 5000)
    heard = recording.first_audible(sound, 0.1, 2.0)
    assert heard == (found if found is None else pytest.approx(found, abs=0.006))


def test_a_quiet_room_is_not_heard():
    assert recording.first_audible(recording.room(3.0, np.random.default_rng(1)), 0, 3) is None


def test_a_file_is_read_back(tmp_path):
    sound = tone(0.1, 1000)
    recording.write(tmp_path / "a.wav", sound)
    assert (recording.read(tmp_path / "a.wav") == sound).all()
