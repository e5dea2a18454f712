"""The microphone that is said to be off is off, whatever becomes of the words that tell so."""

from __future__ import annotations

import asyncio

from fakes.virtual import VirtualLoop
from roomtone.base import event, message
from roomtone.turn.state import State
from scenes.stage import Stage

CLOSED = message.Microphone(open=False)


def off(room: Stage) -> bool:
    """Whether the microphone is closed for good, and everybody knows."""
    assert [one.on for one in room.events if isinstance(one, event.Muted)] == [True]
    assert room.daemon.state is State.ASLEEP
    return room.daemon.muted and room.ear.sent == [CLOSED] and room.ear.mode == "asleep"


def test_it_is_off_when_the_voice_is_down_and_the_failure_is_told() -> None:
    async def play() -> None:
        room = Stage()
        room.voice.broken = True
        await room.says("mute the microphone")
        assert off(room)
        assert room.last(event.Failed).part == "voice"
        assert room.last(event.Failed).spoken

    asyncio.run(play())


def test_it_is_off_when_no_sound_comes_in_time() -> None:
    async def play() -> None:
        room = Stage()
        room.voice.hangs = True
        await room.says("mute the microphone")
        await room.rests()
        assert off(room)
        assert room.last(event.Failed).part == "voice"

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())


def test_it_is_off_when_somebody_stops_the_words() -> None:
    async def play() -> None:
        room = Stage()
        room.ear.holding = True
        await room.says("mute the microphone")
        await room.interrupts("stop")
        assert off(room)
        assert not room.daemon.busy
        assert room.kinds().count("StopHeard") == 1

    asyncio.run(play())


def test_it_is_off_when_the_words_are_hushed_from_a_door() -> None:
    async def play() -> None:
        room = Stage()
        room.ear.holding = True
        await room.says("mute the microphone")
        await room.daemon.hush()
        assert off(room)

    asyncio.run(play())


def test_it_is_off_when_the_wake_word_takes_the_floor_from_the_words() -> None:
    async def play() -> None:
        room = Stage()
        room.ear.holding = True
        await room.says("mute the microphone")
        read = room.transcriber.asked
        await room.says("what time is it")
        assert off(room)
        assert room.kinds().count("WakeHeard") == 1
        assert room.transcriber.asked == read

    asyncio.run(play())


def test_the_wish_is_known_before_what_is_going_on_has_ended() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        known: list[bool] = []
        hush = room.ear.hush

        async def hushing(turn: int) -> float:
            known.append(room.kinds()[-1] == "Muted")
            return await hush(turn)

        room.ear.hush = hushing  # type: ignore[method-assign]
        await room.daemon.mute(on=True)
        assert known == [True]
        assert off(room)

    asyncio.run(play())


def test_a_wake_word_that_waited_while_it_was_muted_begins_no_turn() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        free = asyncio.Event()

        async def hushing(_turn: int) -> float:
            await free.wait()
            return 0.0

        room.ear.hush = hushing  # type: ignore[method-assign]
        woken = asyncio.create_task(room.ear.opens("hey jarvis"))
        await room.settle()
        muted = asyncio.create_task(room.daemon.mute(on=True))
        await room.settle()
        free.set()
        await asyncio.gather(woken, muted)
        assert off(room)
        assert room.kinds().count("WakeHeard") == 1

    asyncio.run(play())
