"""What is taken from recordings of a wake word, with networks that hear what a test wants."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app import enrollment
from roomtone.app.ear_setup import EarFiles
from roomtone.base import message
from roomtone.detect.likeness import Acquaintance
from roomtone.detect.port import Views

FILES = EarFiles(melspectrogram="", embedding="", heads={"alexa": ""}, vad="", turn="", near="")


class Networks:
    """The louder the sound the higher the score; its embeddings are of one kind for each sign."""

    def __init__(self, *_files: object) -> None:
        self._frame = np.zeros(1, np.int16)
        self._dice = np.random.default_rng(3)

    def twin(self) -> Networks:
        return self

    def score(self, frame: np.ndarray) -> dict[str, float]:
        self._frame = frame
        return {"alexa": float(np.abs(frame).max()) / 32768}

    def window(self) -> np.ndarray:
        kind = np.sign(self._frame.astype(float).sum()) * np.sin(np.arange(96))
        return (kind + self._dice.normal(0, 0.3, (16, 96))).astype(np.float32)

    def views(self, sound: np.ndarray) -> Views:
        assert len(sound) == enrollment.VIEW_SAMPLES
        loud = float(np.abs(sound).max()) / 32768
        self._frame = sound
        return Views({"alexa": np.full(20, loud, np.float32)}, np.stack([self.window()] * 20))


@pytest.fixture
def enrolling(monkeypatch):
    monkeypatch.setattr(enrollment, "WakeNetworks", Networks)
    return enrollment.Enrollment(FILES, "alexa")


def test_a_voice_is_told_from_others(enrolling) -> None:
    own = [trace for _ in range(3) for trace in enrolling.said(np.full(16_000, 20_000, "i2"))[1]]
    others = enrolling.others([np.full(32_000, -9_000, "i2")])
    voice = enrolling.voice("Ada", own, others)
    known = Acquaintance(message.Learnt(voices=(voice,)))
    assert (voice.word, voice.name) == ("alexa", "Ada")
    assert min(known.likeness("alexa", trace) for trace in own) > 0.5
    assert max(known.likeness("alexa", trace) for trace in others) < 0.5


def test_a_recording_without_the_word_gives_nothing(enrolling) -> None:
    score, traces = enrolling.said(np.full(800, 900, "i2"))
    assert score < enrollment.LEAST
    assert traces == []
