"""A voice's network cut in two: what is said, once for a clause, and its sound, frame by frame.

VITS (Kim et al. 2021) ends in a decoder of convolutions that makes every frame's sound from the
frames around it alone, so that it can be run on a few frames at a time. It is cut in memory, and no
number in it is changed. The file is Protocol Buffers; field numbers are those of onnx.proto.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from roomtone.base.protobuf import Field, count, fields, inner, message, text, varint

SEAM = "roomtone.seam"
"""Name under which the decoder takes its frames: float32, batch x channels x frames."""

_PLAIN = frozenset({"LeakyRelu", "Relu", "Tanh", "Add", "Mul", "Div", "Identity", "Unsqueeze"})
"""Operations that make each sample from the same sample of their inputs."""

_NODE, _WEIGHT, _INPUT, _OUTPUT = 1, 5, 11, 12
_FLOAT = 1


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
    whole = list(fields(model))
    graph = list(fields(next(part.data for part in whole if part.number == 7)))
    nodes = [_Node(part.data) for part in graph if part.number == _NODE]
    made_by = {name: node for node in nodes for name in node.outputs}
    weights = {_text(part.data, 8) for part in graph if part.number == _WEIGHT}
    result = next(_text(part.data, 1) for part in graph if part.number == _OUTPUT)
    seam = _seam(nodes, made_by)
    kept = _needed(result, made_by, seam)
    given = {name for node in kept for name in node.inputs if name not in made_by}
    if given - weights - {seam, ""}:
        raise ValueError("the decoder asks for more than frames")
    frame, reach = _reach(kept, seam, result, weights)
    before = _needed(seam, made_by, "")
    return Halves(
        encoder=_model(whole, graph, before, {}, [_described(_OUTPUT, seam, ("b", "c", "t"))]),
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
        for part in fields(raw):
            if part.number == 1:
                self.inputs.append(part.data.decode())
            elif part.number == 2:
                self.outputs.append(part.data.decode())
            elif part.number == 4:
                self.kind = part.data.decode()
            elif part.number == 5:
                self.numbers |= _numbers(part.data)

    def renamed(self, names: dict[str, str]) -> bytes:
        """Its bytes with inputs called by other names."""
        if not names.keys() & set(self.inputs):
            return self.raw
        return message(
            text(1, names.get(name := part.data.decode(), name)) if part.number == 1 else part
            for part in fields(self.raw)
        )


def _numbers(attribute: bytes) -> dict[str, list[int]]:
    name, found = "", list[int]()
    for part in fields(attribute):
        if part.number == 1:
            name = part.data.decode()
        elif part.number == 8 and isinstance(part.value, int):
            found.append(part.value)
        elif part.number == 8:
            at = 0
            while at < len(part.data):
                one, at = varint(part.data, at)
                found.append(one)
    return {name: found}


def _model(
    whole: list[Field],
    graph: list[Field],
    nodes: list[_Node],
    names: dict[str, str],
    outputs: list[Field] | None,
) -> bytes:
    """The file with these nodes only. Without `outputs` it takes `names` and gives the old ones."""
    kept = {node.raw for node in nodes}
    used = {name for node in nodes for name in node.inputs}
    parts: list[Field] = []
    for part in graph:
        match part.number:
            case 1 if part.value in kept:
                parts.append(part._replace(value=_Node(part.data).renamed(names)))
            case 5 if _text(part.data, 8) in used:
                parts.append(part)
            case 11 if not names:
                parts.append(part)
            case 12 if outputs is None:
                parts.append(part)
            case 2:
                parts.append(part)
    parts += [_described(_INPUT, new, ("b", "c", "t")) for new in names.values()]
    parts += outputs or ()
    made = message(parts)
    return message(part._replace(value=made) if part.number == 7 else part for part in whole)


def _described(part: int, name: str, sizes: Sequence[str]) -> Field:
    shape = inner(2, *(inner(1, text(2, size)) for size in sizes))
    return inner(part, text(1, name), inner(2, inner(1, count(1, _FLOAT), shape)))


def _text(raw: bytes, wanted: int) -> str:
    return next(part.data.decode() for part in fields(raw) if part.number == wanted)
