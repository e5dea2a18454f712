"""Recordings on disk, as benchmarks read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from roomtone.app.bench.recording import Sound
from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_SAMPLES
from roomtone.capture.wav import FileSource

ENDINGS = frozenset({".flac", ".wav", ".ogg", ".mp3"})


def recordings(places: list[Path]) -> Iterator[tuple[Path, Sound]]:
    """Every sound file in or under `places`, with its samples at 16 kHz, in the order of names.

    Raises OwnerError when there is none, or one cannot be read.
    """
    found = False
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in files:
            if path.suffix.lower() in ENDINGS:
                found = True
                yield path, samples(path)
    if not found:
        where = ", ".join(map(str, places))
        raise OwnerError(f"{where}: there is no recording (wav, flac, ogg, mp3)")


def samples(path: Path) -> Sound:
    """The samples of a sound file at 16 kHz. Raises OwnerError when it cannot be read."""
    source = FileSource(str(path))
    blocks = []
    while not source.ended:
        blocks.append(source.read())
    return np.concatenate(blocks)


def pieces_of(sound: Sound) -> range:
    """Ends of the blocks of 20 ms in which a microphone would have given it, in samples."""
    return range(BLOCK_SAMPLES, len(sound) + 1, BLOCK_SAMPLES)
