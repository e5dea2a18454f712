"""How far a pause lies below the voice."""

from __future__ import annotations

import math

import numpy as np
import pytest

from roomtone.detect.depth import FADING, RISE, Depth, power


def heard(*hops: tuple[bool, float]) -> Depth:
    depth = Depth()
    for voiced, loud in hops:
        depth.feed(loud, voiced=voiced)
    return depth


def test_power_is_the_mean_square() -> None:
    assert power(np.array([3, -3, 3, -3], np.int16)) == pytest.approx(9)
    assert power(np.full(512, -32768, np.int16)) == pytest.approx(2**30)


def test_a_pause_at_a_hundredth_of_the_power_is_20_db_deep() -> None:
    assert heard((True, 100), (True, 300), *[(False, 2)] * 4).db == pytest.approx(20)


def test_the_end_of_the_last_sound_does_not_count_as_the_pause() -> None:
    fading = [(False, 100.0)] * FADING
    assert heard((True, 100), *fading, (False, 1)).db == pytest.approx(20)


def test_every_pause_is_measured_anew() -> None:
    loud = [(False, 100.0)] * 8
    soft = [(False, 1.0)] * (FADING + 1)
    assert heard((True, 100), *loud, (True, 100), *soft).db == pytest.approx(20)


@pytest.mark.parametrize("hops", [[], [(True, 9.0)], [(False, 9.0)] * 5, [(True, 9.0), (False, 1)]])
def test_without_voice_or_pause_nothing_is_shallow(hops: list[tuple[bool, float]]) -> None:
    assert heard(*hops).db == math.inf


def test_digital_silence_is_deep() -> None:
    assert heard((True, 9.0), *[(False, 0.0)] * 5).db == math.inf


def test_what_is_louder_than_the_softest_hop_of_the_pause_rises() -> None:
    fading = [(False, 100.0)] * FADING
    soft = [(False, 2.0), (False, 1.0)]
    assert heard((True, 100), *fading, *soft).rising == 0
    assert heard((True, 100), *fading, *soft, (False, 0.9 * RISE)).rising == 0
    assert heard((True, 100), *fading, *soft, *[(False, 1.1 * RISE)] * 3).rising == 3
    assert heard((True, 100), *fading, *soft, (False, 1.1 * RISE), (False, 1.0)).rising == 0


def test_a_pause_that_still_fades_does_not_rise() -> None:
    assert heard((True, 100), *[(False, 90.0 / 3**n) for n in range(6)]).rising == 0


def test_a_sound_out_of_digital_silence_rises() -> None:
    assert heard((True, 100), *[(False, 0.0)] * 4, (False, 1.0)).rising == 1
    assert heard((True, 100), *[(False, 0.0)] * 6).rising == 0
