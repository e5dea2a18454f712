"""Train the network that tells people from our own voice, and write it as ONNX.

    pip install jax optax onnx
    python train.py near.onnx work/*.npz [--held work/9.npz] [--steps 5000]

A gated recurrent unit (Cho and others, 2014) reads the figures of `rooms.py`. To take our own voice
for somebody's costs twice as much as the reverse; the first 40 ms of a voice cost little, and those
from 60 to 240 ms the double.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax
from onnx import TensorProto, helper, numpy_helper

UNITS, LENGTH, BATCH, WARM = 32, 400, 32, 40
"""Size of the state; blocks of a piece, pieces at a time, and blocks before a piece counts."""

OFFSET, JITTER = 0.25, 0.1
"""Deviations of the noise that is laid on the figures, by piece and by block."""


def begin(key: jax.Array, count: int) -> dict[str, jax.Array]:
    """Random weights for `count` figures."""
    keys = jax.random.split(key, 3)
    return {
        "W": jax.random.normal(keys[0], (count, 3 * UNITS)) / count**0.5,
        "R": jax.random.normal(keys[1], (UNITS, 3 * UNITS)) / UNITS**0.5,
        "b": jnp.zeros(3 * UNITS),
        "o": jax.random.normal(keys[2], (UNITS, 1)) / UNITS**0.5,
        "c": jnp.full(1, -1.0),
    }


def odds(weights: dict[str, jax.Array], pieces: jax.Array) -> jax.Array:
    """Log odds of each block: piece, block."""

    def step(state, block):
        given, kept = block @ weights["W"] + weights["b"], state @ weights["R"]
        z, reset = (
            jax.nn.sigmoid(given[:, part] + kept[:, part])
            for part in (slice(0, UNITS), slice(UNITS, 2 * UNITS))
        )
        new = jnp.tanh(given[:, 2 * UNITS :] + reset * kept[:, 2 * UNITS :])
        state = (1 - z) * new + z * state
        return state, (state @ weights["o"] + weights["c"])[:, 0]

    start = jnp.zeros((pieces.shape[0], UNITS))
    return jax.lax.scan(step, start, jnp.swapaxes(pieces, 0, 1))[1].T


def loss(weights, pieces, whose, costs):
    entropy = optax.sigmoid_binary_cross_entropy(odds(weights, pieces), whose)
    return (entropy * costs).sum() / costs.sum()


def costs_of(whose: np.ndarray) -> np.ndarray:
    costs = np.where(whose < 0, 0.0, np.where(whose == 0, 2.0, 1.0)).astype(np.float32)
    for first in np.flatnonzero((whose[1:] == 1) & (whose[:-1] != 1)) + 1:
        costs[first : first + 2] *= 0.3
        costs[first + 3 : first + 12] *= 2
    return costs


class Pieces:
    """Draws batches of pieces of the rooms."""

    def __init__(self, rooms: list[tuple[np.ndarray, np.ndarray]]) -> None:
        every = np.vstack([figures for figures, _ in rooms])
        self.mean, self.spread = every.mean(axis=0), every.std(axis=0) + 1e-3
        self._rooms = [((x - self.mean) / self.spread, y, costs_of(y)) for x, y in rooms]
        self._dice = np.random.default_rng(0)

    def batch(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        dice, count = self._dice, len(self.mean)
        pieces = np.zeros((BATCH, LENGTH, count), np.float32)
        whose, costs = np.zeros((2, BATCH, LENGTH), np.float32)
        for row in range(BATCH):
            x, y, cost = self._rooms[dice.integers(len(self._rooms))]
            at = dice.integers(max(len(x) - LENGTH, 1))
            size = min(LENGTH, len(x) - at)
            noise = dice.normal(0, OFFSET, count) + dice.normal(0, JITTER, (size, count))
            pieces[row, :size] = x[at : at + size] + noise
            whose[row, :size] = y[at : at + size] > 0
            costs[row, :size] = cost[at : at + size]
            costs[row, : WARM * (at > 0)] = 0
        return pieces, whose, costs


def trained(pieces: Pieces, steps: int) -> dict[str, np.ndarray]:
    weights = begin(jax.random.PRNGKey(1), len(pieces.mean))
    rule = optax.adamw(optax.cosine_decay_schedule(5e-3, steps), weight_decay=1e-2)
    state = rule.init(weights)

    @jax.jit
    def step(weights, state, *batch):
        value, slope = jax.value_and_grad(loss)(weights, *batch)
        change, state = rule.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    for number in range(steps):
        weights, state, value = step(weights, state, *pieces.batch())
        if number % 250 == 0:
            print(f"step {number}: {float(value):.4f}", flush=True)
    return {name: np.asarray(value) for name, value in weights.items()}


def graph(weights: dict[str, np.ndarray], pieces: Pieces) -> onnx.ModelProto:
    """One step as a graph: figures and state in, odds and the next state out."""
    inner = {
        "W": weights["W"] / pieces.spread[:, None],
        "b": weights["b"] - (pieces.mean / pieces.spread) @ weights["W"],
        **{name: weights[name] for name in ("R", "o", "c")},
        "one": np.float32(1),
    }
    given = [numpy_helper.from_array(np.asarray(v, np.float32), n) for n, v in inner.items()]
    given.append(numpy_helper.from_array(np.full(3, UNITS, np.int64), "thirds"))
    node = helper.make_node
    nodes = [
        node("MatMul", ["figures", "W"], ["weighed"]),
        node("Add", ["weighed", "b"], ["given"]),
        node("MatMul", ["state", "R"], ["kept"]),
        node("Split", ["given", "thirds"], ["gz", "gr", "gn"], axis=1),
        node("Split", ["kept", "thirds"], ["kz", "kr", "kn"], axis=1),
        node("Add", ["gz", "kz"], ["az"]),
        node("Sigmoid", ["az"], ["z"]),
        node("Add", ["gr", "kr"], ["ar"]),
        node("Sigmoid", ["ar"], ["reset"]),
        node("Mul", ["reset", "kn"], ["rn"]),
        node("Add", ["gn", "rn"], ["an"]),
        node("Tanh", ["an"], ["new"]),
        node("Sub", ["one", "z"], ["open"]),
        node("Mul", ["open", "new"], ["fresh"]),
        node("Mul", ["z", "state"], ["old"]),
        node("Add", ["fresh", "old"], ["next"]),
        node("MatMul", ["next", "o"], ["sum"]),
        node("Add", ["sum", "c"], ["odds"]),
    ]

    def port(name: str, size: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, size])

    ins = [port("figures", len(pieces.mean)), port("state", UNITS)]
    whole = helper.make_graph(nodes, "near", ins, [port("odds", 1), port("next", UNITS)], given)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def rooms_of(files: list[Path]) -> list[tuple[np.ndarray, np.ndarray]]:
    rooms = []
    for file in files:
        kept = np.load(file)
        rooms += [(kept[f"x{n}"], kept[f"y{n}"]) for n in range(len(kept.files) // 2)]
    return [room for room in rooms if len(room[0])]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("rooms", type=Path, nargs="+")
    parser.add_argument("--held", type=Path, nargs="*", default=[])
    parser.add_argument("--steps", type=int, default=5000)
    arguments = parser.parse_args()
    pieces = Pieces(rooms_of(arguments.rooms))
    weights = trained(pieces, arguments.steps)
    onnx.save(graph(weights, pieces), arguments.out)
    for level in (4.0, 5.0, 6.0):
        nobody = somebody = hits = false = 0
        for x, y in rooms_of(arguments.held):
            over = np.asarray(odds(weights, ((x - pieces.mean) / pieces.spread)[None]))[0] >= level
            nobody, false = nobody + (y == 0).sum(), false + (over & (y == 0)).sum()
            somebody, hits = somebody + (y == 1).sum(), hits + (over & (y == 1)).sum()
        print(f"from {level}: {hits} of {somebody} blocks of people, {false} of {nobody} of nobody")


if __name__ == "__main__":
    main()
