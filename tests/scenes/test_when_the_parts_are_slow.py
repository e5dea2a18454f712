"""Reading takes longer than the window that the question was asked in."""

from __future__ import annotations

import asyncio

from fakes.virtual import VirtualLoop
from roomtone.base import event, message
from roomtone.base.words import Transcript
from roomtone.turn.state import State
from scenes.stage import Stage


def slow(seconds: float) -> Stage:
    """A room whose transcriber takes its time."""
    room = Stage()
    read = room.transcriber.read

    async def late(pcm: bytes, *, final: bool) -> Transcript:
        await asyncio.sleep(seconds)
        return await read(pcm, final=final)

    room.transcriber.read = late  # type: ignore[method-assign]
    return room


async def goes_by(room: Stage, seconds: float) -> None:
    """Time passes, and the ear tells so."""
    for _ in range(round(seconds / 0.08)):
        await asyncio.sleep(0.08)
        room.ear.t += 0.08
        await room.daemon.heard(message.Tick(t=room.ear.t, level_db=-60, queued=0))


def test_a_question_that_takes_six_seconds_to_read_is_answered() -> None:
    async def play() -> None:
        room = slow(6.0)
        await room.ear.pauses("hey jarvis", "what time is it")
        await room.ear.ends(1)
        await goes_by(room, 7.0)
        assert room.last(event.ReplyFinished).by == "skill"
        assert "NothingHeard" not in room.kinds()
        assert "Failed" not in room.kinds()
        assert room.transcriber.asked == 1

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())


def test_who_says_the_wake_word_alone_is_listened_to_however_long_reading_took() -> None:
    async def play() -> None:
        room = slow(6.0)
        await room.says("", voiced_ms=80)
        await goes_by(room, 8.0)
        assert room.daemon.state is State.LISTENING
        await room.ear.speech("what time is it", "wake")
        await goes_by(room, 7.0)
        assert room.last(event.ReplyFinished).by == "skill"

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())


def test_a_word_over_an_answer_is_not_lost_with_the_window_before_it() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        await goes_by(room, 20.0)
        number = 7
        await room.daemon.heard(
            message.SpeechBegan(t=room.ear.t, segment=number, kind="interruption")
        )
        await goes_by(room, 0.08)
        await room.daemon.heard(message.SpeechChunk(segment=number, pcm=b"stop"))
        end = message.SpeechEnd(
            t=room.ear.t,
            segment=number,
            kind="interruption",
            silence_ms=300,
            turn_probability=0.9,
            voiced_ms=400,
        )
        await room.daemon.heard(end)
        await room.settle()
        assert room.daemon.state is State.ASLEEP
        assert room.kinds()[-1] == "StopHeard"

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())
