"""What no live microphone delivers."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.capture.symptom import Constant, steady_rate


def feed(constant, value, seconds):
    for _ in range(round(seconds / 0.02)):
        constant.take(np.full(320, value, np.int16), 0.02)


def arrivals(rate, seconds=3.0, jitter=0.0, gap=0.0):
    """Deliveries of 20 ms each; half-way, `gap` seconds of sound never come."""
    noise = np.random.default_rng(0).uniform(-jitter, jitter, round(seconds / 0.02))
    lost = [gap * (n > len(noise) / 2) for n in range(len(noise))]
    return [(0.02 * n + noise[n], round(rate * (0.02 * n - lost[n]))) for n in range(len(noise))]


@pytest.mark.parametrize(("value", "name"), [(0, "silent"), (-32768, "stuck"), (17, "stuck")])
def test_one_value_for_two_seconds_is_a_fault(value, name):
    constant = Constant()
    feed(constant, 5, 0.02)
    feed(constant, value, 1.4)
    assert not constant.lasts
    feed(constant, value, 0.2)
    assert constant.lasts == name


def test_the_softest_noise_is_a_live_microphone():
    constant = Constant()
    feed(constant, 0, 2.0)
    constant.take(np.array([0, 0, 1, 0]), 0.02)
    assert not constant.lasts
    assert constant.varies


def test_another_stream_is_judged_anew():
    constant = Constant()
    feed(constant, 0, 2.0)
    constant.restart()
    assert not constant.lasts
    assert not constant.varies


def test_a_microphone_that_shuts_itself_between_sounds_is_given_time():
    constant = Constant()
    for _ in range(3):
        feed(constant, 0, 2.0)
        feed(constant, 9, 0.02)
    feed(constant, 0, 30.0)
    assert not constant.lasts
    feed(constant, 0, 31.0)
    assert constant.lasts == "silent"


@pytest.mark.parametrize("rate", [14_700, 15_900, 16_000, 17_400])
def test_a_rate_is_measured_through_jitter(rate):
    assert steady_rate(arrivals(rate, jitter=0.015)) == pytest.approx(rate, rel=0.005)


@pytest.mark.parametrize("gap", [0.04, 0.08, 0.12, 0.2, 0.5])
def test_a_gap_in_the_sound_is_no_wrong_rate(gap):
    whole = arrivals(16_000, seconds=6.0, gap=gap)
    measured = [steady_rate(whole[:end]) for end in range(150, 300)]
    assert all(rate is None or abs(rate / 16_000 - 1) < 0.02 for rate in measured)


def test_a_moment_is_too_short_to_measure():
    assert steady_rate(arrivals(16_000, seconds=1.0)) is None
