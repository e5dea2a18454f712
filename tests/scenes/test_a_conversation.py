"""Conversations that go as they should."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app import speaking
from roomtone.base import event, message
from roomtone.turn.state import State
from scenes.stage import Stage


def test_somebody_asks_the_time_and_goes_away() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("what time is it")
        assert room.kinds() == [
            "WakeHeard",
            "SpeechEnded",
            "Understood",
            "ReplyStarted",
            "Sentence",
            "SoundStarted",
            "ReplyFinished",
        ]
        assert room.last(event.Understood).text == "what time is it"
        assert room.last(event.ReplyFinished).by == "skill"
        assert room.daemon.state is State.LISTENING
        await room.ear.silence()
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_the_delay_is_counted_from_the_last_voiced_sample() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("what time is it")
        assert room.last(event.SoundStarted).after_speech_ms == 300

    asyncio.run(play())


def test_a_follow_up_is_answered_in_its_context() -> None:
    async def play() -> None:
        room = Stage({"what is the capital of france": "Paris is.", "and of spain": "Madrid is."})
        await room.says("what is the capital of france")
        await room.goes_on("and of spain")
        question, history = room.thinker.asked[-1]
        assert question == "and of spain"
        assert [one.assistant for one in history] == ["Paris is."]
        assert room.voice.said == ["Paris is.", "Madrid is."]
        assert room.last(event.ReplyFinished).turn == 2

    asyncio.run(play())


def test_after_the_wake_word_alone_it_chimes_and_waits() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("", voiced_ms=80)
        assert len(room.ear.cues) == 1
        assert room.ear.mode == "listening"
        assert room.daemon.state is State.LISTENING
        await room.ear.speech("what time is it", "wake")
        await room.settle()
        assert room.last(event.ReplyFinished).by == "skill"

    asyncio.run(play())


def test_a_wake_word_and_then_nothing_ends_asleep() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("", voiced_ms=80)
        await room.ear.silence()
        assert room.kinds()[-1] == "NothingHeard"
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_when_hearing_is_unsure_it_asks_again_and_does_nothing() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("")
        await room.ear.speech("?set a timer for ten seconds", "wake")
        await room.settle()
        assert "again" in room.voice.said[-1]
        assert room.memory.book == []
        assert room.daemon.state is State.LISTENING

    asyncio.run(play())


def test_stop_ends_an_answer_at_once() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time. There was a room."})
        room.ear.holding = True
        await room.says("tell me a story")
        assert room.daemon.state is State.SPEAKING
        await room.interrupts("stop")
        assert room.daemon.state is State.ASLEEP
        assert room.kinds()[-2:] == ["ReplyFinished", "StopHeard"]
        finished = room.last(event.ReplyFinished)
        assert finished.spoken_text in ("", "Once upon a time.")

    asyncio.run(play())


def test_the_wake_word_takes_the_floor_from_an_answer() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        room.ear.holding = False
        await room.says("what time is it")
        assert [one.turn for one in room.events if isinstance(one, event.ReplyFinished)] == [1, 2]
        assert room.daemon.state is State.LISTENING

    asyncio.run(play())


def test_a_second_question_while_it_thinks_is_the_one_that_is_answered() -> None:
    async def play() -> None:
        room = Stage({"one": "First.", "two": "Second."})
        await room.ear.wake("hey jarvis", "one")
        await room.says("two")
        assert room.voice.said[-1] == "Second."
        assert room.daemon.state is State.LISTENING

    asyncio.run(play())


def test_a_whole_command_ends_the_utterance_at_the_first_pause() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "what time is it")
        await room.settle()
        assert room.ear.sent == [message.Expect(segment=1, more="complete")]

    asyncio.run(play())


def test_a_command_that_lacks_what_it_is_about_is_waited_for() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "set a timer")
        await room.settle()
        assert room.ear.sent == [message.Expect(segment=1, more="open")]

    asyncio.run(play())


@pytest.mark.parametrize("text", ["who painted the starry night", "set a timer for ten minutes"])
def test_what_is_probably_whole_is_told_as_likely(text: str) -> None:
    async def play() -> None:
        room = Stage({"who painted the starry night": "Vincent van Gogh."})
        await room.ear.pauses("hey jarvis", text)
        await room.settle()
        assert room.ear.sent == [message.Expect(segment=1, more="likely")]

    asyncio.run(play())


def test_words_that_do_not_tell_leave_the_end_to_the_ear() -> None:
    async def play() -> None:
        room = Stage({"tell me about vincent van gogh": "He painted."})
        await room.ear.pauses("hey jarvis", "tell me about vincent van gogh")
        await room.settle()
        assert room.ear.sent == []

    asyncio.run(play())


def test_what_was_read_in_the_pause_is_not_read_again() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "what time is it")
        await room.settle()
        await room.ear.ends(1)
        await room.settle()
        assert room.transcriber.asked == 1
        assert room.last(event.Understood).text == "what time is it"

    asyncio.run(play())


def test_what_was_read_in_a_pause_counts_for_nothing_when_speech_goes_on() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "what time is it")
        await room.settle()
        await room.ear.goes_on(1, " in tokyo")
        await room.ear.ends(1)
        await room.settle()
        assert room.last(event.Understood).text == "what time is it in tokyo"

    asyncio.run(play())


def test_a_long_thought_is_bridged_by_one_cue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "LONG_THOUGHT", 0.0)

    async def play() -> None:
        room = Stage({"who are you": "Roomtone."})
        room.thinker.pause.clear()
        await room.says("who are you")
        assert len(room.ear.cues) == 1
        room.thinker.pause.set()
        await room.settle()
        assert room.voice.said == ["Roomtone."]
        await room.goes_on("what time is it")
        assert len(room.ear.cues) == 1

    asyncio.run(play())
