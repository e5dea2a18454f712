"""Somebody speaks over an answer: a question is answered, a nod is let pass, a stop is obeyed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from roomtone.base import event, message
from roomtone.turn.state import State
from scenes.stage import Stage

STORY = {
    "tell me a story": "Once upon a time. There was a room.",
    "what is the capital of france": "Paris is the capital of France.",
}


async def told_a_story(*, sounding: bool = True) -> Stage:
    """A room in the middle of an answer."""
    room = Stage(STORY)
    room.ear.holding = True
    if not sounding:
        room.thinker.pause.clear()
    await room.says("tell me a story")
    return room


def test_a_question_over_an_answer_is_answered_in_its_place() -> None:
    async def play() -> None:
        room = await told_a_story()
        room.ear.t += 3
        await room.interrupts("what is the capital of france")
        assert room.voice.said[-1] == "Paris is the capital of France."
        assert room.daemon.state is State.SPEAKING
        assert room.daemon.turn == 2
        kinds = room.kinds()
        assert kinds.index("BargedIn") < kinds.index("ReplyFinished")
        assert room.last(event.Understood).text == "what is the capital of france"
        await room.daemon.hush()

    asyncio.run(play())


def test_the_conversation_keeps_only_what_was_spoken_until_then() -> None:
    async def play() -> None:
        room = await told_a_story()
        room.ear.t += 3
        await room.interrupts("what is the capital of france")
        finished = next(one for one in room.events if isinstance(one, event.ReplyFinished))
        assert finished.turn == 1
        assert finished.spoken_text == "Once upon a time."
        _, history = room.thinker.asked[-1]
        assert [one.assistant for one in history] == ["Once upon a time."]
        await room.daemon.hush()

    asyncio.run(play())


@pytest.mark.parametrize(
    "words", ["", "yeah", "mm hmm", "okay right", "?what is the time", "once upon a time"]
)
def test_what_wants_nothing_of_us_lets_the_answer_go_on(words: str) -> None:
    async def play() -> None:
        room = await told_a_story()
        room.ear.t += 3
        await room.interrupts(words)
        assert room.ear.sent == [message.Resume()]
        assert room.daemon.state is State.SPEAKING
        assert room.daemon.turn == 1
        await room.daemon.hush()

    asyncio.run(play())


def test_a_stop_is_obeyed_however_unsure_it_is() -> None:
    async def play() -> None:
        room = await told_a_story()
        await room.interrupts("?stop")
        assert room.daemon.state is State.ASLEEP
        assert room.kinds()[-1] == "StopHeard"

    asyncio.run(play())


def test_while_our_own_voice_may_be_in_it_only_a_stop_counts() -> None:
    async def play() -> None:
        room = await told_a_story()
        await room.interrupts("what is the capital of france", clear=False)
        assert room.daemon.turn == 1
        assert room.daemon.state is State.SPEAKING
        await room.interrupts("stop", clear=False)
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_a_bell_rings_on_over_everything_but_a_stop() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("set a timer for ten seconds")
        await room.ear.silence()
        alarm = asyncio.create_task(room.alarm.run())
        room.alarm.changed()
        room.ear.holding = True
        await room.clock.move(11)
        await room.settle()
        await room.interrupts("what is the capital of france")
        assert room.ear.sent == [message.Resume()]
        assert room.daemon.state is State.SPEAKING
        await room.interrupts("stop")
        assert room.daemon.state is State.ASLEEP
        alarm.cancel()

    asyncio.run(play())


def test_who_was_cut_off_and_goes_on_is_answered_as_one() -> None:
    async def play() -> None:
        room = await told_a_story(sounding=False)
        await room.ear.speech("about a dog", "interruption")
        room.thinker.pause.set()
        await room.settle()
        assert room.thinker.asked[-1][0] == "tell me a story about a dog"
        assert room.thinker.asked[-1][1] == []
        assert room.last(event.Understood).text == "tell me a story about a dog"
        await room.daemon.hush()

    asyncio.run(play())


def test_what_is_said_long_after_the_question_is_a_question_of_its_own() -> None:
    async def play() -> None:
        room = await told_a_story()
        room.ear.t += 3
        await room.interrupts("about a dog")
        assert room.thinker.asked[-1][0] == "about a dog"
        await room.daemon.hush()

    asyncio.run(play())


def test_a_voice_that_cannot_be_read_lets_the_answer_go_on() -> None:
    async def play() -> None:
        room = await told_a_story()
        room.transcriber.broken = True
        await room.interrupts("what is the capital of france")
        assert room.ear.sent == [message.Resume()]
        assert room.daemon.turn == 1
        await room.daemon.hush()

    asyncio.run(play())


def test_a_microphone_that_is_closed_meanwhile_stays_closed() -> None:
    async def play() -> None:
        room = await told_a_story()
        room.ear.t += 3
        await room.ear.speech("what is the capital of france", "interruption")
        await room.daemon.mute(on=True)
        await room.settle()
        assert room.daemon.state is State.ASLEEP
        assert "BargedIn" not in room.kinds()

    asyncio.run(play())


def test_our_own_mention_of_the_wake_word_is_told_to_the_ear() -> None:
    async def words() -> AsyncIterator[str]:
        yield "The door is open."
        yield "Somebody said hey, Jarvis."

    async def play() -> None:
        room = Stage()
        room.answerer.wakes = ("hey jarvis",)
        await room.daemon.announce(words())
        assert room.ear.calling == [False, True]

    asyncio.run(play())
