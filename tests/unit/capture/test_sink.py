"""What was played, as a file: whole or not there."""

from __future__ import annotations

import errno
import os
import wave

import numpy as np
import pytest

from roomtone.base.error import OwnerError
from roomtone.capture.sink import FileSink


def block(value):
    return np.full(320, value, np.int16)


def test_every_block_has_its_place(tmp_path):
    path = tmp_path / "out.wav"
    sink = FileSink(str(path))
    for value in range(5):
        sink.write(block(value))
    sink.close()
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        sound = np.frombuffer(file.readframes(9999), "<i2")
    assert sound.tolist() == np.repeat(range(5), 320).tolist()


def test_the_name_appears_only_when_the_file_is_complete(tmp_path):
    path = tmp_path / "out.wav"
    path.write_bytes(b"the last one")
    sink = FileSink(str(path))
    sink.write(block(1))
    assert path.read_bytes() == b"the last one"
    sink.close()
    assert path.stat().st_size == 44 + 640
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(OwnerError, match="cannot be written"):
        FileSink(str(tmp_path / "none" / "out.wav"))


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OwnerError, match="folder"):
        FileSink(str(tmp_path))


class FullDisk:
    def write(self, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_told_with_its_reason_and_leaves_nothing(tmp_path):
    sink = FileSink(str(tmp_path / "out.wav"))
    sink._file.close()
    sink._file = FullDisk()
    with pytest.raises(OwnerError, match="No space left"):
        sink.write(block(1))
    assert list(tmp_path.iterdir()) == []
