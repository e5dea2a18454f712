from __future__ import annotations

import hashlib

import numpy as np
import pytest

from roomtone.base.frame import seconds
from roomtone.speak.cue import PEAKS, Cue, cue, names


def samples(name: Cue) -> np.ndarray:
    return np.frombuffer(cue(name), "<i2") / 32768


@pytest.mark.parametrize("name", ["woken", "unheard", "understood", "failed"])
def test_a_sign_is_over_in_a_quarter_of_a_second(name: Cue) -> None:
    assert 0.08 <= seconds(cue(name)) <= 0.25


def test_the_alarm_lasts_about_a_second() -> None:
    assert 1.0 <= seconds(cue("alarm")) <= 1.4


@pytest.mark.parametrize("name", names())
def test_no_cue_clicks(name: Cue) -> None:
    sound = samples(name)
    for edge in (sound[:8], sound[-8:]):
        assert np.abs(np.diff(edge)).max() < 0.002
    assert sound[0] == sound[-1] == 0.0


@pytest.mark.parametrize("name", names())
def test_each_cue_peaks_where_it_is_meant_to(name: Cue) -> None:
    assert np.abs(samples(name)).max() == pytest.approx(PEAKS[name], abs=0.001)


def test_woken_rises_and_failed_falls() -> None:
    def pitch(part: np.ndarray) -> float:
        return float(np.abs(np.fft.rfft(part, 16_384)).argmax() * 16_000 / 16_384)

    woken, failed = samples("woken"), samples("failed")
    assert pitch(woken[1600:]) > 1.3 * pitch(woken[:1100])
    assert pitch(failed[2200:]) < 0.85 * pitch(failed[:1500])


def test_a_cue_is_the_same_every_time_and_unlike_the_others() -> None:
    assert cue("woken") is cue("woken")
    assert len({hashlib.sha256(cue(name)).digest() for name in names()}) == 8
