"""Synthetic Whisper models: their size is told, and faster-whisper takes them as English ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from roomtone.app.bench.shapes import speech

STARTER = Path(__file__).parents[5] / "models" / "starter" / "speech"
SMALL = speech.SpeechShape("small", 1, 64)


@pytest.mark.parametrize(
    ("shape", "size"), [(speech.TINY, 39e6), (speech.BASE, 76e6), (speech.SMALL, 245e6)]
)
def test_the_size_is_told_beforehand(shape, size):
    assert shape.bytes == pytest.approx(size, rel=0.1)


@pytest.mark.sound
def test_faster_whisper_reads_with_it(tmp_path):
    from faster_whisper import WhisperModel

    speech.build(SMALL, STARTER, tmp_path / "model")
    model = WhisperModel(str(tmp_path / "model"), device="cpu", compute_type="int8")
    assert not model.model.is_multilingual
    assert model.model.n_mels == speech.BANDS
    assert model.encode(np.zeros((80, 320), np.float32)).shape == [1, 160, 64]
