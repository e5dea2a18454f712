"""What is left of a block, against what is to be expected of our own voice."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.room import speechlike
from roomtone.capture.residue import EDGES, FIGURES, Residue

BLOCK = 320
BANDS = len(EDGES) - 1
NOISE = np.random.default_rng(1).normal(0, 20, 10 * 16_000)


def run(residue, echo, left, *, loud=True):
    """The figures of every block: `echo` was in the sound, `left` still is."""
    heard = np.rint(echo + left).astype(np.int16)
    left = np.rint(left).astype(np.int16)
    return np.array(
        [
            residue.feed(
                heard[at : at + BLOCK], left[at : at + BLOCK], left[at : at + BLOCK], loud=loud
            )
            for at in range(0, len(heard) - BLOCK + 1, BLOCK)
        ]
    )


def of(figures, kind):
    """Mean over time and bands: 0 against the expected, 1 and 2 the echo, 3 noise, 4 the share."""
    return float(figures[:, kind * BANDS : (kind + 1) * BANDS].mean())


def test_a_block_makes_five_figures_for_every_band():
    figures = run(Residue(), speechlike(0.1), NOISE[:1600])
    assert figures.shape == (5, FIGURES)
    assert figures.dtype == np.float32
    assert np.isfinite(figures).all()


@pytest.mark.parametrize("share", [0.03, 0.3])
def test_the_share_of_our_own_voice_that_is_left_in_a_room_is_learned(share):
    echo = speechlike(6.0) * 0.5
    figures = run(Residue(), echo, share * echo + NOISE[: len(echo)])
    assert of(figures[-100:], 4) == pytest.approx(2 * np.log(share) / 3, abs=0.4)
    assert abs(of(figures[-100:], 0)) < 0.5


def test_somebody_stands_out_of_what_is_expected():
    echo, near = speechlike(6.0) * 0.5, np.zeros(96_000)
    near[80_000:] = speechlike(1.0, seed=9) * 0.25
    figures = run(Residue(), echo, 0.1 * echo + near + NOISE[: len(echo)])
    assert of(figures[255:], 0) > of(figures[200:248], 0) + 0.5


def test_nothing_is_learned_while_hardly_anything_is_played():
    figures = run(Residue(), np.zeros(32_000), NOISE[:32_000], loud=False)
    assert not figures[:, 4 * BANDS :].any()


def test_the_noise_of_the_last_seconds_counts_and_no_older_one():
    residue = Residue()
    echo = np.full(32_000, 0.0)
    loud = run(residue, echo, 30 * NOISE[:32_000], loud=False)
    soft = run(residue, np.zeros(96_000), NOISE[:96_000], loud=False)
    assert of(loud[-10:], 1) == pytest.approx(of(soft[-10:], 1), abs=0.4)


@pytest.mark.parametrize(("before", "since"), [(1, 30), (30, 1)])
def test_after_a_rest_the_noise_is_that_of_the_room_as_it_is_now(before, since):
    residue, silence = Residue(), np.zeros(16_000)
    run(residue, silence, before * NOISE[:16_000], loud=False)
    residue.rest(np.rint(since * NOISE[16_000:19_200]).astype(np.int16))
    late = run(residue, silence, since * NOISE[19_200:35_200], loud=False)
    assert of(late[:10], 1) == pytest.approx(of(late[-10:], 1), abs=0.25)
