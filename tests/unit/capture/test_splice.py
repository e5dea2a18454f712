"""One stream of a microphone goes on in another, with no sample lost or heard twice."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.capture.splice import joint

SOUND = np.rint(np.random.default_rng(1).normal(0, 500, 16_000)).astype(np.int16)
TAIL = SOUND[7680:8000]


@pytest.mark.parametrize("wrong", [-3900, -3, 0, 250, 3900])
def test_the_sound_itself_tells_where_it_goes_on(wrong):
    assert joint(TAIL, SOUND[2000:], 6000 + wrong, 16_000, sure=True) == 6000


def test_it_is_waited_for_while_the_new_one_begins_too_late():
    assert joint(TAIL, SOUND[7900:], 100, 16_000, sure=True) is None
    assert joint(TAIL, SOUND[8500:], -500, 16_000, sure=True) is None
    assert joint(TAIL, SOUND[8500:], -500, 16_000, sure=False) == 0
    assert joint(TAIL, SOUND[7900:], 100, 16_000, sure=False) == 100


def test_what_is_still_to_come_is_told_by_the_clocks():
    assert joint(TAIL, SOUND[2000:7000], 6000, 16_000, sure=True) == 6000


def test_silence_goes_on_anywhere_in_silence():
    nothing = np.zeros(16_000, np.int16)
    assert joint(nothing[:320], nothing, 6000, 16_000, sure=True) == 6000
    assert joint(nothing[:320], SOUND, 6000, 16_000, sure=True) is None


def test_what_the_sound_does_not_bear_out_is_left_to_the_clocks_in_the_end():
    other = np.rint(np.random.default_rng(2).normal(0, 500, 16_000)).astype(np.int16)
    assert joint(TAIL, other, 6000, 16_000, sure=False) == 6000
    assert joint(TAIL, other, 6000, 16_000, sure=True) is None
