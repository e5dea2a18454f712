"""The synthetic voice: Piper's inputs and output, Piper's size, sound that can be heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from roomtone.app.bench.shapes import voice

SETTINGS = Path(__file__).parents[5] / "models" / "starter" / "voice" / "voice.onnx.json"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voice")
    voice.build(SETTINGS, folder)
    size = (folder / "voice.onnx").stat().st_size
    assert 0.95 * 63_201_294 < size < 1.05 * 63_201_294
    assert '"sample_rate": 22050' in (folder / "voice.onnx.json").read_text()
    return onnxruntime.InferenceSession(str(folder / "voice.onnx"))


@pytest.mark.parametrize(("pace", "frames"), [(1.0, 3), (2.0, 6)])
def test_every_phoneme_lasts_as_many_frames(session, pace, frames):
    given = {
        "input": np.arange(40)[None],
        "input_lengths": np.array([40]),
        "scales": np.array([0.667, pace, 0.8], np.float32),
    }
    (sound,) = session.run(["output"], given)
    assert sound.shape == (1, 1, 1, 40 * frames * 256)
    assert np.isfinite(sound).all()
    assert 0.03 < sound.std() < 0.5
