"""ONNX files: a graph is put together operation by operation, and written as ONNX Runtime reads it.

The format is Protocol Buffers; field numbers are those of onnx.proto.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

OPERATORS = 17
"""Version of the list of operations."""

_IR_VERSION = 8
_KINDS = {np.dtype("<f4"): 1, np.dtype("<i8"): 7}

Dims = Sequence[int | str]
"""Sizes of a value; a text names one that is known only when it runs."""


class Graph:
    """Operations in the order in which they run; each is called by the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._weights: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, kind: str, dims: Dims) -> str:
        """Take a value from outside, of numpy's `kind`; its name."""
        self._inputs.append(_described(name, kind, dims))
        return name

    def output(self, name: str, dims: Dims) -> None:
        """Hand the result `name` out, as float32."""
        self._outputs.append(_described(name, "<f4", dims))

    def weight(self, values: Any) -> str:
        """Keep an array of float32 or int64; its name."""
        array = np.asarray(values)
        array = array.astype("<i8" if array.dtype.kind == "i" else "<f4")
        name = f"weight_{len(self._weights)}"
        fields = b"".join(_number(1, size) for size in array.shape)
        fields += _number(2, _KINDS[array.dtype]) + _text(8, name) + _bytes(9, array.tobytes())
        self._weights.append(fields)
        return name

    def run(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """Run an operation; the name of its result."""
        return self.several(kind, *inputs, count=1, name=name, **attributes)[0]

    def several(
        self, kind: str, *inputs: str, count: int, name: str = "", **attributes: Any
    ) -> list[str]:
        """Run an operation with several results; their names."""
        called = name or f"/{kind}_{len(self._nodes)}"
        results = [f"{called}_output_{number}" for number in range(count)]
        fields = b"".join(_text(1, one) for one in inputs)
        fields += b"".join(_text(2, one) for one in results)
        fields += _text(3, called) + _text(4, kind)
        fields += b"".join(_bytes(5, _attribute(*one)) for one in attributes.items())
        self._nodes.append(fields)
        return results

    def name(self, value: str, name: str) -> None:
        """Give the result `value` the `name` by which it is handed out."""
        self._nodes.append(_text(1, value) + _text(2, name) + _text(3, name) + _text(4, "Identity"))

    def write(self, path: Path) -> None:
        """Write the file. Raises OSError."""
        lists = ((1, self._nodes), (5, self._weights), (11, self._inputs), (12, self._outputs))
        graph = _text(2, "graph") + b"".join(_bytes(at, one) for at, all_ in lists for one in all_)
        operators = _bytes(8, _number(2, OPERATORS))
        model = _number(1, _IR_VERSION) + _text(2, "roomtone") + _bytes(7, graph) + operators
        path.write_bytes(model)


def _described(name: str, kind: str, dims: Dims) -> bytes:
    sizes = b"".join(
        _bytes(1, _number(1, size) if isinstance(size, int) else _text(2, size)) for size in dims
    )
    tensor = _number(1, _KINDS[np.dtype(kind)]) + _bytes(2, sizes)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _attribute(name: str, value: Any) -> bytes:
    head = _text(1, name)
    if isinstance(value, float):
        return head + _key(2, 5) + struct.pack("<f", value) + _number(20, 1)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, 2)
    if isinstance(value, str):
        return head + _text(4, value) + _number(20, 3)
    return head + b"".join(_number(8, one) for one in value) + _number(20, 7)


def _number(field: int, value: int) -> bytes:
    return _key(field, 0) + _varint(value & ((1 << 64) - 1))


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _key(field, 2) + _varint(len(value)) + value


def _key(field: int, kind: int) -> bytes:
    return _varint(field << 3 | kind)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
