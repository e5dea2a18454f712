"""Recordings of the owner's to measure on, and noise to lay under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from roomtone.app.bench.recording import Sound
from roomtone.app.config import Config, places
from roomtone.app.ear_setup import EarFiles
from roomtone.base.error import OwnerError
from roomtone.capture.wav import FileSource
from roomtone.system.weights import Weights

MOST_DB = 90
"""Decibels between a recording and its noise: what 16 bits hold."""

SOUND = {".flac", ".wav", ".ogg", ".mp3", ".opus"}


def recordings(places: Iterable[Path]) -> Iterator[tuple[Path, Sound]]:
    """Every sound file in or under `places`, at 16 kHz. Raises OwnerError where there is none."""
    for place in places:
        if not place.exists():
            raise OwnerError(f"there is nothing at {place}: give a recording or a folder of them")
        inside = sorted(path for path in place.rglob("*") if path.suffix.lower() in SOUND)
        files = inside if place.is_dir() else [place]
        if not files:
            kinds = ", ".join(sorted(SOUND))
            raise OwnerError(f"there is no sound file in {place}; put recordings in it ({kinds})")
        for path in files:
            yield path, whole(path)


def whole(path: Path) -> Sound:
    """All of one file. Raises OwnerError."""
    source = FileSource(str(path))
    blocks = []
    while not source.ended:
        blocks.append(source.read())
    return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)


def networks(config: Config, *words: str) -> EarFiles:
    """The networks of the ear, with the heads of `words`. Raises OwnerError."""
    find = Weights.of(places(config)).find
    return EarFiles(
        melspectrogram=str(find("melspectrogram", "features")),
        embedding=str(find("embedding", "features")),
        heads={word: str(find(word, "wake")) for word in words},
        vad=str(find("silero-vad", "vad")),
        turn=str(find("smart-turn", "turn")),
        near=str(find("roomtone-near", "near")),
    )


class Noise:
    """A noise that is laid under recordings, `snr_db` below the mean power of each.

    Raises OwnerError when that is no level at all.
    """

    def __init__(self, sound: Sound, snr_db: float, seed: int = 1) -> None:
        if not abs(snr_db) <= MOST_DB:
            raise OwnerError(f"--snr {snr_db:g}: give decibels between -{MOST_DB} and {MOST_DB}")
        self._sound = sound.astype(np.float64)
        self._snr_db = snr_db
        self._dice = np.random.default_rng(seed)

    def under(self, sound: Sound, said: Sound) -> Sound:
        """`sound` in the noise; `said` is what its power is measured on."""
        begin = int(self._dice.integers(0, len(self._sound)))
        noise = np.resize(np.roll(self._sound, -begin), len(sound))
        power = np.mean(np.square(said, dtype=np.float64)) / 10 ** (self._snr_db / 10)
        noise *= np.sqrt(power / max(float(np.mean(noise**2)), 1e-9))
        return np.clip(np.rint(sound + noise), -32768, 32767).astype(np.int16)
