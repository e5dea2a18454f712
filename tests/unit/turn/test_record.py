"""A turn is told from its events alone."""

from __future__ import annotations

from roomtone.base import event
from roomtone.turn.record import Recorder


def test_an_answered_turn_has_all_that_explain_tells() -> None:
    recorder = Recorder(5.0)
    assert recorder.add(event.WakeHeard(phrase="alexa", score=0.8)) is None
    recorder.add(event.SpeechEnded(silence_ms=220, turn_probability=0.9))
    recorder.add(event.Understood(text="who", confidence=0.7))
    recorder.add(event.ReplyStarted(by="llama"))
    recorder.add(event.SoundStarted(after_speech_ms=410))
    turn = recorder.add(event.ReplyFinished(by="llama", text="You.", spoken_text="You."))
    assert turn is not None
    assert (turn.wake_phrase, turn.heard, turn.reply, turn.outcome) == (
        "alexa",
        "who",
        "You.",
        "answered",
    )
    assert turn.milliseconds == {"end_of_turn": 220, "after_speech": 410}


def test_every_way_to_end_has_its_outcome() -> None:
    endings = {
        event.StopHeard(): "stopped",
        event.NothingHeard(): "nothing_heard",
        event.Failed(part="voice", spoken=True): "failed",
    }
    for ending, outcome in endings.items():
        turn = Recorder(1.0).add(ending)
        assert turn is not None
        assert turn.outcome == outcome
