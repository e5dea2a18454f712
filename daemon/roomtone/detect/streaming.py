"""Makes of a network that reads windows of sound one that reads a stream.

A window of openWakeWord's speech embedding is 76 mel frames, and 68 of them are in the next one
too. The network is nothing but convolutions and poolings without a margin in time, so what a layer
makes of those 68 would be made again and again. Here each layer that looks at neighbours in time is
given the two rows before its new ones, and gives back its newest two: the same sums, an eighth of
them for each window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roomtone.base.protobuf import Field, count, fields, inner, message, text

MEL_BANDS = 32

_GRAPH = 7  # of a model
_NODE, _WEIGHTS, _INPUT, _OUTPUT, _SHAPES = 1, 5, 11, 12, 13  # of a graph
_TAKES, _GIVES, _KIND = 1, 2, 4  # of a node
_INTEGER, _INTEGERS = 2, 7  # kinds of attributes
_FLOAT, _INT64 = 1, 7  # kinds of numbers

_NEWEST, _END, _TIME = "newest", "end", "time"
_FREE = b""


def streaming(model: bytes) -> bytes:
    """The same network with mel frames and states in, next states and embeddings out.

    Inputs: `mel`, n x 1 x frames x 32, and `state0`.., n x channels x rows x bands, with no rows at
    the beginning of sound. Outputs: `kept0`.., what the next call is given as states, and at last
    `embedding`, n x 96 x windows x 1. Raises ValueError when `model` is another one.
    """
    return message(
        inner(_GRAPH, *_remade([*fields(part.data)])) if part.number == _GRAPH else part
        for part in fields(model)
    )


def _remade(graph: list[Field]) -> Iterator[Field]:
    shapes = dict(_shape(part.data) for part in graph if part.number == _WEIGHTS)
    yield from (part for part in graph if part.number not in {_NODE, _INPUT, _OUTPUT, _SHAPES})
    yield from (_constant(_NEWEST, -2), _constant(_END, 2**62), _constant(_TIME, 2))
    yield _tensor(_INPUT, "mel", 1, MEL_BANDS)
    latest, states, bands = "mel", 0, MEL_BANDS
    for part in graph:
        if part.number != _NODE:
            continue
        node = [*fields(part.data)]
        kind, takes, gives = _names(node)
        if kind in {"Pad", "Reshape"}:
            continue  # the margin in frequency is the convolution's own, and all shapes are free
        if kind == "Conv":
            channels, height, width = _window(shapes, takes)
            if height > 1:
                yield from _stateful(latest, states, channels, bands)
                latest, states = f"rows{states}", states + 1
            margin = _integers("pads", (0, width // 2, 0, width // 2))
            yield _node("Conv", (latest, *takes[1:]), gives, margin)
        else:
            rest = (one for one in node if one.number != _TAKES)
            yield inner(_NODE, *(text(_TAKES, name) for name in (latest, *takes[1:])), *rest)
            bands //= 2 if kind == "MaxPool" else 1
        latest = gives
    yield _node("Identity", (latest,), "embedding")
    yield _tensor(_OUTPUT, "embedding", 0, 0)


def _stateful(latest: str, number: int, channels: int, bands: int) -> Iterator[Field]:
    """`rows{number}`: the rows of the last call and then those of this one."""
    rows, state, kept = f"rows{number}", f"state{number}", f"kept{number}"
    yield _node("Concat", (state, latest), rows, _integer("axis", 2))
    yield _node("Slice", (rows, _NEWEST, _END, _TIME), kept)
    yield _tensor(_INPUT, state, channels, bands)
    yield _tensor(_OUTPUT, kept, channels, bands)


def _window(shapes: dict[str, tuple[int, ...]], takes: list[str]) -> tuple[int, int, int]:
    """Channels that a convolution reads, and how far it looks in time and in frequency."""
    match [shapes.get(name) for name in takes[1:2]]:
        case [(_, channels, 1 | 3 as height, 1 | 3 as width)]:
            return channels, height, width
    raise ValueError("a convolution that the embedding has not")


def _names(node: list[Field]) -> tuple[str, list[str], str]:
    """Kind, inputs, and the one output."""
    (kind,) = (one.data.decode() for one in node if one.number == _KIND)
    (gives,) = (one.data.decode() for one in node if one.number == _GIVES)
    return kind, [one.data.decode() for one in node if one.number == _TAKES], gives


def _shape(weights: bytes) -> tuple[str, tuple[int, ...]]:
    """Name and shape."""
    parts = [*fields(weights)]
    (name,) = (one.data.decode() for one in parts if one.number == 8)
    return name, tuple(one.value for one in parts if one.number == 1 and isinstance(one.value, int))


def _node(kind: str, takes: Iterable[str], gives: str, *attributes: Field) -> Field:
    names = (text(_TAKES, name) for name in takes)
    return inner(_NODE, *names, text(_GIVES, gives), text(_KIND, kind), *attributes)


def _integer(name: str, value: int) -> Field:
    return inner(5, text(1, name), count(3, value), count(20, _INTEGER))


def _integers(name: str, values: Iterable[int]) -> Field:
    return inner(5, text(1, name), *(count(8, one) for one in values), count(20, _INTEGERS))


def _constant(name: str, value: int) -> Field:
    """One whole number as weights."""
    data = Field(9, value.to_bytes(8, "little", signed=True))
    return inner(_WEIGHTS, count(1, 1), count(2, _INT64), text(8, name), data)


def _tensor(place: int, name: str, channels: int, bands: int) -> Field:
    """An input or output, n x channels x rows x bands; 0 stands for any number too."""
    sizes = (0, channels, 0, bands)
    shape = inner(2, *(inner(1, count(1, size)) if size else Field(1, _FREE) for size in sizes))
    return inner(place, text(1, name), inner(2, inner(1, count(1, _FLOAT), shape)))
