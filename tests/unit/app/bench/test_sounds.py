"""Recordings on disk: found in order, and told of when there is none."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench.recording import write
from roomtone.app.bench.sounds import pieces_of, recordings
from roomtone.base.error import OwnerError


def test_recordings_are_found_in_the_order_of_their_names(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.wav", "a.wav", "deep/c.wav"):
        write(tmp_path / name, np.full(500, 7, np.int16))
    (tmp_path / "notes.txt").touch()
    found = list(recordings([tmp_path]))
    assert [path.name for path, _ in found] == ["a.wav", "b.wav", "c.wav"]
    assert (found[0][1][:500] == 7).all()


def test_a_folder_without_any_is_told(tmp_path):
    with pytest.raises(OwnerError, match="there is no recording"):
        list(recordings([tmp_path]))


def test_pieces_end_every_twenty_milliseconds():
    assert list(pieces_of(np.zeros(1000, np.int16))) == [320, 640, 960]
