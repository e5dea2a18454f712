"""A file as the loudspeaker: what the room would have heard, block for block."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.base.frame import SAMPLE_BYTES, SAMPLE_RATE
from roomtone.capture.resample import Samples

_HEAD_BYTES = 44


class NoSink:
    """Nobody listens."""

    latency = 0.0

    def write(self, block: Samples) -> None:
        """Drop it."""

    def close(self) -> None:
        """Nothing is open."""


class FileSink:
    """Writes 16 kHz mono s16le to a file beside `path`, which gets its name when it is complete.

    Raises OwnerError, from any of its methods, when the disk does not take it.
    """

    latency = 0.0

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._partial = self._path.with_name(f".{self._path.name}.part")
        self._bytes = 0
        self._broken = False
        if self._path.is_dir():
            raise OwnerError(f"{path}: this is a folder; give the name of a file")
        try:
            self._file = self._partial.open("wb")
            self._file.write(_head(0))
        except OSError as problem:
            raise self._failed(problem) from problem

    def write(self, block: Samples) -> None:
        """Append 20 ms."""
        data = block.astype("<i2").tobytes()
        try:
            self._file.write(data)
        except OSError as problem:
            raise self._failed(problem) from problem
        self._bytes += len(data)

    def close(self) -> None:
        """Complete the header, and give the file its name; nothing after a failed `write`."""
        if self._broken:
            return
        try:
            self._file.seek(0)
            self._file.write(_head(self._bytes))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._partial.replace(self._path)
        except OSError as problem:
            raise self._failed(problem) from problem

    def _failed(self, problem: OSError) -> OwnerError:
        self._broken = True
        self._partial.unlink(missing_ok=True)
        return OwnerError(f"{self._path}: cannot be written ({problem.strerror})")


def _head(data_bytes: int) -> bytes:
    second = SAMPLE_RATE * SAMPLE_BYTES
    form = struct.pack("<IHHIIHH", 16, 1, 1, SAMPLE_RATE, second, SAMPLE_BYTES, 8 * SAMPLE_BYTES)
    size = _HEAD_BYTES - 8 + data_bytes
    return (
        struct.pack("<4sI8s", b"RIFF", size, b"WAVEfmt ")
        + form
        + struct.pack("<4sI", b"data", data_bytes)
    )
