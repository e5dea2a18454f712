"""How much a look counts: much while little is known, little later."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.capture.trust import Trust

EVERY = 8_000


def follow(trust, looks, delay, drift, noise, age=EVERY):
    """(delay, drift) after so many looks at a line that begins at 0 and grows by `drift`."""
    guess, slope = delay, 0.0
    for number in range(1, looks + 1):
        guess += slope * EVERY
        trust.wait(EVERY)
        seen = drift * (number * EVERY - age) + noise.normal(0, 0.3)
        off = seen - (guess - slope * age)
        pull, turn = trust.look(age)
        guess, slope = guess + pull * off, slope + turn * off
    return guess, slope


@pytest.mark.parametrize("drift", [-1e-4, 0.0, 5e-5])
def test_a_drift_is_known_after_ten_seconds(drift):
    noise = np.random.default_rng(1)
    guess, slope = follow(Trust(), 20, 0.5, drift, noise)
    assert slope == pytest.approx(drift, abs=1.5e-5)
    assert guess == pytest.approx(drift * 20 * EVERY, abs=0.6)


def test_what_is_known_hardly_moves_for_a_look():
    trust = Trust()
    shares = []
    for _ in range(100):
        trust.wait(EVERY)
        shares.append(trust.look(EVERY)[0])
    assert shares[0] > 0.3
    assert 0.0 < shares[-1] < 0.15


def test_after_a_long_rest_the_first_look_counts_much():
    trust = Trust()
    follow(trust, 40, 0.0, 1e-5, np.random.default_rng(1))
    trust.wait(3600 * 16_000)
    assert trust.look(EVERY)[0] > 0.9


def test_a_drift_that_is_in_doubt_is_learned_anew():
    trust = Trust()
    follow(trust, 40, 0.0, 0.0, np.random.default_rng(1))
    before = trust.look(EVERY)[1]
    trust.doubt()
    trust.wait(3 * EVERY)
    assert abs(trust.look(EVERY)[1]) > 3 * abs(before)
