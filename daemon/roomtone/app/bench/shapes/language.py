"""Language models of Qwen2.5's shapes with random blocks: they read and write at its pace."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from roomtone.app.bench.shapes import gguf

VOCABULARY = 151_936
CONTEXT = 32_768
SPREAD = 0.02
"""Standard deviation of the weights, as networks begin with; the words are forced anyway."""

_UNUSED = 5
_ROWS = 1 << 15
"""Random blocks that are made; a matrix repeats them."""


class LanguageShape(NamedTuple):
    """Sizes of one model, from Qwen2.5's config.json."""

    name: str
    width: int
    layers: int
    heads: int
    key_heads: int
    hidden: int

    @property
    def bytes(self) -> int:
        """Size of its file, about."""
        keys = self.width // self.heads * self.key_heads
        layer = self.width * (2 * self.width + 2 * keys + 3 * self.hidden)
        return self.layers * layer * 18 // 32 + VOCABULARY * self.width * 34 // 32


HALF_B = LanguageShape("0.5B", 896, 24, 14, 2, 4864)
ONE_AND_HALF_B = LanguageShape("1.5B", 1536, 28, 12, 2, 8960)


def build(shape: LanguageShape, tokens_of: Path, path: Path) -> None:
    """Write the model to `path`; its words and chat template are those of the file `tokens_of`.

    Raises OSError. The embedding is Q8_0 and tied to the output, the rest Q4_0, as in the files
    that llama.cpp's `quantize` makes of it.
    """
    gguf.write(path, _metadata(shape, tokens_of), _tensors(shape))


def _metadata(shape: LanguageShape, tokens_of: Path) -> dict[str, gguf.Metadata]:
    known = gguf.metadata_of(tokens_of)
    vocabulary: list[str] = known["tokenizer.ggml.tokens"]
    kinds: list[int] = known["tokenizer.ggml.token_type"]
    unused = [f"<|unused{number}|>" for number in range(len(vocabulary), VOCABULARY)]
    sizes: dict[str, gguf.Metadata] = {
        "general.architecture": "qwen2",
        "general.name": f"{shape.name}, synthetic weights",
        "qwen2.context_length": CONTEXT,
        "qwen2.embedding_length": shape.width,
        "qwen2.block_count": shape.layers,
        "qwen2.feed_forward_length": shape.hidden,
        "qwen2.attention.head_count": shape.heads,
        "qwen2.attention.head_count_kv": shape.key_heads,
        "qwen2.attention.layer_norm_rms_epsilon": 1e-6,
        "qwen2.rope.freq_base": 1e6,
    }
    words = {key: known[key] for key in known if key.startswith("tokenizer.")}
    return (
        sizes
        | words
        | {
            "tokenizer.ggml.tokens": [*vocabulary, *unused],
            "tokenizer.ggml.token_type": [*kinds, *[_UNUSED] * len(unused)],
        }
    )


def _tensors(shape: LanguageShape) -> dict[str, gguf.Tensor]:
    width, keys = shape.width, shape.width // shape.heads * shape.key_heads
    four, eight = _random(gguf.Q4_0), _random(gguf.Q8_0)
    made = {"token_embd.weight": gguf.Tensor((VOCABULARY, width), gguf.Q8_0, eight)}
    made["output_norm.weight"] = gguf.Tensor((width,), gguf.F32, _ones)
    for layer in range(shape.layers):
        matrices = {
            "attn_q": (width, width),
            "attn_k": (keys, width),
            "attn_v": (keys, width),
            "attn_output": (width, width),
            "ffn_gate": (shape.hidden, width),
            "ffn_up": (shape.hidden, width),
            "ffn_down": (width, shape.hidden),
        }
        for name, sizes in matrices.items():
            made[f"blk.{layer}.{name}.weight"] = gguf.Tensor(sizes, gguf.Q4_0, four)
        for name, size in {"attn_q": width, "attn_k": keys, "attn_v": keys}.items():
            made[f"blk.{layer}.{name}.bias"] = gguf.Tensor((size,), gguf.F32, _zeros)
        for name in ("attn_norm", "ffn_norm"):
            made[f"blk.{layer}.{name}.weight"] = gguf.Tensor((width,), gguf.F32, _ones)
    return made


def _random(form: gguf.Form) -> gguf.Filler:
    """Blocks of random integers with one scale, which gives the weights their `SPREAD`."""
    dice = np.random.default_rng(1)
    blocks = dice.integers(0, 256, (_ROWS, form.block), dtype=np.uint8)
    spread = 4.61 if form is gguf.Q4_0 else 73.9
    scale = np.array([SPREAD / spread], "<f2")
    blocks[:, :2] = scale.view(np.uint8)
    return lambda count: np.resize(blocks, (count, form.block))


def _ones(blocks: int) -> npt.NDArray[np.uint8]:
    return np.ones(blocks * gguf.BLOCK, "<f4").view(np.uint8)


def _zeros(blocks: int) -> npt.NDArray[np.uint8]:
    return np.zeros(blocks * gguf.BLOCK, "<f4").view(np.uint8)
