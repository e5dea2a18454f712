"""Bounded, oldest first out, nothing reordered."""

from __future__ import annotations

import threading
import time

import numpy as np

from roomtone.capture.ring import Ring


def frames(*values):
    return np.array(values, np.int16)[:, None]


def test_what_goes_in_comes_out_in_order_across_the_seam():
    ring = Ring(5, 1, "int16")
    out = []
    for value in range(0, 30, 3):
        ring.push(frames(value, value + 1, value + 2))
        out += ring.pull(3)[:, 0].tolist()
    assert out == list(range(30))


def test_a_full_ring_drops_the_oldest_and_counts():
    ring = Ring(4, 1, "int16")
    ring.push(frames(1, 2, 3))
    ring.push(frames(4, 5, 6))
    assert ring.pull(9)[:, 0].tolist() == [3, 4, 5, 6]
    assert (ring.lost(), ring.lost()) == (2, 0)


def test_a_burst_longer_than_the_ring_leaves_its_end():
    ring = Ring(3, 1, "int16")
    ring.push(frames(*range(10)))
    assert ring.pull(9)[:, 0].tolist() == [7, 8, 9]
    assert ring.lost() == 7


def test_waiting_for_an_empty_ring_gives_up():
    assert not Ring(3, 1, "int16").wait(0.001)


def test_channels_stay_side_by_side():
    ring = Ring(4, 2, "float32")
    ring.push(np.array([[0.1, 0.2], [0.3, 0.4]], np.float32))
    assert ring.pull(2).shape == (2, 2)


def test_who_waits_for_many_frames_is_woken_by_the_last_of_them():
    ring, seen = Ring(100, 1, "int16"), []
    waiter = threading.Thread(target=lambda: seen.append((ring.wait(30, 50), len(ring))))
    waiter.start()
    while not ring._wanted:
        time.sleep(0.001)
    for value in range(4):
        ring.push(frames(*[value] * 10))
        time.sleep(0.005)
        assert not seen
    ring.push(frames(*[4] * 10))
    waiter.join(30)
    assert seen == [(True, 50)]


def test_one_wait_after_another_counts_anew():
    ring = Ring(100, 1, "int16")
    ring.push(frames(1, 2, 3))
    assert ring.wait(0.001, 50)
    ring.push(frames(*range(50)))
    assert ring.wait(0.0, 50)
    ring.pull(53)
    assert not ring.wait(0.001, 2)


def test_who_waited_long_enough_takes_what_is_there():
    ring = Ring(100, 1, "int16")
    ring.push(frames(1, 2, 3))
    assert ring.wait(0.001, 50)
    assert ring.pull(50)[:, 0].tolist() == [1, 2, 3]


def test_a_wish_for_more_than_fits_is_met_when_it_is_full():
    ring = Ring(3, 1, "int16")
    ring.push(frames(1, 2, 3))
    assert ring.wait(0.0, 50)


def test_what_waits_fades_out_in_place():
    ring = Ring(6, 1, "int16")
    ring.push(frames(0, 0, 0))
    ring.pull(3)
    ring.push(frames(100, 100, 100, 100, 100))
    assert ring.hush(2) == 3
    assert ring.pull(9)[:, 0].tolist() == [100, 50, 0, 0, 0]
    ring.push(frames(100, 100))
    assert (ring.hush(2), ring.lost()) == (0, 0)
    assert ring.pull(9)[:, 0].tolist() == [100, 100]
