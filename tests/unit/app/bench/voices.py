"""Somebody who speaks, and networks that go by loudness and length alone."""

from __future__ import annotations

import numpy as np

from roomtone.app.bench.utterance import Utterance, Wants

RATE = 16_000


class Vad:
    """Hears a voice wherever it is loud."""

    def reset(self) -> None:
        pass

    def probability(self, hop: np.ndarray) -> float:
        return 0.9 if np.abs(hop.astype(int)).mean() > 500 else 0.01


class Turn:
    """Takes what is longer than two seconds for complete."""

    def __init__(self) -> None:
        self.asked = 0

    def probability(self, utterance: np.ndarray) -> float:
        self.asked += 1
        return 0.99 if len(utterance) > 2 * RATE else 0.02


def utterance(
    *spans: tuple[float, float], wants: Wants | None = None, turn: Turn | None = None
) -> Utterance:
    """Somebody who is loud between these seconds."""
    sound = np.random.default_rng(1).normal(0, 20, round(RATE * (spans[-1][1] + 0.1)))
    for begin, end in spans:
        at, until = int(begin * RATE), int(end * RATE)
        sound[at:until] += 4000 * np.sin(np.arange(until - at) / 5)
    said = sound.astype(np.int16)
    return Utterance(said, Vad(), turn or Turn(), None, wants)  # type: ignore[arg-type]
