"""A Piper voice of medium shape with random weights: it hisses for as long as the words would last.

VITS as Piper trains it at medium quality: text encoder of 6 layers, duration predictor, 4 coupling
layers, and the decoder with 8 x 8 x 4 = 256 samples to a frame. Every phoneme lasts three frames.
Relative positions and the splines of the durations are left out: some percent of the encoder.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from roomtone.app.bench.shapes.onnx import Graph

RATE = 22_050
SYMBOLS = 256
WIDTH, HIDDEN, HEADS = 192, 768, 2
FRAMES = 3.0
"""Frames of 256 samples for each phoneme, at length scale 1: speech at an ordinary pace."""

BYTES = 60_000_000
LOUD = 0.13
"""Gain of the last layer that brings the hiss to about -20 dB of full scale."""

_RATES, _KERNELS = (8, 8, 4), (16, 16, 8)
_BLOCKS = ((3, (1, 2)), (5, (2, 6)), (7, (3, 12)))
"""Kernel and dilations of the residual blocks behind each step up."""


def build(settings_of: Path, folder: Path) -> None:
    """Write `voice.onnx` and its .json to `folder`; phonemes are those of the .json `settings_of`.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = json.loads(settings_of.read_text(encoding="utf-8"))
    settings |= {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "dataset": "synthetic weights",
        "num_symbols": SYMBOLS,
        "num_speakers": 1,
    }
    (folder / "voice.onnx.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    _Vits().write(folder / "voice.onnx")


class _Vits(Graph):
    """The whole network."""

    def __init__(self) -> None:
        super().__init__()
        self._dice = np.random.default_rng(1)
        phonemes = self.input("input", "<i8", ("batch", "phonemes"))
        self.input("input_lengths", "<i8", ("batch",))
        scales = self.input("scales", "<f4", (3,))
        noise, length, _ = self.several("Split", scales, count=3, axis=0)
        text = self._encoder(phonemes)
        frames = self._frames(text, length)
        mean, spread = self.several("Split", self._conv(text, 2 * WIDTH), count=2, axis=1)
        mean, spread = (self._stretched(one, frames) for one in (mean, spread))
        width = self.run("Exp", self.run("Clip", spread, self.weight(-2.0), self.weight(0.0)))
        hiss = self.run("Mul", self.run("RandomNormalLike", mean), self.run("Mul", width, noise))
        sound = self._decoder(self._flow(self.run("Add", mean, hiss)))
        self.name(self.run("Unsqueeze", sound, self.weight([2])), "output")
        self.output("output", ("batch", 1, 1, "time"))

    def _random(self, *sizes: int, gain: float = 1.0) -> str:
        spread = gain / np.sqrt(np.prod(sizes[1:]))
        return self.weight(spread * self._dice.standard_normal(sizes, np.float32))

    def _conv(
        self,
        value: str,
        to: int,
        kernel: int = 1,
        *,
        of: int = WIDTH,
        wide: int = 1,
        name: str = "",
    ) -> str:
        """`wide` is the dilation."""
        pad = (kernel - 1) * wide // 2
        weights = self._random(to, of, kernel), self.weight(np.zeros(to, np.float32))
        return self.run(
            "Conv", value, *weights, name=name, kernel_shape=[kernel], pads=[pad, pad],
            dilations=[wide], strides=[1], group=1,
        )  # fmt: skip

    def _norm(self, value: str) -> str:
        ones, zeros = (self.weight(make(WIDTH, np.float32)) for make in (np.ones, np.zeros))
        turned = self.run("Transpose", value, perm=[0, 2, 1])
        even = self.run("LayerNormalization", turned, ones, zeros, axis=-1, epsilon=1e-5)
        return self.run("Transpose", even, perm=[0, 2, 1])

    def _encoder(self, phonemes: str) -> str:
        known = self.run("Gather", self._random(SYMBOLS, WIDTH, gain=WIDTH**0.5), phonemes, axis=0)
        text = self.run("Transpose", known, perm=[0, 2, 1])
        for _ in range(6):
            text = self._norm(self.run("Add", text, self._attention(text)))
            inner = self.run("Relu", self._conv(text, HIDDEN, 3))
            text = self._norm(self.run("Add", text, self._conv(inner, WIDTH, 3, of=HIDDEN)))
        return text

    def _attention(self, text: str) -> str:
        split = self.weight([1, HEADS, WIDTH // HEADS, -1])
        parts = (self.run("Reshape", self._conv(text, WIDTH), split) for _ in range(3))
        asked, keys, values = parts
        asked = self.run("Transpose", asked, perm=[0, 1, 3, 2])
        likeness = self.run("MatMul", asked, keys)
        scaled = self.run("Mul", likeness, self.weight((WIDTH / HEADS) ** -0.5))
        weights = self.run("Softmax", scaled, axis=-1)
        seen = self.run("MatMul", values, self.run("Transpose", weights, perm=[0, 1, 3, 2]))
        return self._conv(self.run("Reshape", seen, self.weight([1, WIDTH, -1])), WIDTH)

    def _frames(self, text: str, length: str) -> str:
        """Frames for a phoneme, whole: the predictor's work is done and its word hardly counts."""
        guess = self._separable(text, 3)
        for _ in range(3):
            guess = self.run("Add", guess, self._separable(guess, 3))
        told = self.run("Clip", self._conv(guess, 1), self.weight(-0.01), self.weight(0.01))
        mean = self.run("ReduceMean", told, axes=[0, 1, 2], keepdims=0)
        wanted = self.run("Add", self.run("Mul", length, self.weight(FRAMES)), mean)
        least = self.run("Max", self.run("Round", wanted), self.weight(1.0))
        return self.run("Cast", least, to=7)

    def _separable(self, value: str, layers: int) -> str:
        for layer in range(layers):
            wide = 3**layer
            weights = self._random(WIDTH, 1, 3), self.weight(np.zeros(WIDTH, np.float32))
            inner = self.run(
                "Conv", value, *weights, kernel_shape=[3], pads=[wide, wide], dilations=[wide],
                strides=[1], group=WIDTH,
            )  # fmt: skip
            inner = self._norm(self._conv(self._gelu(self._norm(inner)), WIDTH))
            value = self.run("Add", value, self._gelu(inner))
        return value

    def _gelu(self, value: str) -> str:
        erf = self.run("Erf", self.run("Mul", value, self.weight(0.5**0.5)))
        half = self.run("Mul", value, self.weight(0.5))
        return self.run("Mul", half, self.run("Add", erf, self.weight(1.0)))

    def _stretched(self, value: str, frames: str) -> str:
        """Each column `frames` times."""
        wide = self.run("Unsqueeze", value, self.weight([3]))
        times = self.run("Concat", self.weight([1, 1, 1]), frames, axis=0)
        return self.run("Reshape", self.run("Expand", wide, times), self.weight([1, WIDTH, -1]))

    def _flow(self, value: str) -> str:
        half = WIDTH // 2
        for _ in range(4):
            kept, moved = self.several("Split", value, count=2, axis=1)
            inner, total = self._conv(kept, WIDTH, of=half), ""
            for layer in range(4):
                both = self._conv(inner, 2 * WIDTH, 5)
                up, gate = self.several("Split", both, count=2, axis=1)
                made = self.run("Mul", self.run("Tanh", up), self.run("Sigmoid", gate))
                if layer < 3:
                    told, made = self.several("Split", self._conv(made, 2 * WIDTH), count=2, axis=1)
                    inner = self.run("Add", inner, told)
                else:
                    made = self._conv(made, WIDTH)
                total = self.run("Add", total, made) if total else made
            moved = self.run("Sub", moved, self._conv(total, half))
            value = self.run("Concat", moved, kept, axis=1)
        first = self.run("Slice", value, self.weight([0]), self.weight([1]), self.weight([1]))
        mask = self.run("Clip", self.run("Abs", first), self.weight(1.0), self.weight(1.0))
        return self.run("Mul", value, mask, name="/Mul_masked")

    def _decoder(self, latent: str) -> str:
        width = 256
        value = self._conv(latent, width, 7, name="/dec/conv_pre/Conv")
        for step, (rate, kernel) in enumerate(zip(_RATES, _KERNELS, strict=True)):
            value, pad = self._leaky(value, 0.1), (kernel - rate) // 2
            weights = self._random(width, width // 2, kernel, gain=rate**0.5)
            width //= 2
            value = self.run(
                "ConvTranspose", value, weights, self.weight(np.zeros(width, np.float32)),
                name=f"/dec/ups.{step}/ConvTranspose", kernel_shape=[kernel], strides=[rate],
                pads=[pad, pad], dilations=[1], group=1,
            )  # fmt: skip
            value = self._blocks(value, width)
        loud = self._random(1, width, 7, gain=LOUD)
        last = self.run(
            "Conv", self._leaky(value, 0.01), loud, self.weight(np.zeros(1, np.float32)),
            name="/dec/conv_post/Conv",
            kernel_shape=[7], pads=[3, 3], dilations=[1], strides=[1], group=1,
        )  # fmt: skip
        return self.run("Tanh", last, name="/dec/Tanh")

    def _blocks(self, value: str, width: int) -> str:
        total = ""
        for kernel, dilations in _BLOCKS:
            inner = value
            for wide in dilations:
                told = self._conv(self._leaky(inner, 0.1), width, kernel, of=width, wide=wide)
                inner = self.run("Add", inner, told)
            total = self.run("Add", total, inner) if total else inner
        return self.run("Div", total, self.weight(float(len(_BLOCKS))))

    def _leaky(self, value: str, slope: float) -> str:
        return self.run("LeakyRelu", value, alpha=slope)
