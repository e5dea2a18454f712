"""Knows what was said and what is answered: stands in for words where weights are synthetic."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import numpy as np

from roomtone.app.bench.figures import plain
from roomtone.base.error import OwnerError
from roomtone.base.frame import SAMPLE_BYTES, SAMPLE_RATE
from roomtone.capture.wav import FileSource

PLACE = "ROOMTONE_BENCH_ORACLE"
"""Environment variable: the file in which a part finds its oracle."""

HEARD = 0.6
"""Share of a word that must have been said for it to be read."""

UNKNOWN = "I am not sure about that."
"""The answer to what nobody asks."""

NEEDLE = 64
"""Samples by which a place in the recording is found: no room repeats them."""

BACK = 60 * SAMPLE_RATE
"""Samples before the last place at which the next one is looked for first."""


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One utterance in a recording."""

    start: float
    end: float
    """Seconds at which its last voiced sample lies."""
    text: str
    """Everything that is said, the wake word too."""

    def words(self) -> list[tuple[str, float, float]]:
        """Each word with its begin and end, in seconds, as if letters took the same time."""
        words = self.text.split()
        each = (self.end - self.start) / max(1, sum(len(word) + 1 for word in words))
        timed, at = [], self.start
        for word in words:
            until = at + each * (len(word) + 1)
            timed.append((word, at, until))
            at = until
        return timed


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What an oracle is made of."""

    recording: str
    """The file that is heard; empty when nothing is."""
    labels: list[Label]
    answers: dict[str, str]
    """Question, as `figures.plain` has it -> answer."""


class Oracle:
    """Finds a sound in the recording, and tells which words lie in it."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._sound = _read(known.recording) if known.recording else b""
        self._last = 0

    @classmethod
    def of_environment(cls) -> Oracle:
        """The oracle that a benchmark left for its parts. Raises OwnerError when there is none."""
        try:
            raw = Path(os.environ[PLACE]).read_bytes()
        except (KeyError, OSError):
            raise OwnerError("this part is started by `roomtone bench` only") from None
        return cls(msgspec.json.decode(raw, type=Known))

    def heard(self, sound: np.ndarray) -> str:
        """The words in int16 samples at 16 kHz that were cut out of the recording; "" in others."""
        start = self._place(sound)
        if start is None:
            return ""
        begin, end = start / SAMPLE_RATE, (start + len(sound)) / SAMPLE_RATE
        words = [
            word
            for label in self._known.labels
            if label.start < end and label.end > begin
            for word, first, last in label.words()
            if first + HEARD * (last - first) <= end and last - HEARD * (last - first) >= begin
        ]
        return " ".join(words)

    def answer(self, question: str) -> str:
        """The answer to a question, however it is written."""
        return self._known.answers.get(plain(question), UNKNOWN)

    def _place(self, sound: np.ndarray) -> int | None:
        """The sample of the recording with which `sound` begins."""
        raw = sound.astype("<i2").tobytes()
        middle = len(sound) // 2
        if len(sound) < NEEDLE:
            return None
        needle = raw[middle * SAMPLE_BYTES : (middle + NEEDLE) * SAMPLE_BYTES]
        for begin in (max(0, self._last - BACK) * SAMPLE_BYTES, 0):
            at = self._sound.find(needle, begin)
            while at >= 0 and at % SAMPLE_BYTES:
                at = self._sound.find(needle, at + 1)
            if at >= 0:
                self._last = at // SAMPLE_BYTES
                return self._last - middle
        return None


def _read(path: str) -> bytes:
    source = FileSource(path)
    blocks = []
    while not source.ended:
        blocks.append(source.read())
    return np.concatenate(blocks).astype("<i2").tobytes()
