"""A file as the microphone: any form of sound as blocks of 16 kHz mono, in constant memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_RATE
from roomtone.capture.compressed import open_compressed
from roomtone.capture.resample import Resampler, Samples
from roomtone.capture.riff import Recording, open_wav


class FileSource:
    """Blocks of 320 samples of the file at `path`; silence after its end.

    Sample n of the stream is the sound at n / 16000 s of the file; 16 kHz mono 16-bit is exact to
    the bit. Raises OwnerError when the file is missing, unreadable or holds no sound.
    """

    def __init__(self, path: str) -> None:
        self._recording = _open(Path(path))
        self._resampler = Resampler(self._recording.rate, SAMPLE_RATE)
        self._pending = np.zeros(0, np.int16)
        self._exhausted = False
        self._fill()
        if not len(self._pending):
            raise OwnerError(f"{path}: there is no sound in this file; give a recording")

    @property
    def notice(self) -> str:
        """What is wrong with the file although it can be used; may come up while it is read."""
        return self._recording.notice

    @property
    def ended(self) -> bool:
        """True once the last sample of the file has been handed out."""
        return self._exhausted and not len(self._pending)

    def read(self) -> Samples:
        """The next 20 ms."""
        if len(self._pending) < BLOCK_SAMPLES:
            self._fill()
        block = np.zeros(BLOCK_SAMPLES, np.int16)
        count = min(BLOCK_SAMPLES, len(self._pending))
        block[:count] = self._pending[:count]
        self._pending = self._pending[count:]
        if not len(self._pending):
            self._fill()
        return block

    def _fill(self) -> None:
        while len(self._pending) < BLOCK_SAMPLES and not self._exhausted:
            piece = next(self._recording.pieces, None)
            self._exhausted = piece is None
            sound = np.zeros(0, np.float32) if piece is None else piece
            new = self._resampler.convert(sound, last=self._exhausted)
            self._pending = np.concatenate([self._pending, new])


def _open(path: Path) -> Recording:
    try:
        if not path.is_file():
            what = "this is a folder" if path.is_dir() else "there is no such file"
            raise OwnerError(f"{path}: {what}; give a WAV, FLAC, Ogg or MP3 file")
        with path.open("rb") as file:
            head = file.read(12)
        if not head:
            raise OwnerError(f"{path}: this file is empty; give a recording")
        recording = open_wav(path) if head[:4] == b"RIFF" and head[8:] == b"WAVE" else None
    except OSError as problem:
        raise OwnerError(f"{path}: cannot be read ({problem.strerror})") from problem
    return recording or open_compressed(path)
