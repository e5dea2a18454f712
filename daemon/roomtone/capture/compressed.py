"""FLAC, Ogg, MP3 and the like through PyAV (FFmpeg), in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from roomtone.base.error import OwnerError
from roomtone.capture.resample import Floats
from roomtone.capture.riff import Recording


def open_compressed(path: Path) -> Recording:
    """The sound in the file at `path`, whatever its form. Raises OwnerError when there is none."""
    import av
    import av.error

    try:
        container = av.open(str(path))
    except (av.error.FFmpegError, UnicodeDecodeError) as problem:
        raise OwnerError(
            f"{path}: this is not sound that can be read; give a WAV, FLAC, Ogg or MP3 file"
        ) from problem
    # a file that is only called a sound may open as one without a rate
    if not container.streams.audio or not container.streams.audio[0].rate:
        container.close()
        raise OwnerError(f"{path}: there is no sound in this file; give a recording")
    recording = Recording(rate=container.streams.audio[0].rate, pieces=iter(()))
    recording.pieces = _pieces(container, recording, path)
    return recording


def _pieces(container: Any, recording: Recording, path: Path) -> Iterator[Floats]:
    import av
    import av.error

    planar = av.AudioResampler(format="fltp", rate=recording.rate)
    with container:
        try:
            for frame in container.decode(audio=0):
                for piece in planar.resample(frame):
                    yield piece.to_ndarray().mean(axis=0, dtype=np.float32)
        except av.error.FFmpegError:
            recording.notice = f"{path} is damaged: the rest of it cannot be read"
