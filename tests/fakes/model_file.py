"""A language model of a few kilobytes of sense: whatever it is asked, it recites its script.

Its embedding is one-hot and its one layer does nothing, so that the next token follows from the
last one alone. llama.cpp loads it like any other GGUF file (version 3).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np

SCRIPT = (
    "The",
    " moon",
    " is",
    " a",
    " caf",
    "<0xC3>",
    "<0xA9>",
    ".",
    " Nobody",
    " lives",
    " there",
    "!",
)
SPOKEN = "The moon is a café. Nobody lives there!"

TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
_MARKS = ("<|system|>", "<|user|>", "<|assistant|>", "<|end|>")
_WIDTH, _HEADS, _HIDDEN = 384, 12, 32
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _BYTE = 1, 2, 3, 4, 6
_U32, _I32, _F32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9


def write(
    path: Path, script: Sequence[str] = SCRIPT, *, endless: bool = False, facts: str = ""
) -> Path:
    """Write the file. `endless` begins the script anew at its end; `facts` names their place."""
    bytes_ = [f"<0x{n:02X}>" for n in range(256)]
    words = [word for word in script if not word.startswith("<0x")]
    tokens = ["<unk>", "<s>", "</s>", *bytes_, *_MARKS, *words]
    kinds = [_UNKNOWN, _CONTROL, _CONTROL, *[_BYTE] * 256, *[_CONTROL] * 4]
    kinds += [_USER_DEFINED] * len(words)
    end = tokens.index("<|end|>")
    chain = [tokens.index("<|assistant|>"), *map(tokens.index, script)]
    follows = dict.fromkeys(range(len(tokens)), end)
    follows |= dict(zip(chain, [*chain[1:], chain[1] if endless else end], strict=True))
    data = {
        "general.architecture": "llama",
        "general.name": "a recital",
        "llama.context_length": 2048,
        "llama.embedding_length": _WIDTH,
        "llama.block_count": 1,
        "llama.feed_forward_length": _HIDDEN,
        "llama.attention.head_count": _HEADS,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.scores": [0.0] * len(tokens),
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": end,
        "tokenizer.ggml.add_space_prefix": False,
        "tokenizer.chat_template": TEMPLATE,
    }
    if facts:
        data["roomtone.facts"] = facts
    path.write_bytes(_file(data, _weights(follows)))
    return path


def _weights(follows: dict[int, int]) -> dict[str, np.ndarray]:
    count = len(follows)
    output = np.zeros((count, _WIDTH), np.float32)
    for token, following in follows.items():
        output[following, token] = 1.0
    nothing = {
        f"blk.0.{name}.weight": np.zeros(shape, np.float32)
        for name, shape in {
            "attn_q": (_WIDTH, _WIDTH),
            "attn_k": (_WIDTH, _WIDTH),
            "attn_v": (_WIDTH, _WIDTH),
            "attn_output": (_WIDTH, _WIDTH),
            "ffn_gate": (_HIDDEN, _WIDTH),
            "ffn_up": (_HIDDEN, _WIDTH),
            "ffn_down": (_WIDTH, _HIDDEN),
        }.items()
    }
    ones = np.ones(_WIDTH, np.float32)
    norms = dict.fromkeys(("blk.0.attn_norm.weight", "blk.0.ffn_norm.weight"), ones)
    return (
        nothing
        | norms
        | {
            "token_embd.weight": np.eye(count, _WIDTH, dtype=np.float32),
            "output_norm.weight": ones,
            "output.weight": output,
        }
    )


def _file(data: dict[str, object], weights: dict[str, np.ndarray]) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", 3, len(weights), len(data))
    head += b"".join(_text(key) + _value(value) for key, value in data.items())
    body = b""
    for name, array in weights.items():
        sizes = struct.pack(f"<{array.ndim}Q", *reversed(array.shape))
        head += _text(name) + struct.pack("<I", array.ndim) + sizes
        head += struct.pack("<IQ", 0, len(body))
        body += array.tobytes() + b"\0" * (-array.nbytes % 32)
    return head + b"\0" * (-len(head) % 32) + body


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(value: object) -> bytes:
    if isinstance(value, list):
        kind, form = (_I32, "<i") if isinstance(value[0], int) else _KINDS[type(value[0])]
        items = b"".join(_bare(item, form) for item in value)
        return struct.pack("<IIQ", _ARRAY, kind, len(value)) + items
    kind, form = _KINDS[type(value)]
    return struct.pack("<I", kind) + _bare(value, form)


_KINDS = {bool: (_BOOL, "<?"), int: (_U32, "<I"), float: (_F32, "<f"), str: (_STRING, "")}


def _bare(value: object, form: str) -> bytes:
    return struct.pack(form, value) if form else _text(str(value))
