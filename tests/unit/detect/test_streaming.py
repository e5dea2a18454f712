"""A network of windows and the stream made of it give the same numbers."""

from __future__ import annotations

import numpy as np
import onnxruntime as ort
import pytest

from roomtone.base.protobuf import Field, count, inner, message, text
from roomtone.detect.streaming import streaming

WINDOW, STEP, BANDS = 18, 4, 32
"""Of the small network here: three layers that look at neighbours in time, and two poolings."""

DICE = np.random.default_rng(3)


def array(name, values):
    values = np.asarray(values)
    kind = 7 if values.dtype == np.int64 else 1
    shape = (count(1, size) for size in values.shape)
    return inner(5, *shape, count(2, kind), text(8, name), Field(9, values.tobytes()))


def node(kind, takes, gives, **attributes):
    several = [
        inner(5, text(1, name), *(count(8, one) for one in values), count(20, 7))
        for name, values in attributes.items()
    ]
    return inner(1, *(text(1, one) for one in takes), text(2, gives), text(4, kind), *several)


def tensor(place, name, *sizes):
    shape = inner(2, *(inner(1, count(1, size)) if size else inner(1) for size in sizes))
    return inner(place, text(1, name), inner(2, inner(1, count(1, 1), shape)))


def weights(*shape):
    return DICE.normal(0, 0.3, shape).astype(np.float32)


def small():
    """As the embedding is: a margin in frequency, convolutions, poolings, and a last shape."""
    return message(
        [
            count(1, 7),
            inner(8, text(1, ""), count(2, 13)),
            inner(
                7,
                node("Pad", ("sound", "margin"), "padded"),
                node("Reshape", ("padded", "shape"), "picture"),
                node("Conv", ("picture", "first"), "a", kernel_shape=(3, 3)),
                node("Max", ("a", "least"), "b"),
                node("MaxPool", ("b",), "c", kernel_shape=(2, 2), strides=(2, 2)),
                node("Conv", ("c", "second"), "d", kernel_shape=(1, 3), pads=(0, 1, 0, 1)),
                node("Conv", ("d", "third", "bias"), "e", kernel_shape=(3, 1)),
                node("MaxPool", ("e",), "f", kernel_shape=(2, 2), strides=(2, 2)),
                node("Conv", ("f", "last"), "g", kernel_shape=(3, 1)),
                node("Reshape", ("g", "flat"), "embedding_of"),
                array("margin", np.array([0, 0, 1, 0, 0, 0, 1, 0])),
                array("shape", np.array([-1, 1, WINDOW, BANDS + 2])),
                array("flat", np.array([-1, 5, 1, BANDS // 4])),
                array("least", np.full((1, 1, 1, 1), -0.4, np.float32)),
                array("first", weights(4, 1, 3, 3)),
                array("second", weights(6, 4, 1, 3)),
                array("third", weights(6, 6, 3, 1)),
                array("bias", weights(6)),
                array("last", weights(5, 6, 3, 1)),
                text(2, "small"),
                tensor(11, "sound", 0, WINDOW, BANDS, 1),
                tensor(12, "embedding_of", 0, 5, 1, BANDS // 4),
            ),
        ]
    )


SMALL = small()


def opened(model):
    options = ort.SessionOptions()
    options.log_severity_level = 3
    return ort.InferenceSession(model, options)


def by_windows(sound):
    network = opened(SMALL)
    ends = range(WINDOW, len(sound) + 1, STEP)
    windows = np.stack([sound[end - WINDOW : end] for end in ends])[..., None]
    (made,) = network.run(None, {"sound": windows})
    return made[:, :, 0]


class Stream:
    def __init__(self):
        self._network = opened(streaming(SMALL))
        _, *self._states = self._network.get_inputs()
        self._kept = [np.zeros((1, s.shape[1], 0, s.shape[3]), np.float32) for s in self._states]

    def feed(self, sound):
        names = (state.name for state in self._states)
        given = dict(zip(names, self._kept, strict=True)) | {"mel": sound[None, None]}
        *self._kept, made = self._network.run(None, given)
        return made[0].transpose(1, 0, 2)


@pytest.mark.parametrize("steps", [(1, 1, 1, 1, 1, 1), (2, 1, 3), (6,)])
def test_a_stream_gives_the_numbers_of_each_window(steps):
    sound = DICE.normal(size=(WINDOW + 6 * STEP, BANDS)).astype(np.float32)
    stream, at = Stream(), WINDOW
    made = [stream.feed(sound[:WINDOW])]
    for count_of_steps in steps:
        made.append(stream.feed(sound[at : at + count_of_steps * STEP]))
        at += count_of_steps * STEP
    assert np.abs(np.concatenate(made) - by_windows(sound)).max() < 1e-4


def test_there_is_a_state_for_each_layer_that_looks_at_neighbours_in_time():
    network = opened(streaming(SMALL))
    shapes = [(one.name, *one.shape) for one in network.get_inputs()]
    assert shapes == [
        ("mel", None, 1, None, 32),
        ("state0", None, 1, None, 32),
        ("state1", None, 6, None, 16),
        ("state2", None, 6, None, 8),
    ]
    outputs = [one.name for one in network.get_outputs()]
    assert outputs == ["kept0", "kept1", "kept2", "embedding"]


def test_another_network_is_refused():
    taller = message([inner(7, node("Conv", ("a", "w"), "b"), array("w", weights(1, 1, 5, 1)))])
    for model in (b"no network at all", taller, message([inner(7, node("Conv", ("a",), "b"))])):
        with pytest.raises(ValueError, match=r"."):
            streaming(model)
