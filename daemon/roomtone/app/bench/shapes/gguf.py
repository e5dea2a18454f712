"""GGUF files, version 3: metadata and tensors as llama.cpp reads them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Metadata = str | int | float | bool | Sequence[str] | Sequence[int] | Sequence[float]

BLOCK = 32
"""Weights that share a scale."""

_ALIGNMENT = 32
_U32, _I32, _F32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_FORMS = ("<B", "<b", "<H", "<h", "<I", "<i", "<f", "<?", "", "", "<Q", "<q", "<d")
"""Struct format of each kind of number."""
_KINDS = {bool: (_BOOL, "<?"), int: (_U32, "<I"), float: (_F32, "<f"), str: (_STRING, "")}


class Form(NamedTuple):
    """How a tensor is stored."""

    number: int
    """As in ggml.h."""
    block: int
    """Bytes of a block of `BLOCK` weights."""


F32, Q4_0, Q8_0 = Form(0, 4 * BLOCK), Form(2, 18), Form(8, 34)

Filler = Callable[[int], npt.NDArray[np.uint8]]
"""Blocks wanted -> their bytes, one after another."""


class Tensor(NamedTuple):
    """A matrix or vector, as big as it is asked for; it is made when it is written."""

    shape: tuple[int, ...]
    """Rows first, as numpy has it."""
    form: Form
    fill: Filler

    @property
    def blocks(self) -> int:
        """Blocks of `BLOCK` weights."""
        return int(np.prod(self.shape)) // BLOCK

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return self.blocks * self.form.block


def write(path: Path, metadata: Mapping[str, Metadata], tensors: Mapping[str, Tensor]) -> None:
    """Write the file, one tensor after another. Raises OSError."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    head += b"".join(_text(key) + _value(value) for key, value in metadata.items())
    at = 0
    for name, tensor in tensors.items():
        sizes = struct.pack(f"<{len(tensor.shape)}Q", *reversed(tensor.shape))
        head += _text(name) + struct.pack("<I", len(tensor.shape)) + sizes
        head += struct.pack("<IQ", tensor.form.number, at)
        at += tensor.size + -tensor.size % _ALIGNMENT
    with path.open("wb") as file:
        file.write(head + bytes(-len(head) % _ALIGNMENT))
        for tensor in tensors.values():
            file.write(tensor.fill(tensor.blocks).tobytes())
            file.write(bytes(-tensor.size % _ALIGNMENT))


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _value(value: Metadata) -> bytes:
    if isinstance(value, bool | int | float | str):
        return struct.pack("<I", _KINDS[type(value)][0]) + _bare(value)
    first = value[0] if value else ""
    if isinstance(first, int):
        items = np.asarray(value, "<i4").tobytes()
        return struct.pack("<IIQ", _ARRAY, _I32, len(value)) + items
    items = b"".join(_bare(item) for item in value)
    return struct.pack("<IIQ", _ARRAY, _KINDS[type(first)][0], len(value)) + items


def _bare(value: str | float | bool) -> bytes:  # noqa: FBT001 - a value like the others
    form = _KINDS[type(value)][1]
    return struct.pack(form, value) if form else _text(str(value))


def metadata_of(path: Path) -> dict[str, Any]:
    """What a file says of itself. Raises OSError, and ValueError when it is no such file."""
    raw = path.read_bytes()
    if raw[:4] != b"GGUF":
        raise ValueError(f"{path} is no GGUF file")
    (count,) = struct.unpack_from("<Q", raw, 16)
    at, found = 24, {}
    for _ in range(count):
        key, at = _read(raw, at, _STRING)
        (kind,) = struct.unpack_from("<I", raw, at)
        found[key], at = _read(raw, at + 4, kind)
    return found


def _read(raw: bytes, at: int, kind: int) -> tuple[Any, int]:
    """The value at `at`, and where the next one begins."""
    if kind == _STRING:
        (size,) = struct.unpack_from("<Q", raw, at)
        return raw[at + 8 : at + 8 + size].decode(), at + 8 + size
    if kind == _ARRAY:
        item, count = struct.unpack_from("<IQ", raw, at)
        values, at = [], at + 12
        for _ in range(count):
            value, at = _read(raw, at, item)
            values.append(value)
        return values, at
    form = _FORMS[kind]
    return struct.unpack_from(form, raw, at)[0], at + struct.calcsize(form)
