"""A clause in pieces: the same sound as in one, sooner."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from roomtone.app.bench.shapes import voice
from roomtone.speak.synthesis import FIRST_FRAMES, FRAMES, Manner, Synthesis

STARTER = Path(__file__).parents[3] / "models" / "starter" / "voice"
MANNER = Manner(noise=0.0, length=1.0, rhythm=0.0, speaker=None)


@pytest.fixture(scope="module")
def medium(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A voice of Piper's medium shape."""
    folder = tmp_path_factory.mktemp("voice")
    voice.build(STARTER / "voice.onnx.json", folder)
    return folder / "voice.onnx"


@pytest.mark.parametrize("count", [1, 3, 7, 20, 60, 83])
def test_no_seam_can_be_found_in_it(medium: Path, count: int) -> None:
    ids = [11 + at * 7 % 50 for at in range(count)]
    pieces = list(Synthesis(medium, 1).pieces(ids, MANNER))
    given = {
        "input": np.array([ids]),
        "input_lengths": np.array([count]),
        "scales": np.array([0, 1, 0], np.float32),
    }
    session = onnxruntime.InferenceSession(str(medium), providers=["CPUExecutionProvider"])
    (whole,) = session.run(None, given)
    assert np.abs(np.concatenate(pieces) - whole.reshape(-1)).max() < 1e-5


def test_the_first_piece_is_short_and_none_is_long(medium: Path) -> None:
    lengths = [len(piece) // 256 for piece in Synthesis(medium, 1).pieces([12] * 150, MANNER)]
    assert lengths[0] == FIRST_FRAMES
    assert sum(lengths) == 450
    assert max(lengths) < FRAMES + FIRST_FRAMES


def test_a_voice_that_cannot_be_split_speaks_in_one_piece() -> None:
    synthesis = Synthesis(STARTER / "voice.onnx", 1)
    assert not synthesis.split
    (sound,) = synthesis.pieces([1, 0, 20, 0, 21, 0, 2], MANNER)
    assert sound.ndim == 1
    assert len(sound) > 1000
