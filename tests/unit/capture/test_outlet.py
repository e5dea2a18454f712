"""What the loudspeaker plays against what was written to it: the ear follows its echo by that."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.capture.outlet import CUSHION_MS, DRY_FOR, Outlet

BLOCK = np.full(320, 1000, np.int16)
SILENCE = np.zeros(320, np.int16)


class Device:
    """A loudspeaker at 16 kHz that plays when the test says so."""

    def __init__(self, outlet, rate=16_000):
        self._give = outlet.callback(rate, 1, "int16")
        self.played = np.zeros(0, np.int16)

    def play(self, count=320):
        room = np.zeros((count, 1), np.int16)
        self._give(room, count, None, None)
        self.played = np.concatenate([self.played, room[:, 0]])


@pytest.fixture
def outlet():
    return Outlet(now=lambda: 0.0)


def offset(outlet, device, written):
    """By how much later than it is written the next block is played, and what is said of it."""
    outlet.write(np.full(320, 7000, np.int16))
    said = outlet.shift
    for _ in range(60):
        device.play()
    return int(np.flatnonzero(device.played == 7000)[0]) - written, said


def test_the_cushion_comes_later_by_what_it_is(outlet):
    device = Device(outlet)
    for _ in range(5):
        outlet.write(BLOCK)
        device.play()
    assert offset(outlet, device, 5 * 320) == (CUSHION_MS * 16, CUSHION_MS * 16)


def test_silence_that_is_left_out_comes_sooner(outlet):
    device = Device(outlet)
    for block in [BLOCK] * 12 + [SILENCE] * 5:
        outlet.write(block)
    late = CUSHION_MS * 16 - 5 * 320
    assert offset(outlet, device, 17 * 320) == (late, late)


def test_a_gap_comes_later_by_its_length_and_the_new_cushion(outlet):
    device = Device(outlet)
    for _ in range(3):
        outlet.write(BLOCK)
        device.play()
    before = outlet.shift
    for _ in range(9):
        device.play()
    gap = outlet.shift - before
    assert gap > 0
    outlet.write(BLOCK)
    assert outlet.shift > before + gap


def test_silence_at_rest_is_as_long_as_what_the_device_plays_meanwhile(outlet):
    device = Device(outlet)
    for _ in range(3):
        outlet.write(BLOCK)
        device.play()
    for _ in range(9):
        device.play()
    before = outlet.shift
    for _ in range(10):
        outlet.rest(4_800)
        device.play(4_800)
    assert outlet.shift == before


def test_sound_that_gave_way_because_nobody_played_it_comes_sooner(outlet):
    device = Device(outlet)
    for _ in range(60):
        outlet.write(BLOCK)
    late = 16_000 - 320 - 60 * 320
    assert offset(outlet, device, 60 * 320) == (late, late)


def test_what_waits_fades_out_at_once_and_nothing_moves(outlet):
    device = Device(outlet)
    for _ in range(5):
        outlet.write(BLOCK)
    device.play()
    device.play()
    assert outlet.hush(8) == CUSHION_MS * 16 + 3 * 320 - 8 * 16
    for _ in range(6):
        outlet.write(SILENCE)
        device.play()
    assert not device.played[CUSHION_MS * 16 + 8 * 16 :].any()
    assert offset(outlet, device, 11 * 320) == (CUSHION_MS * 16, CUSHION_MS * 16)


def test_of_another_rate_nothing_is_left_in_the_converter(outlet):
    device = Device(outlet, 48_000)
    for _ in range(50):
        outlet.write(BLOCK)
        device.play(960)
    outlet.hush(8)
    before = len(device.played)
    for _ in range(10):
        outlet.write(SILENCE)
        device.play(960)
    assert not device.played[before + 400 :].any()


def test_where_no_more_waits_than_the_fade_takes_it_is_left_to_whoever_writes(outlet):
    device = Device(outlet)
    outlet.write(BLOCK)
    assert outlet.hush(CUSHION_MS + 20) == 0
    device.play(CUSHION_MS * 16 + 320)
    assert device.played[-320:].all()


def test_without_a_loudspeaker_nothing_waits(outlet):
    assert outlet.hush(8) == 0


def test_every_stream_that_counts_is_counted(outlet):
    Device(outlet)
    beside = outlet.callback(16_000, 1, "int16", beside=True)
    assert outlet.streams == 1
    outlet.turn()
    assert outlet.streams == 2
    assert beside is not None


@pytest.mark.parametrize(("pause", "dry"), [(0.05, False), (0.07, True)])
def test_a_device_that_asks_too_late_while_something_sounds_has_run_dry(pause, dry):
    clock = [0.0]
    outlet = Outlet(now=lambda: clock[0])
    device = Device(outlet)
    outlet.delay = 0.04
    for number in range(60):
        outlet.write(BLOCK)
        device.play()
        clock[0] += pause if number % 15 == 14 else 0.02
    assert outlet.dry is dry
    clock[0] += DRY_FOR
    assert not outlet.dry


def test_in_silence_it_matters_to_nobody_how_late_a_device_asks():
    clock = [0.0]
    outlet = Outlet(now=lambda: clock[0])
    device = Device(outlet)
    for _ in range(20):
        outlet.write(SILENCE)
        device.play()
        clock[0] += 0.5
    assert not outlet.dry
