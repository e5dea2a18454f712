"""How a wake word sounded, and whose it is: the owner's voice, or what woke us by mistake. Pure.

A verifier in the manner of openWakeWord's: logistic regression on the embeddings of the word
(github.com/dscripka/openWakeWord, docs/custom_verifier_models.md). No sound can be made of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.base import message

NUMBERS = 384
"""Numbers of a trace."""

BINS = 4
"""Quarters of the 16 embeddings of a word; each is their mean."""

ALIKE = 0.5
"""Likeness from which a word counts as said by an enrolled voice."""

CLOSE = 0.9
"""Cosine from which a word sounds like what was reported as a false alarm."""

RAISED = 0.4
"""Share of the way from the score of a false alarm to 1 that its like must come up to."""

RIDGE = 30.0
STEPS = 25

Floats = npt.NDArray[np.float32]


def trace_of(window: Floats) -> Floats:
    """The trace of a window of embeddings, one a row: 384 numbers of length 1."""
    quarters = np.array_split(window, BINS)
    flat = np.concatenate([quarter.mean(axis=0) for quarter in quarters])
    centred = flat - flat.mean()
    made: Floats = (centred / max(float(np.linalg.norm(centred)), 1e-9)).astype(np.float32)
    return made


def packed(trace: Floats) -> bytes:
    """As it travels and is kept."""
    return trace.astype("<f2").tobytes()


def learn(own: Floats, others: Floats) -> tuple[Floats, float]:
    """Weights and bias that tell traces of a voice from others; both kinds weigh the same."""
    seen = np.concatenate([own, others]).astype(np.float64)
    mean, scale = seen.mean(axis=0), seen.std(axis=0) + 1e-3
    known = np.c_[(seen - mean) / scale, np.ones(len(seen))]
    wanted = np.r_[np.ones(len(own)), np.zeros(len(others))]
    weigh = np.where(wanted > 0, 0.5 / len(own), 0.5 / len(others)) * len(seen)
    ridge = np.r_[np.full(known.shape[1] - 1, RIDGE), 1e-6]
    weights = np.zeros(known.shape[1])
    for _ in range(STEPS):
        told = _sigmoid(known @ weights)
        slope = known.T @ (weigh * (told - wanted)) + ridge * weights
        curve = (known * (weigh * told * (1 - told) + 1e-9)[:, None]).T @ known
        weights -= np.linalg.solve(curve + np.diag(ridge), slope)
    flat = weights[:-1] / scale
    return flat.astype(np.float32), float(weights[-1] - mean @ flat)


class Acquaintance:
    """The voices and the false alarms that are known."""

    def __init__(self, learnt: message.Learnt) -> None:
        """What is not the numbers of a trace, as a damaged disk may have it, is passed over."""
        self._voices = [
            (one.word, _unpacked(one.weights, "<f4"), one.bias)
            for one in learnt.voices
            if len(one.weights) == 4 * NUMBERS
        ]
        self._alarms = [
            (one.word, _unpacked(one.trace, "<f2"), one.score)
            for one in learnt.alarms
            if len(one.trace) == 2 * NUMBERS
        ]

    def knows(self, word: str) -> bool:
        """Whether a voice is enrolled for `word`."""
        return any(of == word for of, _, _ in self._voices)

    def likeness(self, word: str, trace: Floats) -> float:
        """How much it is like the likest voice, 0..1."""
        told = (
            float(_sigmoid(weights @ trace + bias))
            for of, weights, bias in self._voices
            if of == word
        )
        return max(told, default=0.0)

    def least(self, word: str, trace: Floats) -> float:
        """The score that this has to reach, after what it resembles; 0 where it resembles none."""
        bars = (
            score + RAISED * (1 - score)
            for of, alarm, score in self._alarms
            if of == word and float(alarm @ trace) >= CLOSE
        )
        return max(bars, default=0.0)


def _unpacked(numbers: bytes, kind: str) -> Floats:
    return np.frombuffer(numbers, kind).astype(np.float32)


def _sigmoid(x: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(np.asarray(x, np.float64), -60, 60)))
