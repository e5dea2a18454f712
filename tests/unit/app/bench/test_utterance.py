"""One recording: where it ends, and where a policy ends it."""

from __future__ import annotations

import time

import pytest

from roomtone.app.bench.utterance import Policy
from roomtone.detect.endpoint import LADDER, PAUSE_MS, SETTLED_MS, Rung
from unit.app.bench.voices import RATE, Turn, utterance


def test_the_end_of_speech_is_found_by_its_loudness() -> None:
    assert utterance((0.5, 2.0)).end == pytest.approx(2.0, abs=0.03)


def test_a_policy_ends_it_after_its_silence() -> None:
    plain = Policy("", (Rung(500, 0.0),), 4000, plain=True)
    assert utterance((0.5, 2.0)).ended(plain) == pytest.approx(2.5, abs=0.05)


def test_one_pause_is_asked_about_once_whatever_the_policies() -> None:
    turn = Turn()
    one = utterance((0.5, 3.0), turn=turn)
    for ms in (200, 300, 400):
        one.ended(Policy("", (Rung(ms, 0.5),)))
    assert turn.asked == 1


def test_the_words_of_the_pause_count_for_whoever_reads() -> None:
    read = []

    def wants(sound):
        read.append(len(sound) / RATE)
        return "complete" if len(sound) > 1.8 * RATE else "open"

    one = utterance((0.5, 1.0), (1.7, 1.9), wants=wants)
    settled = 1.9 + SETTLED_MS / 1000
    assert one.ended(Policy("", reads=True)) == pytest.approx(settled, abs=0.05)
    assert read == [pytest.approx(1.1, abs=0.05), pytest.approx(2.0, abs=0.05)]
    assert one.ended(Policy("")) == pytest.approx(1.0 + LADDER[-1].silence_ms / 1000, abs=0.05)


def test_an_answer_counts_from_when_it_is_there() -> None:
    class Slow(Turn):
        def probability(self, utterance):
            spin = time.process_time() + 0.2
            while time.process_time() < spin:
                pass
            return super().probability(utterance)

    soon = Policy("", (Rung(200, 0.5),), 4000, plain=True)
    assert utterance((0.5, 3.0)).ended(soon) == pytest.approx(3.2, abs=0.05)
    late = utterance((0.5, 3.0), turn=Slow()).ended(soon)
    assert late is not None
    assert late > 3 + (PAUSE_MS + 200) / 1000 - 0.05
