"""A conversation as people read it."""

from __future__ import annotations

import io

from rich.console import Console

from roomtone.app.transcript import Transcript
from roomtone.base import event


def printed(*happened: event.Event) -> tuple[str, Transcript]:
    page = io.StringIO()
    transcript = Transcript(Console(file=page, width=100, highlight=False), "visitor")
    for one in happened:
        transcript.tell(one)
    return page.getvalue(), transcript


def test_it_says_who_said_what_and_how_long_it_took() -> None:
    page, transcript = printed(
        event.WakeHeard(t=1.0, phrase="hey jarvis", score=0.98),
        event.Understood(t=3.0, text="what time is it", confidence=0.9),
        event.Sentence(t=3.1, text="It's ten."),
        event.SoundStarted(t=3.2, after_speech_ms=412),
    )
    assert "visitor  what time is it" in page
    assert "roomtone It's ten." in page
    assert "412 ms after the last word" in page
    assert transcript.delays_ms == [412]


def test_an_alarm_a_fault_and_a_stop_are_told() -> None:
    page, transcript = printed(
        event.TimerFired(t=1.0, name="pizza"),
        event.SoundStarted(t=1.0, after_speech_ms=None),
        event.StopHeard(t=2.0),
        event.Fault(t=3.0, part="ear", fault="no sound", action="reopen"),
    )
    for words in ("the pizza timer rings", "stopped", "ear: no sound (reopen)"):
        assert words in page
    assert transcript.delays_ms == []


def test_markup_in_what_people_say_is_only_text() -> None:
    page, _ = printed(event.Understood(t=1.0, text="[bold]hello[/bold]", confidence=1.0))
    assert "[bold]hello[/bold]" in page
