"""A part that fails costs its turn, and the room is told."""

from __future__ import annotations

import asyncio

from fakes.virtual import VirtualLoop
from roomtone.app.answerer import TROUBLE
from roomtone.app.speaking import say
from roomtone.base import event, message
from roomtone.speak.cue import cue
from roomtone.turn.state import State
from scenes.stage import Stage


def test_a_lost_transcriber_is_told_and_the_next_question_works() -> None:
    async def play() -> None:
        room = Stage()
        room.transcriber.broken = True
        await room.says("what time is it")
        assert room.last(event.Failed).part == "transcriber"
        assert room.last(event.Failed).spoken
        assert room.daemon.state is State.ASLEEP
        room.transcriber.broken = False
        await room.says("what time is it")
        assert room.last(event.ReplyFinished).by == "skill"

    asyncio.run(play())


def test_without_a_thinker_skills_still_answer() -> None:
    async def play() -> None:
        room = Stage()
        room.thinker.broken = True
        await room.says("who wrote hamlet")
        assert room.last(event.Failed).part == "thinker"
        await room.says("what time is it")
        assert room.last(event.ReplyFinished).by == "skill"

    asyncio.run(play())


def test_a_lost_voice_is_told_by_a_cue() -> None:
    async def play() -> None:
        room = Stage()
        room.voice.broken = True
        await room.says("what time is it")
        assert len(room.ear.cues) == 1
        assert room.last(event.Failed).spoken

    asyncio.run(play())


def test_mute_closes_the_microphone_after_the_answer() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("mute the microphone")
        assert room.ear.sent[-1] == message.Microphone(open=False)
        assert room.last(event.Muted).on
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_a_lost_ear_ends_the_turn() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        await room.daemon.ear_lost()
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_an_ear_that_is_back_tells_of_the_turn_that_it_took_along() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        await room.daemon.ear_lost()
        assert room.ear.cues == []
        await room.daemon.ear_back()
        assert room.ear.cues == [cue("failed")]
        assert room.ear.mode == "asleep"
        await room.daemon.ear_back()
        assert len(room.ear.cues) == 1

    asyncio.run(play())


def test_an_ear_that_comes_back_while_we_speak_watches() -> None:
    async def play() -> None:
        room = Stage()
        await room.daemon.ear_lost()
        room.ear.holding = True
        announced = asyncio.create_task(room.daemon.announce(say("Dinner is ready.")))
        await room.settle()
        await room.daemon.ear_back()
        assert room.ear.mode == "watching"
        assert room.ear.cues == []
        await room.daemon.hush()
        await announced

    asyncio.run(play())


def test_a_turn_that_hangs_ends_with_an_apology_in_time() -> None:
    async def play() -> None:
        room = Stage({"who are you": "Roomtone."})
        room.thinker.pause.clear()
        await room.says("who are you")
        assert await room.rests() <= 20
        assert room.last(event.Failed) == event.Failed(
            t=room.ear.t, turn=1, part="thinker", spoken=True
        )
        assert room.voice.said == [TROUBLE]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())


def test_a_turn_is_told_by_a_cue_when_the_voice_hangs_too() -> None:
    async def play() -> None:
        room = Stage()
        room.voice.hangs = True
        await room.says("what time is it")
        assert await room.rests() <= 20
        assert room.ear.cues == [cue("failed")]
        assert room.last(event.Failed).part == "voice"

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())
