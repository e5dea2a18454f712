"""ONNX files: a graph is put together operation by operation, and written as ONNX Runtime reads it.

The format is Protocol Buffers; field numbers are those of onnx.proto.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from roomtone.base.protobuf import FOUR, Field, count, inner, message, text

OPERATORS = 17
"""Version of the list of operations."""

_IR_VERSION = 8
_KINDS = {np.dtype("<f4"): 1, np.dtype("<i8"): 7}

Dims = Sequence[int | str]
"""Sizes of a value; a text names one that is known only when it runs."""


class Graph:
    """Operations in the order in which they run; each is called by the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[Field] = []
        self._weights: list[Field] = []
        self._inputs: list[Field] = []
        self._outputs: list[Field] = []

    def input(self, name: str, kind: str, dims: Dims) -> str:
        """Take a value from outside, of numpy's `kind`; its name."""
        self._inputs.append(_described(11, name, kind, dims))
        return name

    def output(self, name: str, dims: Dims) -> None:
        """Hand the result `name` out, as float32."""
        self._outputs.append(_described(12, name, "<f4", dims))

    def weight(self, values: Any) -> str:
        """Keep an array of float32 or int64; its name."""
        array = np.asarray(values)
        array = array.astype("<i8" if array.dtype.kind == "i" else "<f4")
        name = f"weight_{len(self._weights)}"
        sizes = (count(1, size) for size in array.shape)
        numbers = Field(9, array.tobytes())
        weight = inner(5, *sizes, count(2, _KINDS[array.dtype]), text(8, name), numbers)
        self._weights.append(weight)
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
        names = [*(text(1, one) for one in inputs), *(text(2, one) for one in results)]
        given = (_attribute(*one) for one in attributes.items())
        self._nodes.append(inner(1, *names, text(3, called), text(4, kind), *given))
        return results

    def name(self, value: str, name: str) -> None:
        """Give the result `value` the `name` by which it is handed out."""
        parts = text(1, value), text(2, name), text(3, name), text(4, "Identity")
        self._nodes.append(inner(1, *parts))

    def write(self, path: Path) -> None:
        """Write the file. Raises OSError."""
        parts = (*self._nodes, *self._weights, *self._inputs, *self._outputs)
        graph = inner(7, text(2, "graph"), *parts)
        made = count(1, _IR_VERSION), text(2, "roomtone"), graph, inner(8, count(2, OPERATORS))
        path.write_bytes(message(made))


def _described(part: int, name: str, kind: str, dims: Dims) -> Field:
    sizes = (inner(1, count(1, one) if isinstance(one, int) else text(2, one)) for one in dims)
    tensor = inner(1, count(1, _KINDS[np.dtype(kind)]), inner(2, *sizes))
    return inner(part, text(1, name), inner(2, tensor))


def _attribute(name: str, value: Any) -> Field:
    if isinstance(value, float):
        parts = [Field(2, struct.pack("<f", value), FOUR), count(20, 1)]
    elif isinstance(value, int):
        parts = [count(3, value), count(20, 2)]
    elif isinstance(value, str):
        parts = [text(4, value), count(20, 3)]
    else:
        parts = [*(count(8, one) for one in value), count(20, 7)]
    return inner(5, text(1, name), *parts)
