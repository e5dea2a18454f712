"""The ear's sign of life: how often, and what level it tells."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.beat import FRAME_BLOCKS, LINGER, SETTLED, Beat, Stride
from roomtone.base.frame import BLOCK_MS
from roomtone.capture.devices import DOZE, REST, WORK, Paces


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


AT_REST = Paces(REST["output"], REST["input"])


def paces(stride, t, *, busy=False, rests=False):
    return stride.next(t, 0, busy=busy, rests=rests).paces


def test_devices_rest_after_a_while_and_the_loudspeaker_in_spite_of_talk():
    stride = Stride()
    assert paces(stride, 1.0, busy=True) == Paces(WORK, WORK)
    assert paces(stride, 1.0 + SETTLED) == Paces(REST["output"], DOZE)
    assert paces(stride, 1.0 + 2 * SETTLED, rests=True) == AT_REST
    assert paces(stride, 2.0 + 2 * SETTLED, busy=True, rests=True) == Paces(WORK, WORK)


def test_talk_that_begins_in_a_quiet_room_is_heard_at_once_and_what_goes_on_is_not():
    stride = Stride()
    assert paces(stride, 20.0, rests=True) == AT_REST
    assert paces(stride, 21.0) == Paces(REST["output"], WORK)
    assert paces(stride, 20.0 + SETTLED) == Paces(REST["output"], DOZE)
    assert paces(stride, 25.0 + SETTLED, rests=True) == Paces(REST["output"], DOZE)
    assert paces(stride, 20.0 + 2 * SETTLED, rests=True) == AT_REST


def test_who_calls_in_the_middle_of_talk_is_heard_block_by_block():
    stride = Stride()
    assert paces(stride, 30.0) == Paces(REST["output"], DOZE)
    assert paces(stride, 30.1, busy=True) == Paces(WORK, WORK)
    assert paces(stride, 30.0 + SETTLED) == Paces(WORK, WORK)
    assert paces(stride, 30.2 + SETTLED) == Paces(REST["output"], DOZE)


def test_what_dozes_is_woken_as_often_as_two_frames_are_whole():
    assert DOZE.block_ms == FRAME_BLOCKS * BLOCK_MS
