"""Recordings of the owner's, and noise under them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from roomtone.app.bench.recording import write
from roomtone.app.bench.recordings import Noise, recordings
from roomtone.base.error import OwnerError

TONE = (8000 * np.sin(np.arange(16_000) / 5)).astype(np.int16)


def test_every_sound_file_of_a_folder_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    for name in ("b.wav", "inside/a.wav"):
        write(tmp_path / name, TONE)
    (tmp_path / "notes.txt").write_text("no sound")
    found = list(recordings([tmp_path, tmp_path / "b.wav"]))
    assert [path.name for path, _ in found] == ["b.wav", "a.wav", "b.wav"]
    assert np.array_equal(found[0][1][:16_000], TONE)


def test_a_place_without_recordings_is_named(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="no sound file in"):
        list(recordings([tmp_path]))
    with pytest.raises(OwnerError, match="nothing at"):
        list(recordings([tmp_path / "none"]))


@pytest.mark.parametrize("snr", [0.0, 10.0, 20.0])
def test_the_noise_lies_as_far_below_as_is_wanted(snr: float) -> None:
    hiss = np.random.default_rng(1).normal(0, 300, 48_000).astype(np.int16)
    noisy = Noise(hiss, snr).under(TONE, TONE).astype(float) - TONE
    ratio = np.mean(TONE.astype(float) ** 2) / np.mean(noisy**2)
    assert 10 * np.log10(ratio) == pytest.approx(snr, abs=0.3)


def test_what_is_no_level_is_refused() -> None:
    for level in (float("nan"), float("inf"), 900.0):
        with pytest.raises(OwnerError, match="give decibels"):
            Noise(TONE, level)
