"""The gate: closed in a quiet room, open for every voice."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.detect.gate import HANGOVER, Gate

BLOCK = 320


class Room:
    """Noise of a level in dB of full scale, block by block; seconds of it at a time."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.dice = np.random.default_rng(1)

    def hears(self, db: float, seconds: float) -> list[bool]:
        blocks = self.dice.normal(0, 32768 * 10 ** (db / 20), (round(seconds * 50), BLOCK))
        return [self.gate.feed(block.astype(np.int16)) for block in blocks]


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.parametrize("noise", [-120.0, -75.0, -60.0, -45.0])
def test_a_quiet_room_closes_it(room: Room, noise: float) -> None:
    room.hears(noise, 6)
    assert not any(room.hears(noise, 60))


@pytest.mark.parametrize("noise", [-120.0, -75.0, -60.0, -45.0])
def test_a_voice_a_little_over_the_noise_opens_it_at_once(room: Room, noise: float) -> None:
    room.hears(noise, 10)
    assert all(room.hears(max(noise, -80.0) + 6, 0.2))


def test_it_stays_open_over_the_pauses_of_a_speaker(room: Room) -> None:
    room.hears(-60, 10)
    room.hears(-30, 0.5)
    assert all(room.hears(-60, HANGOVER - 0.1))
    assert not room.hears(-60, 1.0)[-1]


def test_steady_noise_is_forgotten_in_half_a_minute(room: Room) -> None:
    room.hears(-60, 10)
    assert room.hears(-40, 5)[-1]
    assert not room.hears(-40, 30)[-1]


def test_a_voice_that_goes_on_is_not_taken_for_the_room(room: Room) -> None:
    room.hears(-60, 10)
    for _ in range(30):
        assert all(room.hears(-30, 0.7))
        assert all(room.hears(-58, 0.3))


def test_it_is_open_from_the_first_moment(room: Room) -> None:
    assert all(room.hears(-60, 1.0))
