"""The benchmark of the end of turn: policies on the same probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench.turn import POLICIES, Utterance, told

RATE = 16_000


class Vad:
    """Hears a voice wherever it is loud."""

    def reset(self) -> None:
        pass

    def probability(self, hop: np.ndarray) -> float:
        return 0.9 if np.abs(hop.astype(int)).mean() > 500 else 0.01


class Turn:
    """Takes what is longer than two seconds for complete."""

    def probability(self, utterance: np.ndarray) -> float:
        return 0.99 if len(utterance) > 2 * RATE else 0.02


def utterance(*spans: tuple[float, float]) -> Utterance:
    sound = np.random.default_rng(1).normal(0, 20, round(RATE * (spans[-1][1] + 0.1)))
    for begin, end in spans:
        at, until = int(begin * RATE), int(end * RATE)
        sound[at:until] += 4000 * np.sin(np.arange(until - at) / 5)
    return Utterance(sound.astype(np.int16), Vad(), Turn(), None)  # type: ignore[arg-type]


def test_the_end_of_speech_is_found_by_its_loudness() -> None:
    assert utterance((0.5, 2.0)).end == pytest.approx(2.0, abs=0.03)


def test_a_stop_within_the_words_is_a_cut_in_for_whoever_waits_too_little() -> None:
    whole, stopping = utterance((0.5, 3.0)), utterance((0.5, 1.5), (1.9, 3.0))
    rows = {policy.name: told(policy, [whole, stopping]).values for policy in POLICIES}
    assert str(rows["300 ms of silence"]["cut in"]).startswith("50.0 % (1 of 2")
    assert str(rows["500 ms of silence"]["cut in"]).startswith("0.0 %")
    assert str(rows["Roomtone"]["cut in"]).startswith("0.0 %")
    assert rows["Roomtone"]["never ended"] == 0
    assert float(rows["Roomtone"]["mean ms"] or 0) < float(
        rows["500 ms of silence"]["mean ms"] or 0
    )
