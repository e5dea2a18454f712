"""The spectrogram: as many frames as the sound has, loud where it is loud, within its range."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.recognize.mel import Mel

FILTERS = np.eye(8, 201, k=10, dtype=np.float32)
"""Band n hears 40 Hz around (n + 10) * 40 Hz."""


def tone(hertz: float, seconds: float) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(int(16_000 * seconds)) / 16_000).astype(np.float32)


@pytest.mark.parametrize(("samples", "frames"), [(3200, 20), (3359, 20), (3360, 21), (51_200, 320)])
def test_there_is_a_frame_for_every_whole_ten_milliseconds(samples, frames):
    made = Mel(FILTERS).frames(np.zeros(samples, np.float32))
    assert made.shape == (8, frames)
    assert made.dtype == np.float32


def test_a_tone_is_loudest_in_its_band():
    made = Mel(FILTERS).frames(tone(520.0, 1.0))
    assert (made[:, 5:-5].argmax(axis=0) == 3).all()


def test_the_spectrogram_ends_eight_powers_of_ten_below_the_loudest():
    sound = np.concatenate([tone(520.0, 0.5), np.zeros(8000, np.float32)])
    made = Mel(FILTERS).frames(sound)
    assert made.max() - made.min() == pytest.approx(2.0, abs=1e-6)


def test_silence_is_the_same_everywhere():
    made = Mel(FILTERS).frames(np.zeros(16_000, np.float32))
    assert (made == made[0, 0]).all()
