"""Whose wake word it is, and what it resembles."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.base.message import FalseAlarm, KnownVoice, Learnt
from roomtone.detect.likeness import ALIKE, Acquaintance, learn, packed, trace_of

DICE = np.random.default_rng(1)
OWN, OTHER = DICE.normal(size=(2, 16, 96))


def said(window: np.ndarray, count: int) -> np.ndarray:
    """Traces of the same word said `count` times."""
    return np.stack([trace_of(window + DICE.normal(0, 0.7, (16, 96))) for _ in range(count)])


def test_a_trace_has_length_one_and_survives_its_journey() -> None:
    trace = trace_of(OWN)
    assert trace.shape == (384,)
    assert np.linalg.norm(trace) == pytest.approx(1)
    assert np.frombuffer(packed(trace), "<f2") @ trace == pytest.approx(1, abs=1e-3)


def test_three_examples_tell_a_voice_from_others() -> None:
    strangers = np.concatenate([said(DICE.normal(size=(16, 96)), 2) for _ in range(40)])
    weights, bias = learn(said(OWN, 3), strangers)
    voice = KnownVoice(word="ada", name="me", weights=weights.tobytes(), bias=bias)
    known = Acquaintance(Learnt(voices=(voice,)))
    assert all(known.likeness("ada", trace) > ALIKE for trace in said(OWN, 20))
    assert all(known.likeness("ada", trace) < ALIKE for trace in said(OTHER, 20))
    assert known.knows("ada")
    assert not known.knows("bob")
    assert known.likeness("bob", trace_of(OWN)) == 0.0


def test_its_like_has_to_score_higher_than_a_false_alarm_did() -> None:
    alarm = FalseAlarm(word="ada", trace=packed(trace_of(OWN)), score=0.5)
    known = Acquaintance(Learnt(alarms=(alarm,)))
    assert known.least("ada", trace_of(OWN)) == pytest.approx(0.7)
    assert known.least("ada", trace_of(OTHER)) == 0.0
    assert known.least("bob", trace_of(OWN)) == 0.0


def test_what_was_kept_of_another_network_is_left_alone() -> None:
    alarm = FalseAlarm(word="ada", trace=b"\0" * 7, score=0.5)
    voice = KnownVoice(word="ada", name="me", weights=b"\0" * 7, bias=9.0)
    known = Acquaintance(Learnt(alarms=(alarm,), voices=(voice,)))
    assert known.least("ada", trace_of(OWN)) == 0.0
    assert known.likeness("ada", trace_of(OWN)) == 0.0
