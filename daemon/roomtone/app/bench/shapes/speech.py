"""Whisper models of true shapes with random weights, in CTranslate2's format, int8."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

VOCABULARY = 51_864
"""Tokens of Whisper's English models."""

BANDS = 80
SPREAD = 0.02
"""Standard deviation of the weights; their words are forced anyway."""

_POSITIONS = 1500
_WORDS = 448
_SPECIAL = "<|notimestamps|>"
"""Behind it Whisper's list holds time stamps only; here they and the unused tokens follow."""


class SpeechShape(NamedTuple):
    """Sizes of one model, from Whisper's own list of dimensions."""

    name: str
    layers: int
    """Of the encoder, and again of the decoder."""
    width: int

    @property
    def bytes(self) -> int:
        """Size of its file, about: 12 widths squared in a layer of the encoder, 16 in the other."""
        return self.layers * 28 * self.width**2 + VOCABULARY * self.width


TINY = SpeechShape("tiny", 4, 384)
BASE = SpeechShape("base", 6, 512)
SMALL = SpeechShape("small", 12, 768)


def build(shape: SpeechShape, words_of: Path, folder: Path) -> None:
    """Write the model to `folder`; its words are those of the model in the folder `words_of`.

    Raises OSError.
    """
    from ctranslate2.specs.whisper_spec import WhisperSpec

    heads = shape.width // 64
    spec = WhisperSpec(shape.layers, heads, shape.layers, heads)
    _fill(spec, shape)
    tokens = _vocabulary(json.loads((words_of / "tokenizer.json").read_text(encoding="utf-8")))
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = spec.config.suppress_ids_begin = spec.config.lang_ids = []
    spec.config.alignment_heads = [[0, 0]]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    for name in ("tokenizer.json", "preprocessor_config.json"):
        shutil.copy(words_of / name, folder / name)


def _vocabulary(tokenizer: dict[str, Any]) -> list[str]:
    """Its tokens by number, then unused ones up to Whisper's count."""
    numbered = dict(tokenizer["model"]["vocab"])
    numbered |= {added["content"]: added["id"] for added in tokenizer["added_tokens"]}
    tokens = sorted(numbered, key=lambda token: numbered[token])
    return tokens + [f"<|unused{number}|>" for number in range(len(tokens), VOCABULARY)]


def _fill(spec: Any, shape: SpeechShape) -> None:
    dice = np.random.default_rng(1)

    def random(*sizes: int) -> Any:
        return (SPREAD * dice.standard_normal(sizes)).astype(np.float32)

    def linear(layer: Any, rows: int, columns: int) -> None:
        layer.weight, layer.bias = random(rows, columns), np.zeros(rows, np.float32)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = (make(shape.width, np.float32) for make in (np.ones, np.zeros))

    def attention(layer: Any, *, across: bool = False) -> None:
        norm(layer.layer_norm)
        width = shape.width
        rows = (width, 2 * width, width) if across else (3 * width, width)
        for part, size in zip(layer.linear, rows, strict=True):
            linear(part, size, width)

    def feed(layer: Any) -> None:
        norm(layer.layer_norm)
        linear(layer.linear_0, 4 * shape.width, shape.width)
        linear(layer.linear_1, shape.width, 4 * shape.width)

    encoder, decoder = spec.encoder, spec.decoder
    for layer, bands in ((encoder.conv1, BANDS), (encoder.conv2, shape.width)):
        layer.weight = random(shape.width, bands, 3)
        layer.bias = np.zeros(shape.width, np.float32)
    encoder.position_encodings.encodings = random(_POSITIONS, shape.width)
    decoder.position_encodings.encodings = random(_WORDS, shape.width)
    decoder.embeddings.weight = random(VOCABULARY, shape.width)
    decoder.projection.weight = decoder.embeddings.weight
    decoder.scale_embeddings = False
    for half in (encoder, decoder):
        norm(half.layer_norm)
    for layer in encoder.layer:
        attention(layer.self_attention)
        feed(layer.ffn)
    for layer in decoder.layer:
        attention(layer.self_attention)
        attention(layer.attention, across=True)
        feed(layer.ffn)
