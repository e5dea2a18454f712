"""The network of a voice, cut in two: both halves make what the whole makes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from roomtone.app.bench.shapes.onnx import Graph
from roomtone.speak.graph import SEAM, cut


class Voice(Graph):
    """Ids to frames to sound, as in VITS, in few numbers."""

    def __init__(self, *, noisy: bool = False) -> None:
        super().__init__()
        self.dice = np.random.default_rng(2)
        ids = self.input("input", "<i8", ("batch", "ids"))
        self.input("input_lengths", "<i8", ("batch",))
        self.input("scales", "<f4", (3,))
        known = self.run("Gather", self.random(99, 8), ids, axis=0)
        frames = self.run("Transpose", known, perm=[0, 2, 1])
        at = self.conv(frames, 8, 6, 7)
        at = self.run("LeakyRelu", at, alpha=0.1)
        at = self.run(
            "ConvTranspose", at, self.random(6, 4, 8), kernel_shape=[8], strides=[4], pads=[2, 2]
        )
        if noisy:
            at = self.run("Add", at, self.run("RandomNormalLike", at))
        at = self.run("Add", at, self.conv(at, 4, 4, 5, wide=3))
        sound = self.run("Tanh", self.conv(at, 4, 1, 7))
        self.name(self.run("Unsqueeze", sound, self.weight([1])), "output")
        self.output("output", ("batch", 1, 1, "time"))

    def random(self, *sizes: int) -> str:
        return self.weight(self.dice.standard_normal(sizes, np.float32) / 3)

    def conv(self, value: str, of: int, to: int, kernel: int, wide: int = 1) -> str:
        pad = (kernel - 1) * wide // 2
        return self.run(
            "Conv", value, self.random(to, of, kernel), kernel_shape=[kernel], pads=[pad, pad],
            dilations=[wide],
        )  # fmt: skip


@pytest.fixture
def model(tmp_path: Path) -> bytes:
    Voice().write(tmp_path / "voice.onnx")
    return (tmp_path / "voice.onnx").read_bytes()


def run(model: bytes, **given: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    (made,) = session.run(None, {SEAM if name == "seam" else name: v for name, v in given.items()})
    return np.asarray(made)


GIVEN = {
    "input": np.arange(40)[None],
    "input_lengths": np.array([40]),
    "scales": np.zeros(3, np.float32),
}


def test_both_halves_make_what_the_whole_makes(model: bytes) -> None:
    halves = cut(model)
    assert halves is not None
    frames = run(halves.encoder, **GIVEN)
    assert frames.shape == (1, 8, 40)
    assert np.array_equal(run(halves.decoder, seam=frames), run(model, **GIVEN))


def test_a_frame_is_made_from_those_within_reach_and_from_no_other(model: bytes) -> None:
    halves = cut(model)
    assert halves is not None
    frames = run(halves.encoder, **GIVEN)
    before = run(halves.decoder, seam=frames).reshape(40, halves.frame)
    frames[:, :, 20] += 1
    changed = (run(halves.decoder, seam=frames).reshape(40, halves.frame) != before).any(axis=1)
    touched = np.flatnonzero(changed)
    assert halves.frame == 4
    assert 20 - halves.reach <= touched[0] < 20 < touched[-1] <= 20 + halves.reach


@pytest.mark.parametrize("broken", [b"", b"no model", b"\x3a\x7f" + bytes(9)])
def test_what_is_no_network_is_not_cut(broken: bytes) -> None:
    assert cut(broken) is None


def test_a_decoder_that_does_more_than_convolve_is_left_whole(tmp_path: Path) -> None:
    Voice(noisy=True).write(tmp_path / "voice.onnx")
    assert cut((tmp_path / "voice.onnx").read_bytes()) is None


def test_a_cut_at_any_byte_of_the_file_never_fails(model: bytes) -> None:
    for at in range(0, len(model), 97):
        cut(model[:at])
