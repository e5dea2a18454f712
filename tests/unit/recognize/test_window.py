from __future__ import annotations

import numpy as np
import pytest

from roomtone.recognize.window import (
    FULL,
    LEAST,
    TAIL,
    fill,
    frames_for,
    longer,
    loudest_db,
    pieces,
)

RATE = 16_000


@pytest.mark.parametrize("bands", [80, 128])
def test_no_length_is_mistaken_for_a_spectrogram(bands: int) -> None:
    for samples in range(0, 31 * RATE, 331):
        assert (frames_for(samples, bands) + 1) // 2 != bands


@pytest.mark.parametrize("bands", [80, 128])
def test_silence_follows_every_sound_that_leaves_room_for_it(bands: int) -> None:
    for samples in range(0, 29 * RATE, 997):
        assert frames_for(samples, bands) * 160 >= samples + TAIL * 160


def test_a_short_sound_gets_three_seconds_and_a_long_one_no_more_than_thirty() -> None:
    assert frames_for(0, 80) == LEAST
    assert frames_for(60 * RATE, 80) == FULL


def test_lengths_come_from_a_short_list() -> None:
    assert len({frames_for(samples, 80) for samples in range(0, 30 * RATE, 160)}) < 90


def test_a_trapped_length_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roomtone.recognize.window.LEAST", 64)
    assert 160 not in {frames_for(samples, 80) for samples in range(0, 3 * RATE, 160)}
    assert 256 not in {frames_for(samples, 128) for samples in range(0, 4 * RATE, 160)}
    assert 256 in {frames_for(samples, 80) for samples in range(0, 4 * RATE, 160)}


def test_a_sound_is_filled_with_silence_to_the_very_frame() -> None:
    filled = fill(np.ones(1000, np.float32), 320)
    assert len(filled) == 320 * 160
    assert filled[:1000].min() == 1.0
    assert not filled[1000:].any()


def test_a_sound_up_to_28_seconds_stays_whole() -> None:
    sound = np.ones(28 * RATE, np.float32)
    assert [len(piece) for piece in pieces(sound)] == [28 * RATE]


def test_a_longer_sound_is_cut_in_its_quietest_moment_and_nothing_is_lost() -> None:
    sound = np.ones(60 * RATE, np.float32)
    sound[23 * RATE : 23 * RATE + RATE // 2] = 0.0
    cut = pieces(sound)
    assert 23 * RATE <= len(cut[0]) <= 23 * RATE + RATE // 2
    assert all(len(piece) <= 28 * RATE for piece in cut)
    assert np.array_equal(np.concatenate(cut), sound)


def test_the_level_is_that_of_the_loudest_20_ms() -> None:
    sound = np.zeros(RATE, np.float32)
    assert loudest_db(sound) == -120.0
    assert loudest_db(sound[:0]) == -120.0
    sound[3200:3520] = 0.1
    assert loudest_db(sound) == pytest.approx(-20.0, abs=0.1)


@pytest.mark.parametrize(
    ("frames", "again"), [(320, 1024), (500, 1024), (800, 1600), (2000, FULL), (FULL, FULL)]
)
def test_a_doubtful_sound_is_read_again_in_a_longer_window(frames, again):
    assert longer(frames) == again
