"""The last seconds, by their place in the stream."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.detect.preroll import Preroll


@pytest.mark.parametrize("block", [1, 3, 7, 10])
def test_the_newest_samples_are_there_whatever_the_blocks(block):
    ring = Preroll(10)
    stream = np.arange(100, dtype=np.int16)
    for at in range(0, 100, block):
        ring.push(stream[at : at + block])
    assert ring.slice(92, 98).tolist() == list(range(92, 98))
    assert ring.slice(0, 1000).tolist() == list(range(90, 100))


def test_before_it_is_full_there_is_only_what_came():
    ring = Preroll(10)
    ring.push(np.arange(4, dtype=np.int16))
    assert (ring.begin, ring.end) == (0, 4)
    assert ring.slice(0, 4).tolist() == [0, 1, 2, 3]


def test_a_slice_is_a_copy():
    ring = Preroll(4)
    ring.push(np.ones(4, np.int16))
    ring.slice(0, 4)[:] = 7
    assert ring.slice(0, 4).tolist() == [1, 1, 1, 1]
