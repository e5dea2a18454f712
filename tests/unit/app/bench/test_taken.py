"""A turn of ours, judged by what happened and by what was played."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench.schedule import Turn, Utterance
from roomtone.app.bench.sentences import QUESTIONS
from roomtone.app.bench.taken import of_ours
from roomtone.base import event

SAID = QUESTIONS[0]
TURN = Turn(Utterance(SAID, "", np.zeros(32_000), np.zeros(0)), start=10.0, until=18.0, stock=None)
"""Its speech ends at 12 s."""


def asked(turn: int = 2, *, end: float = 12.3, text: str = SAID.text) -> list[event.Event]:
    return [
        event.WakeHeard(t=10.8, turn=turn, phrase="hey jarvis", score=0.9),
        event.SpeechEnded(t=end, turn=turn, silence_ms=300, turn_probability=0.9),
        event.Understood(t=end, turn=turn, text=text, confidence=1.0),
    ]


def played(*sounds: tuple[float, float]) -> np.ndarray:
    """A recording in which something sounds between the seconds of each pair."""
    whole = np.zeros(20 * 16_000, np.int16)
    for begin, end in sounds:
        whole[round(begin * 16_000) : round(end * 16_000)] = 3000
    return whole


BEFORE = [
    event.WakeHeard(t=3.0, turn=1, phrase="hey jarvis", score=0.9),
    event.SoundStarted(t=9.0, turn=1),
]
"""Another turn, whose answer came late."""


def test_the_delay_runs_from_the_end_of_speech_to_the_first_sound():
    events = [
        *asked(),
        event.ReplyStarted(t=12.4, turn=2, by="llama", speculative=True),
        event.SoundStarted(t=12.5, turn=2),
        event.ReplyFinished(t=16.0, turn=2, by="llama", text="It is.", spoken_text="It is."),
    ]
    taken = of_ours(TURN, events, played((12.5, 16.0)), cpu=1.5)
    assert taken.delay == pytest.approx(0.5, abs=0.006)
    assert taken.ended == pytest.approx(0.3)
    assert (taken.understood, taken.answer) == (SAID.text, "It is.")
    assert taken.prepared
    assert not taken.cut
    assert taken.cpu == 1.5


def test_an_answer_that_still_sounds_when_somebody_speaks_cuts_nobody_in():
    events = [*BEFORE, *asked(), event.SoundStarted(t=12.6, turn=2)]
    taken = of_ours(TURN, events, played((9.0, 11.0), (12.6, 14.0)), cpu=0.0)
    assert not taken.cut
    assert taken.delay == pytest.approx(0.6, abs=0.006)


def test_a_late_answer_is_not_taken_for_the_next():
    taken = of_ours(TURN, [*BEFORE, *asked()], played((9.0, 14.0)), cpu=0.0)
    assert taken.delay is None
    assert not taken.cut


def test_an_alarm_is_no_answer_and_cuts_nobody_in():
    rings = [event.TimerFired(t=10.1, turn=2, name=""), event.SoundStarted(t=10.2, turn=2)]
    taken = of_ours(TURN, [*rings, *asked(turn=3)], played((10.2, 12.8)), cpu=0.0)
    assert taken.delay is None
    assert not taken.cut


def test_our_own_sound_before_the_end_of_speech_is_a_cut_in():
    events = [*asked(end=11.9), event.SoundStarted(t=11.5, turn=2)]
    taken = of_ours(TURN, events, played((11.5, 14.0)), cpu=0.0)
    assert taken.cut
    assert taken.delay is None


def test_an_end_before_the_end_of_speech_is_a_cut_in_though_nothing_sounded_yet():
    events = [*asked(end=11.7), event.SoundStarted(t=12.2, turn=2)]
    assert of_ours(TURN, events, played((12.2, 14.0)), cpu=0.0).cut
    events = [*asked(end=11.9), event.SoundStarted(t=12.2, turn=2)]
    assert not of_ours(TURN, events, played((12.2, 14.0)), cpu=0.0).cut


def test_what_is_said_over_the_answer_to_its_first_half_counts_too():
    events = [
        *asked(end=11.0, text="what is the"),
        event.SoundStarted(t=11.2, turn=2),
        event.BargedIn(t=12.2, turn=3),
        event.Understood(t=12.2, turn=3, text="capital of sweden", confidence=1.0),
        event.SoundStarted(t=12.7, turn=3),
    ]
    taken = of_ours(TURN, events, played((11.2, 11.8), (12.7, 14.0)), cpu=0.0)
    assert taken.cut
    assert taken.understood == SAID.text
    assert taken.delay == pytest.approx(0.7, abs=0.006)


def test_who_is_not_heard_gets_no_answer():
    taken = of_ours(TURN, BEFORE, played(), cpu=0.0)
    assert (taken.understood, taken.delay, taken.ended) == ("", None, None)
