from __future__ import annotations

import numpy as np
import pytest

from roomtone.speak.level import Edges, bend, pcm, speech_rms

RATE = 16_000


def tone(seconds: float, peak: float) -> np.ndarray:
    t = np.arange(int(seconds * RATE)) / RATE
    return (peak * np.sin(2 * np.pi * 200 * t)).astype(np.float32)


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), np.float32)


def trimmed(sound: np.ndarray, *, piece: float = 10.0, before: float = 0.0, after: float = 0.0):
    edges = Edges(RATE, 0.005, before=before)
    size = int(piece * RATE)
    pieces = [edges.feed(sound[at : at + size]) for at in range(0, len(sound), size)]
    return np.concatenate([*pieces, edges.end(after=after)])


def test_silence_at_the_edges_is_cut_to_measure() -> None:
    sound = np.concatenate([quiet(0.3), tone(1.0, 0.5), quiet(0.6)])
    left = trimmed(sound, before=0.02, after=0.15)
    assert len(left) / RATE == pytest.approx(1.18, abs=0.02)
    assert not left[-int(0.15 * RATE) :].any()


@pytest.mark.parametrize("piece", [0.013, 0.1, 0.37])
def test_the_edges_are_the_same_however_the_sound_comes_in(piece: float) -> None:
    hiss = np.random.default_rng(1).uniform(-0.5, 0.5, int(0.4 * RATE)).astype(np.float32)
    sound = np.concatenate([quiet(0.3), hiss, quiet(0.2), hiss, quiet(0.6)])
    whole = trimmed(sound, before=0.02, after=0.15)
    in_pieces = trimmed(sound, piece=piece, before=0.02, after=0.15)
    assert len(in_pieces) == pytest.approx(len(whole), abs=0.02 * RATE)
    late = int(np.argmax(np.correlate(in_pieces[:8000], whole[1000:4000], "valid"))) - 1000
    middle = int(0.9 * RATE)
    assert np.array_equal(in_pieces[1000 + late : middle + late], whole[1000:middle])


def test_faint_noise_counts_as_silence_and_a_soft_ending_does_not() -> None:
    noise = (0.001 * np.random.default_rng(1).standard_normal(RATE)).astype(np.float32)
    sound = np.concatenate([noise, tone(0.5, 0.5), tone(0.2, 0.02), noise])
    assert len(trimmed(sound)) / RATE == pytest.approx(0.71, abs=0.02)


def test_of_silence_nothing_is_left() -> None:
    assert not len(trimmed(quiet(1.0), before=0.02, after=0.15))
    assert not len(trimmed(quiet(0.0), before=0.02, after=0.15))


def test_long_silence_before_speech_is_not_kept() -> None:
    edges = Edges(RATE, 0.005, before=0.02)
    for _ in range(100):
        assert not len(edges.feed(quiet(0.5)))
    assert len(edges.feed(tone(0.2, 0.5))) <= 0.24 * RATE


@pytest.mark.parametrize("tail", [0.0, 0.3])
def test_a_clause_begins_and_ends_at_zero_and_its_middle_is_untouched(tail: float) -> None:
    sound = np.concatenate([np.full(RATE, 0.5, np.float32), quiet(tail)])
    left = trimmed(sound)
    assert abs(left[0]) < 1e-6
    assert abs(left[-1]) < 1e-6
    assert np.abs(np.diff(left[: RATE - 200])).max() < 0.02
    assert np.array_equal(left[100 : RATE - 200], sound[100 : RATE - 200])


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
