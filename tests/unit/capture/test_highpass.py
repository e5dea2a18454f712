"""Below the voice nothing passes, above it everything, and no seam between blocks."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.capture.highpass import HighPass

T = np.arange(100 * 320) / 16_000


def through(sound):
    taken = HighPass()
    blocks = np.clip(np.rint(sound), -32768, 32767).astype(np.int16).reshape(-1, 320)
    return np.concatenate([taken.convert(block) for block in blocks]).astype(float)


def gain(hertz):
    out = through(10_000 * np.sin(2 * np.pi * hertz * T))[16_000:]
    return 20 * np.log10(np.sqrt((out**2).mean()) / (10_000 / np.sqrt(2)))


@pytest.mark.parametrize(
    ("hertz", "low", "high"),
    [(10, -40, -30), (50, -10, -8), (80, -3.2, -2.8), (200, -0.2, 0.1), (3000, -0.05, 0.05)],
)
def test_what_lies_below_the_voice_is_taken_away(hertz, low, high):
    assert low < gain(hertz) < high


def test_a_constant_offset_is_gone_from_the_first_sample():
    assert np.abs(through(np.full(3200, 6553.0))).max() <= 1


def test_there_is_no_seam_between_blocks():
    out = through(10_000 * np.sin(2 * np.pi * 440 * T))[16_000:]
    assert np.abs(np.diff(out, 2)).max() < 10_000 * (2 * np.pi * 440 / 16_000) ** 2 * 1.02


def test_it_is_the_filter_of_the_textbook():
    rng = np.random.default_rng(0)
    sound = np.concatenate([np.zeros(320), rng.normal(0, 3000, 640)]).round()
    w = np.tan(np.pi * 80 / 16_000)
    norm = 1 + np.sqrt(2) * w + w * w
    b, a = np.array([1, -2, 1]) / norm, np.array([2 * (w * w - 1), 1 - np.sqrt(2) * w + w * w])
    expected = np.zeros(len(sound))
    for n in range(2, len(sound)):
        expected[n] = b @ sound[[n, n - 1, n - 2]] - a / norm @ expected[[n - 1, n - 2]]
    assert np.abs(through(sound) - expected).max() <= 1
