"""Timers, from the order to the ring."""

from __future__ import annotations

import asyncio

from fakes.virtual import VirtualLoop
from roomtone.base import event
from roomtone.base.clock import unix
from roomtone.base.error import PartError
from roomtone.turn.state import State
from scenes.stage import Stage


def test_a_timer_is_set_rings_and_is_stopped() -> None:
    async def play() -> None:
        room = Stage()
        alarm = asyncio.create_task(room.alarm.run())
        await room.says("set a pizza timer for ten seconds")
        assert [timer.seconds for timer in room.memory.book] == [10]
        room.alarm.changed()
        await room.ear.silence()
        room.ear.holding = True
        await room.clock.move(11)
        await room.settle()
        assert room.daemon.state is State.SPEAKING
        assert room.last(event.TimerFired).name == "pizza"
        assert any("pizza" in words for words in room.voice.said[1:])
        assert (room.ear.ringing[0], room.ear.ringing[-1]) == (False, True)
        await room.interrupts("stop")
        assert room.daemon.state is State.ASLEEP
        assert room.memory.book == []
        alarm.cancel()

    asyncio.run(play())


def test_an_alarm_waits_until_the_conversation_is_over() -> None:
    async def play() -> None:
        room = Stage()
        alarm = asyncio.create_task(room.alarm.run())
        await room.says("set a timer for ten seconds")
        room.alarm.changed()
        await room.clock.move(11)
        await room.settle()
        assert "TimerFired" not in room.kinds()
        await room.ear.silence()
        await room.settle()
        assert "TimerFired" in room.kinds()
        alarm.cancel()

    asyncio.run(play())


def test_an_alarm_rings_without_a_voice() -> None:
    async def play() -> None:
        room = Stage()
        await room.memory.add_timer(5, "", room.clock.now())
        room.voice.broken = True
        alarm = asyncio.create_task(room.alarm.run())
        await room.clock.move(6)
        await room.settle()
        assert len(room.ear.played) >= 8
        assert "Failed" not in room.kinds()
        alarm.cancel()

    asyncio.run(play())


def test_an_alarm_that_nobody_stops_falls_silent_and_is_forgotten() -> None:
    async def play() -> None:
        room = Stage()
        await room.memory.add_timer(5, "", room.clock.now())
        alarm = asyncio.create_task(room.alarm.run())
        await room.clock.move(6)
        await room.settle()
        assert room.daemon.state is State.ASLEEP
        assert room.memory.book == []
        alarm.cancel()

    asyncio.run(play())


def test_a_timer_that_the_ear_could_not_play_rings_when_it_can() -> None:
    async def play() -> None:
        room = Stage()
        await room.memory.add_timer(5, "pizza", room.clock.now())
        plays = room.ear.play

        async def away(*_: object) -> None:
            raise PartError("ear", "went away")

        room.ear.play = away
        alarm = asyncio.create_task(room.alarm.run())
        await room.clock.move(6)
        await room.settle()
        assert room.daemon.state is State.ASLEEP
        assert len(room.memory.book) == 1
        room.ear.play = plays
        await room.clock.move(9)
        await room.settle()
        assert room.memory.book == []
        assert len(room.ear.played) >= 8
        alarm.cancel()

    asyncio.run(play())


def test_an_alarm_is_set_by_voice_rings_in_its_time_and_is_stopped_by_its_name() -> None:
    async def play() -> None:
        room = Stage()
        alarm = asyncio.create_task(room.alarm.run())
        await room.says("set an alarm for noon")
        (noon,) = room.memory.alarm_book
        room.alarm.changed()
        await room.ear.silence()
        room.ear.holding = True
        await room.clock.move(unix(noon.at) - room.clock.now() + 1)
        await room.settle()
        assert room.daemon.state is State.SPEAKING
        assert "It's 12:00. This is your alarm." in room.voice.said
        await room.interrupts("stop the alarm")
        assert room.daemon.state is State.ASLEEP
        assert room.memory.alarm_book == []
        alarm.cancel()

    asyncio.run(play())


def test_an_alarm_goes_on_when_the_voice_hangs() -> None:
    async def play() -> None:
        room = Stage()
        await room.memory.add_timer(5, "", room.clock.now())
        room.voice.hangs = True
        alarm = asyncio.create_task(room.alarm.run())
        await room.clock.move(6)
        await room.settle()
        assert await room.rests() < 30
        assert len(room.ear.played) >= 8
        assert room.memory.book == []
        alarm.cancel()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())
