"""The tone is found where it is, as loud as it is, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.doctor import chirp

RATE = 16_000


def noise(seconds: float, height: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, height, round(seconds * RATE))


def heard(delay: int, gain: float, height: float = 0.0, seconds: float = 2.0) -> np.ndarray:
    """`seconds` of a noisy room in which the tone comes after `delay` samples."""
    sound = noise(seconds, height) if height else np.zeros(round(seconds * RATE))
    tone = chirp.tone()
    sound[delay : delay + len(tone)] += gain * tone
    return np.clip(np.rint(sound), -32768, 32767).astype(np.int16)


def room(height: float) -> np.ndarray:
    return np.rint(noise(2.0, height, seed=2)).astype(np.int16)


@pytest.mark.parametrize("delay", [0, 7, 1600, 16_001])
@pytest.mark.parametrize("decibels", [0.0, -12.0, -40.0])
def test_delay_and_level_are_found_in_a_quiet_room(delay, decibels):
    found = chirp.find(heard(delay, 10 ** (decibels / 20), 10.0), 0, room(10.0))
    assert found is not None
    assert found.delay_ms == pytest.approx(delay / 16, abs=0.1)
    assert found.echo_db == pytest.approx(decibels, abs=0.5)


def test_it_is_found_below_the_noise():
    found = chirp.find(heard(3200, 0.1, 700.0), 0, room(700.0))
    assert found is not None
    assert found.delay_ms == pytest.approx(200, abs=0.5)
    assert found.echo_db == pytest.approx(-20, abs=1.0)


@pytest.mark.parametrize("seed", range(20))
def test_noise_alone_is_no_tone(seed):
    sound = np.rint(noise(2.0, 500.0, seed=seed + 10)).astype(np.int16)
    assert chirp.find(sound, 0, room(500.0)) is None


def test_silence_is_no_tone():
    assert chirp.find(np.zeros(32_000, np.int16), 0, np.zeros(32_000, np.int16)) is None


def test_a_microphone_wired_the_other_way_round_hears_it_too():
    found = chirp.find(heard(800, -0.5), 0, room(1.0))
    assert found is not None
    assert found.delay_ms == 50.0
    assert found.echo_db == pytest.approx(-6, abs=0.2)


def test_the_delay_counts_from_the_moment_it_was_played():
    found = chirp.find(heard(4000, 0.5), 2400, room(1.0))
    assert found is not None
    assert found.delay_ms == 100.0


def test_the_echo_of_the_walls_counts_into_the_level():
    sound = heard(800, 0.5).astype(np.float64)
    tone = chirp.tone()
    sound[2400 : 2400 + len(tone)] += 0.5 * tone
    found = chirp.find(sound.astype(np.int16), 0, room(1.0))
    assert found is not None
    assert found.delay_ms == 50.0
    assert found.echo_db == pytest.approx(-3, abs=0.6)


def test_the_tone_is_soft_and_has_no_clicks():
    tone = chirp.tone().astype(float)
    assert np.abs(tone).max() < 0.21 * 32768
    assert np.abs(np.diff(tone[:20])).max() < 100
    assert abs(tone[-1]) < 100
