"""The journal knows that things happened, not what was said."""

from __future__ import annotations

import logging

import pytest

from roomtone.app import chronicle
from roomtone.base import event

CANARY = "canary"


@pytest.mark.parametrize(
    "happened",
    [
        event.WakeHeard(phrase="hey jarvis", score=0.9),
        event.Partial(text=CANARY),
        event.Understood(text=CANARY, confidence=1.0),
        event.Sentence(text=CANARY),
        event.SoundStarted(after_speech_ms=400),
        event.ReplyFinished(by="skill", text=CANARY, spoken_text=CANARY),
        event.TimerFired(name=CANARY),
        event.StopHeard(),
        event.Muted(on=True),
        event.Muted(on=False),
        event.Failed(part="voice", spoken=True),
    ],
)
def test_no_word_of_what_was_said_is_written(happened, caplog):
    caplog.set_level(logging.DEBUG)
    chronicle.write(happened)
    (record,) = caplog.records
    assert record.event == event.public(happened)["event"]
    assert CANARY not in str(vars(record))


def test_a_fault_is_a_warning_and_its_end_is_news(caplog):
    caplog.set_level(logging.INFO)
    fault = event.Fault(part="ear", fault="no microphone", action="looking", kind="microphone_lost")
    chronicle.write(fault)
    chronicle.write(event.Fault(part="ear", fault="", action="", recovered_ms=900))
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("WARNING", "ear: no microphone; looking"),
        ("INFO", "ear: mended after 900 ms"),
    ]


def test_small_steps_are_for_debugging(caplog):
    caplog.set_level(logging.INFO)
    chronicle.write(event.SpeechStarted())
    assert not caplog.records
