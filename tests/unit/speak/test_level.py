from __future__ import annotations

import numpy as np
import pytest

from roomtone.speak.level import bend, fade, pcm, speech_rms, trim

RATE = 16_000


def tone(seconds: float, peak: float) -> np.ndarray:
    t = np.arange(int(seconds * RATE)) / RATE
    return (peak * np.sin(2 * np.pi * 200 * t)).astype(np.float32)


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), np.float32)


def test_silence_at_the_edges_is_cut_to_measure() -> None:
    sound = np.concatenate([quiet(0.3), tone(1.0, 0.5), quiet(0.6)])
    trimmed = trim(sound, RATE, before=0.02, after=0.15)
    assert len(trimmed) / RATE == pytest.approx(1.17, abs=0.02)
    assert not trimmed[-int(0.15 * RATE) :].any()


def test_faint_noise_counts_as_silence_and_a_soft_ending_does_not() -> None:
    noise = (0.001 * np.random.default_rng(1).standard_normal(RATE)).astype(np.float32)
    sound = np.concatenate([noise, tone(0.5, 0.5), tone(0.2, 0.02), noise])
    assert len(trim(sound, RATE, before=0.0, after=0.0)) / RATE == pytest.approx(0.71, abs=0.02)


def test_of_silence_nothing_is_left() -> None:
    assert not len(trim(quiet(1.0), RATE, before=0.02, after=0.15))
    assert not len(trim(quiet(0.0), RATE, before=0.02, after=0.15))


def test_a_piece_begins_and_ends_at_zero_and_its_middle_is_untouched() -> None:
    sound = np.full(RATE, 0.5, np.float32)
    faded = fade(sound, RATE)
    assert faded[0] == faded[-1] == 0.0
    assert np.abs(np.diff(faded)).max() < 0.02
    assert np.array_equal(faded[100:-100], sound[100:-100])
    assert sound[0] == 0.5


def test_peaks_are_bent_below_full_scale_and_the_rest_is_left_alone() -> None:
    sound = np.array([0.0, 0.5, -0.7, 0.9, -1.5, 8.0], np.float32)
    bent = bend(sound)
    assert np.allclose(bent[:3], sound[:3])
    assert np.abs(bent).max() <= 0.98
    assert 0.7 < bent[3] < 0.9 < -bent[4] <= bent[5]


def test_the_level_of_speech_leaves_pauses_out() -> None:
    sound = np.concatenate([tone(1.0, 0.5), quiet(3.0)])
    assert speech_rms(sound, RATE) == pytest.approx(0.5 / np.sqrt(2), rel=0.01)
    assert speech_rms(quiet(1.0), RATE) == 0.0


def test_samples_are_signed_16_bit() -> None:
    assert pcm(np.array([0.0, 1.0, -1.0], np.float32)) == b"\x00\x00\xff\x7f\x01\x80"
