"""A part that fails costs its turn, and the room is told."""

from __future__ import annotations

import asyncio

from roomtone.base import event, message
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
