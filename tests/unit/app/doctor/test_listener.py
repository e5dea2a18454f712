"""What is measured of a room, against rooms whose delay and level are exactly known."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest

from roomtone.app.doctor.listener import levels, measure

DEVICES = {"input": "mic", "input_rate": 16_000, "output": "box", "output_rate": 16_000}


class RoomOf:
    """Gives back what was played, `delay` samples later, `gain` times as loud, in some noise."""

    def __init__(self, delay: int, gain: float, noise: float = 20.0) -> None:
        self._waiting = deque([0.0] * delay)
        self._gain = gain
        self._noise = noise
        self._dice = np.random.default_rng(3)
        self.lost = 0.0

    def write(self, block) -> None:
        self._waiting.extend(self._gain * block)

    def read(self):
        echo = np.array([self._waiting.popleft() for _ in range(320)])
        sound = echo + self._dice.normal(0, self._noise, 320) if self._noise else echo
        return np.clip(np.rint(sound), -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("milliseconds", [1, 40, 137, 480])
@pytest.mark.parametrize("decibels", [-3.0, -20.0, -35.0])
def test_delay_and_echo_are_those_of_the_room(milliseconds, decibels):
    found = measure(RoomOf(milliseconds * 16, 10 ** (decibels / 20)), DEVICES)
    assert found.echo is not None
    assert found.echo.delay_ms == pytest.approx(milliseconds, abs=0.5)
    assert found.echo.echo_db == pytest.approx(decibels, abs=0.5)


def test_a_loudspeaker_that_is_off_gives_no_echo():
    found = measure(RoomOf(800, 0.0), DEVICES)
    assert found.tone is not None
    assert found.echo is None


def test_without_a_loudspeaker_only_the_room_is_measured():
    found = measure(RoomOf(800, 1.0), {"input": "mic", "input_rate": 16_000})
    assert found.levels is not None
    assert found.tone is None


def test_without_a_microphone_nothing_is_measured():
    assert measure(RoomOf(0, 1.0), {"output": "box", "output_rate": 16_000}).levels is None


def test_a_floor_lies_below_words_and_clatter():
    sound = np.random.default_rng(1).normal(0, 32.768, 32_000)
    sound[8000:16_000] *= 100
    found = levels(np.rint(sound).astype(np.int16))
    assert found.floor_db == pytest.approx(-60, abs=1)
    assert found.level_db > -30
    assert not found.clipped


def test_sound_that_is_cut_off_is_seen():
    t = np.arange(16_000) / 16_000
    sound = np.clip(60_000 * np.sin(2 * np.pi * 200 * t), -32768, 32767).astype(np.int16)
    assert levels(sound).clipped > 0.5
    assert levels((sound * 0.9).astype(np.int16)).clipped == 0


def test_a_constant_is_no_room():
    assert levels(np.full(3200, 7, np.int16)).constant
    assert levels(np.zeros(3200, np.int16)).level_db == -120.0


def test_an_offset_is_no_loudness():
    sound = np.rint(500 + np.random.default_rng(1).normal(0, 3.2768, 16_000)).astype(np.int16)
    assert levels(sound).floor_db == pytest.approx(-80, abs=1)
