"""A voice's network cut in two: what is said, once for a clause, and its sound, frame by frame.

VITS (Kim et al. 2021) ends in a decoder of convolutions that makes every frame's sound from the
frames around it alone, so that it can be run on a few frames at a time. It is cut in memory, and no
number in it is changed. The file is Protocol Buffers; field numbers are those of onnx.proto.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SEAM = "roomtone.seam"
"""Name under which the decoder takes its frames: float32, batch x channels x frames."""

_PLAIN = frozenset({"LeakyRelu", "Relu", "Tanh", "Add", "Mul", "Div", "Identity", "Unsqueeze"})
"""Operations that make each sample from the same sample of their inputs."""

_NODE, _WEIGHT, _INPUT, _OUTPUT = 1, 5, 11, 12
_FLOAT = 1

Field = tuple[int, int, "int | bytes"]
"""Number, wire type and value of a field."""


class Halves(NamedTuple):
    """Both networks as files in memory."""

    encoder: bytes
    """Inputs of the whole; its only output is what the decoder takes as `SEAM`."""
    decoder: bytes
    frame: int
    """Samples that the decoder makes of one frame."""
    reach: int
    """Frames on either side of a frame from which its sound is made."""


def cut(model: bytes) -> Halves | None:
    """The halves of the ONNX file `model`; None when it has no decoder that could be cut off."""
    try:
        return _cut(model)
    except (IndexError, KeyError, ValueError, StopIteration):
        return None


def _cut(model: bytes) -> Halves:
    whole = list(_fields(model))
    graph = list(_fields(next(_data(value) for number, _, value in whole if number == 7)))
    nodes = [_Node(_data(value)) for number, _, value in graph if number == _NODE]
    made_by = {name: node for node in nodes for name in node.outputs}
    weights = {_text(_data(value), 8) for number, _, value in graph if number == _WEIGHT}
    result = next(_text(_data(value), 1) for number, _, value in graph if number == _OUTPUT)
    seam = _seam(nodes, made_by)
    kept = _needed(result, made_by, seam)
    given = {name for node in kept for name in node.inputs if name not in made_by}
    if given - weights - {seam, ""}:
        raise ValueError("the decoder asks for more than frames")
    frame, reach = _reach(kept, seam, result, weights)
    before = _needed(seam, made_by, "")
    return Halves(
        encoder=_model(whole, graph, before, {}, [_described(seam, ("b", "c", "t"))]),
        decoder=_model(whole, graph, kept, {seam: SEAM}, None),
        frame=frame,
        reach=reach,
    )


def _seam(nodes: Sequence[_Node], made_by: dict[str, _Node]) -> str:
    """The input of the convolution in front of the first step up."""
    at = next(node for node in nodes if node.kind == "ConvTranspose")
    while at.kind != "Conv":
        at = made_by[at.inputs[0]]
    return at.inputs[0]


def _needed(result: str, made_by: dict[str, _Node], seam: str) -> list[_Node]:
    """What makes `result`, when `seam` is there already, in no order."""
    found: dict[int, _Node] = {}
    open_names = [result]
    while open_names:
        name = open_names.pop()
        node = made_by.get(name)
        if name != seam and node is not None and id(node) not in found:
            found[id(node)] = node
            open_names += node.inputs
    return list(found.values())


def _reach(nodes: list[_Node], seam: str, result: str, weights: set[str]) -> tuple[int, int]:
    """(Samples of a frame, frames of context). Raises ValueError for an operation unknown here."""
    known = {seam: (1, 0.0)}
    waiting = list(nodes)
    while waiting:
        ready = [n for n in waiting if all(i in known or i in weights or not i for i in n.inputs)]
        if not ready:
            fixed = [n for n in waiting if n.kind == "Constant"]
            if not fixed:
                raise ValueError("no order")
            weights = weights | {name for node in fixed for name in node.outputs}
            waiting = [node for node in waiting if node not in fixed]
            continue
        for node in ready:
            steps, reach = max((known[i] for i in node.inputs if i in known), default=(0, 0.0))
            if steps == 0:
                weights = weights | set(node.outputs)
                continue
            known |= dict.fromkeys(node.outputs, _further(node, steps, reach))
        waiting = [node for node in waiting if node not in ready]
    steps, reach = known[result]
    return steps, math.ceil(reach)


def _further(node: _Node, steps: int, reach: float) -> tuple[int, float]:
    if node.kind == "Conv":
        width = node.numbers["kernel_shape"][0] - 1
        return steps, reach + node.numbers.get("dilations", [1])[0] * width / 2 / steps
    if node.kind == "ConvTranspose":
        return steps * node.numbers["strides"][0], reach + (
            node.numbers["kernel_shape"][0] / node.numbers["strides"][0] / steps
        )
    if node.kind not in _PLAIN:
        raise ValueError(node.kind)
    return steps, reach


class _Node:
    """One operation: as it stands in the file, and what is read of it here."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.inputs: list[str] = []
        self.outputs: list[str] = []
        self.kind = ""
        self.numbers: dict[str, list[int]] = {}
        for number, _, value in _fields(raw):
            if number == 1:
                self.inputs.append(_data(value).decode())
            elif number == 2:
                self.outputs.append(_data(value).decode())
            elif number == 4:
                self.kind = _data(value).decode()
            elif number == 5:
                self.numbers |= _numbers(_data(value))

    def renamed(self, names: dict[str, str]) -> bytes:
        """Its bytes with inputs called by other names."""
        if not names.keys() & set(self.inputs):
            return self.raw
        return b"".join(
            _field((1, 2, names.get(_data(value).decode(), _data(value).decode()).encode()))
            if number == 1
            else _field((number, kind, value))
            for number, kind, value in _fields(self.raw)
        )


def _numbers(attribute: bytes) -> dict[str, list[int]]:
    name, found = "", list[int]()
    for number, kind, value in _fields(attribute):
        if number == 1:
            name = _data(value).decode()
        elif number == 8 and kind == 0 and isinstance(value, int):
            found.append(value)
        elif number == 8:
            at, raw = 0, _data(value)
            while at < len(raw):
                one, at = _varint(raw, at)
                found.append(one)
    return {name: found}


def _model(
    whole: list[Field],
    graph: list[Field],
    nodes: list[_Node],
    names: dict[str, str],
    outputs: list[bytes] | None,
) -> bytes:
    """The file with these nodes only. Without `outputs` it takes `names` and gives the old ones."""
    kept = {node.raw for node in nodes}
    used = {name for node in nodes for name in node.inputs}
    parts: list[bytes] = []
    for number, kind, value in graph:
        if number == _NODE:
            if value in kept:
                parts.append(_field((number, kind, _Node(_data(value)).renamed(names))))
        elif number == _WEIGHT:
            if _text(_data(value), 8) in used:
                parts.append(_field((number, kind, value)))
        elif number == _INPUT:
            if not names:
                parts.append(_field((number, kind, value)))
        elif number == _OUTPUT:
            if outputs is None:
                parts.append(_field((number, kind, value)))
        elif number == 2:
            parts.append(_field((number, kind, value)))
    parts += [_field((_INPUT, 2, _described(new, ("b", "c", "t")))) for new in names.values()]
    parts += [_field((_OUTPUT, 2, one)) for one in outputs or ()]
    made = b"".join(parts)
    return b"".join(
        _field((number, kind, made if number == 7 else value)) for number, kind, value in whole
    )


def _described(name: str, sizes: Sequence[str]) -> bytes:
    shape = b"".join(_field((1, 2, _field((2, 2, size.encode())))) for size in sizes)
    tensor = _field((1, 0, _FLOAT)) + _field((2, 2, shape))
    return _field((1, 2, name.encode())) + _field((2, 2, _field((1, 2, tensor))))


def _text(raw: bytes, wanted: int) -> str:
    return next(_data(value).decode() for number, _, value in _fields(raw) if number == wanted)


def _data(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise ValueError("a number where bytes were expected")  # noqa: TRY004 - of the file
    return value


def _fields(raw: bytes) -> Iterator[Field]:
    at = 0
    while at < len(raw):
        key, at = _varint(raw, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(raw, at)
            yield key >> 3, kind, value
            continue
        if kind == 2:
            size, at = _varint(raw, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise ValueError("no Protocol Buffers")
        if at + size > len(raw):
            raise ValueError("cut short")
        yield key >> 3, kind, raw[at : at + size]
        at += size


def _field(field: Field) -> bytes:
    number, kind, value = field
    key = _packed(number << 3 | kind)
    if isinstance(value, int):
        return key + _packed(value)
    return key + (_packed(len(value)) + value if kind == 2 else value)


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _packed(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
