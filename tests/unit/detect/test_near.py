"""Somebody over our own sound, told by what the canceller leaves. The room is simulated."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.room import Room, speechlike
from roomtone.base.error import OwnerError
from roomtone.capture.echo import canceller
from roomtone.capture.settings import SoundSettings
from roomtone.detect.near import Alone, Near
from roomtone.system.paths import shipped

BLOCK = 320
SPOKEN = (9.0, 10.0)


@pytest.fixture
def near():
    return Near(str(shipped() / "starter" / "near" / "near.onnx"))


def listen(near, played, heard):
    """The seconds at which somebody speaks over us, and those at which somebody may."""
    taken = canceller(SoundSettings(), delay_s=0.08)
    begins, perhaps = [], []
    for at in range(0, len(heard) - BLOCK + 1, BLOCK):
        block, t = slice(at, at + BLOCK), at / 16_000
        taken.clean(heard[block], played[block])
        near.heard(taken.residue, alone=False)
        near.feed(0.9 if SPOKEN[0] <= t < SPOKEN[1] else 0.1)
        begins += [t] * near.begins
        perhaps += [t] * near.perhaps
    return begins, perhaps


@pytest.mark.parametrize("echo_db", [-20, -10, 0])
def test_our_own_voice_alone_is_nobody(near, echo_db):
    played = speechlike(16.0, seed=7)
    heard = Room(rt60=0.3, echo_db=echo_db, noise_db=-50).heard(played)
    begins, _ = listen(near, played, heard)
    assert begins == []


@pytest.mark.parametrize("echo_db", [-20, -10, 0])
def test_somebody_over_it_is_told_within_a_fifth_of_a_second(near, echo_db):
    played, over = speechlike(12.0), np.zeros(192_000)
    over[144_000:160_000] = speechlike(1.0, seed=9)
    heard = Room(echo_db=echo_db, noise_db=-55).heard(played, over)
    begins, perhaps = listen(near, played, heard)
    assert SPOKEN[0] <= begins[0] < SPOKEN[0] + 0.2
    assert min(t for t in perhaps if t >= SPOKEN[0]) <= begins[0]


def test_whoever_spoke_at_the_end_of_an_answer_does_not_speak_over_the_next(near):
    played, over = speechlike(10.0), np.zeros(160_000)
    over[144_000:] = speechlike(1.0, seed=9)
    heard = Room(echo_db=-10, noise_db=-55).heard(played, over)
    begins, _ = listen(near, played, heard)
    assert begins[-1] > 9.8
    near.heard([], alone=True)
    near.feed(0.1)
    near.heard([np.zeros(35, np.float32)], alone=False)
    near.feed(0.1)
    assert not near.begins


def test_without_the_network_only_who_speaks_while_we_are_silent_is_somebody():
    alone = Alone("why")
    alone.heard([np.zeros(35, np.float32)], alone=False)
    alone.feed(0.9)
    assert (alone.clear, alone.begins, alone.perhaps) == (False, False, False)
    alone.heard([], alone=True)
    assert (alone.clear, alone.begins, alone.complaint) == (True, False, "why")


def test_a_voice_while_nothing_of_ours_sounds_is_somebodys(near):
    near.heard([], alone=True)
    near.feed(0.9)
    assert (near.clear, near.begins, near.perhaps) == (True, False, False)


def test_while_the_canceller_knows_nothing_nobody_is_told(near):
    near.heard([], alone=False)
    near.feed(0.9)
    assert (near.clear, near.begins, near.perhaps) == (False, False, False)


def test_a_missing_network_says_what_to_do(tmp_path):
    with pytest.raises(OwnerError, match="models pull"):
        Near(str(tmp_path / "near.onnx"))
