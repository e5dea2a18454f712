"""The ear's sign of life: how often, and what level it tells."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.beat import FRAME_BLOCKS, LINGER, SETTLED, Beat, Stride


def fed(beat: Beat, size: int, count: int, value: int = 3277, *, rests: bool) -> list[float]:
    levels = (beat.feed(np.full(size, value, np.int16), rests=rests) for _ in range(count))
    return [level for level in levels if level is not None]


def test_a_tick_comes_every_80_ms_with_the_level():
    assert fed(Beat(), 320, 8, rests=False) == pytest.approx([-20.0, -20.0])


def test_at_rest_it_comes_every_300_ms():
    assert len(fed(Beat(), 1600, 30, rests=True)) == 10


def test_it_comes_at_once_when_a_rest_ends():
    beat = Beat()
    assert fed(beat, 1600, 2, rests=True) == []
    assert len(fed(beat, 320, 1, rests=False)) == 1


def test_nothing_at_all_is_120_db_below():
    assert fed(Beat(), 320, 4, 0, rests=False) == [-120.0]


def test_two_frames_are_scored_as_soon_as_they_are_whole():
    for blocks in range(9):
        pace = Stride().next(9.0, blocks, busy=False, rests=False)
        assert (blocks + pace.blocks) % FRAME_BLOCKS == 0


def test_in_a_quiet_room_it_is_woken_three_times_a_second():
    assert Stride().next(9.0, 7, busy=False, rests=True).blocks == 15


def test_it_begins_block_by_block_so_that_its_first_signs_come_at_once():
    assert Stride().next(0.0, 0, busy=False, rests=True).blocks == 1
    assert Stride().next(LINGER, 0, busy=False, rests=True).blocks == 15


def test_an_answer_that_comes_soon_waits_for_one_block_only():
    stride = Stride()
    assert stride.next(9.0, 7, busy=True, rests=False).blocks == 1
    assert stride.next(9.1 + LINGER / 2, 8, busy=False, rests=True).blocks == 1
    assert stride.next(9.1 + LINGER, 9, busy=False, rests=True).blocks == 15


def test_devices_rest_after_a_while_and_the_loudspeaker_in_spite_of_talk():
    stride = Stride()
    assert stride.next(1.0, 0, busy=True, rests=False).resting == (False, False)
    assert stride.next(1.0 + SETTLED, 0, busy=False, rests=False).resting == (True, False)
    assert stride.next(1.0 + 2 * SETTLED, 0, busy=False, rests=True).resting == (True, True)
    assert stride.next(2.0 + 2 * SETTLED, 0, busy=True, rests=True).resting == (False, False)
