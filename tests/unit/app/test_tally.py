"""What happens is counted, and timed from the right moment."""

from __future__ import annotations

import pytest

from roomtone.app.tally import BOUNDS, RECENT, Durations, Tally
from roomtone.base import event


class Clock:
    def __init__(self) -> None:
        self.t = 100.0

    def __call__(self) -> float:
        return self.t


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tally(clock):
    return Tally(clock)


def turn(tally: Tally, clock: Clock) -> None:
    """A turn of 1.7 s, a phase at a time."""
    for pause, happened in (
        (0.0, event.WakeHeard(phrase="hey_jarvis", score=0.9)),
        (2.0, event.SpeechEnded(silence_ms=600, turn_probability=0.9)),
        (0.3, event.Understood(text="who", confidence=0.9, compute_ms=250)),
        (0.5, event.ReplyStarted(by="llama")),
        (0.2, event.SoundStarted(after_speech_ms=1700)),
        (3.0, event.ReplyFinished(by="llama", text="I.", spoken_text="I.")),
    ):
        clock.t += pause
        tally.note(happened)


def test_each_stage_of_a_turn_has_its_time(tally, clock):
    turn(tally, clock)
    took = {stage: durations.quantile(0.5) for stage, durations in tally.stages.items()}
    assert took == {
        "end_of_turn": 0.6,
        "understand": pytest.approx(0.3),
        "compute": 0.25,
        "first_sentence": pytest.approx(0.5),
        "first_sound": pytest.approx(0.2),
        "answer": 1.7,
    }
    assert tally.turns == {"llama": 1}
    assert tally.wakes == {"hey_jarvis": 1}


def test_a_timer_that_rings_is_no_answer_to_a_question(tally, clock):
    tally.note(event.SpeechEnded(silence_ms=600, turn_probability=0.9))
    clock.t += 1
    tally.note(event.TimerFired(name="tea"))
    tally.note(event.ReplyStarted(by="timer"))
    tally.note(event.SoundStarted())
    assert set(tally.stages) == {"end_of_turn"}


def test_a_turn_that_fails_leaves_no_stage_behind_for_the_next(tally, clock):
    tally.note(event.SpeechEnded(silence_ms=600, turn_probability=0.9))
    tally.note(event.Failed(part="transcriber", spoken=True))
    clock.t += 60
    tally.note(event.Understood(text="", confidence=0.0))
    assert set(tally.stages) == {"end_of_turn"}
    assert tally.failures == {"transcriber": 1}


def test_faults_and_their_ends_are_counted_by_kind(tally):
    fault = {"part": "ear", "fault": "it went away", "action": "none", "kind": "microphone_lost"}
    tally.note(event.Fault(**fault))
    tally.note(event.Fault(**fault, recovered_ms=1500))
    key = ("ear", "microphone_lost")
    assert (tally.faults[key], tally.recoveries[key]) == (1, 1)
    assert tally.recovery_seconds[key] == 1.5


def test_a_false_wake_is_reported_once(tally):
    assert not tally.false_wake()
    tally.note(event.WakeHeard(phrase="hey_jarvis", score=0.9))
    assert tally.false_wake()
    assert not tally.false_wake()
    assert tally.false_wakes == {"hey_jarvis": 1}


def test_silence_and_interruptions_are_counted(tally):
    tally.note(event.NothingHeard())
    tally.note(event.BargedIn())
    assert (tally.unanswered, tally.interruptions) == (1, 1)


def test_quantiles_are_those_of_the_last_turns_and_nothing_grows():
    durations = Durations()
    for _ in range(10 * RECENT):
        durations.add(9.0)
    for number in range(RECENT):
        durations.add(number / RECENT)
    assert durations.quantile(0.5) == 0.5
    assert durations.quantile(0.95) == 0.95
    assert sum(durations.buckets) == 11 * RECENT
    assert len(durations.buckets) == len(BOUNDS) + 1
