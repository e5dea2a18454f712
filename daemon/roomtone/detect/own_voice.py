"""Whether our own loudspeaker is saying a wake word: then nobody has called us."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from roomtone.detect.settings import WakeSettings

FRAME_SAMPLES = 1280
CAUTION = 0.12
"""Share of a word's threshold that is enough here: as much as is worth a second look."""

LINGER = 1.0
"""Seconds for which a word we have played may come back out of the room."""

REST_FRAMES = 20
"""Frames of silence after which nothing played is left in the networks' memory."""

Samples = npt.NDArray[np.int16]


class Words(Protocol):
    """Frames of 1280 samples in, one score for each word out."""

    def score(self, frame: Samples) -> dict[str, float]:
        """0..1 for each word."""
        ...


class OwnVoice:
    """Hears what is played with the ears of the wake word; costs nothing while all is quiet."""

    def __init__(self, words: Words, settings: WakeSettings) -> None:
        self._words = words
        self._least = {word: CAUTION * low for word, low in settings.words.items()}
        self._pending = np.zeros(0, np.int16)
        self._quiet = REST_FRAMES
        self._said: dict[str, float] = {}

    def feed(self, block: Samples, t: float, *, calls: bool = False) -> None:
        """The next block that is played, which ends at `t` seconds; `calls`: a word is in it."""
        if calls:
            self._said = dict.fromkeys(self._least, t)
        if self._quiet >= REST_FRAMES and not block.any():
            return
        self._pending = np.concatenate([self._pending, block])
        while len(self._pending) >= FRAME_SAMPLES:
            frame, self._pending = self._pending[:FRAME_SAMPLES], self._pending[FRAME_SAMPLES:]
            self._quiet = 0 if frame.any() else self._quiet + 1
            for word, score in self._words.score(frame).items():
                if score >= self._least[word]:
                    self._said[word] = t

    def said(self, word: str, t: float) -> bool:
        """True when a `word` heard at `t` is our own."""
        return t - self._said.get(word, -LINGER) < LINGER
