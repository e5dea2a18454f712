"""What nobody asked for: who waits for whom, and whether it was heard."""

from __future__ import annotations

import asyncio

from fakes.virtual import VirtualLoop
from roomtone.app.conductor import ROOM_PATIENCE
from roomtone.app.speaking import say
from roomtone.base import event, message
from roomtone.turn.state import State
from scenes.stage import Stage


def test_an_announcement_tells_that_it_was_heard() -> None:
    async def play() -> None:
        room = Stage()
        assert await room.daemon.announce(say("Dinner is ready."))
        assert room.voice.said == ["Dinner is ready."]
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_an_announcement_that_no_part_can_make_tells_that_it_was_not_heard() -> None:
    async def play() -> None:
        room = Stage()
        room.voice.broken = True
        assert not await room.daemon.announce(say("Dinner is ready."))

    asyncio.run(play())


def test_an_announcement_that_goes_down_with_the_ear_was_not_heard() -> None:
    async def play() -> None:
        room = Stage()
        room.ear.holding = True
        announcing = asyncio.create_task(room.daemon.announce(say("Dinner is ready.")))
        await room.settle()
        assert event.SoundStarted in map(type, room.events)
        await room.daemon.ear_lost()
        assert not await announcing

    asyncio.run(play())


def test_two_announcements_at_once_speak_one_after_the_other() -> None:
    async def play() -> None:
        room = Stage()
        texts = ["Dinner is ready.", "Really.", "Come."]
        heard = await asyncio.gather(*(room.daemon.announce(say(text)) for text in texts))
        assert heard == [True, True, True]
        assert room.voice.said == texts
        ends = [one.turn for one in room.events if isinstance(one, event.ReplyFinished)]
        assert ends == [1, 2, 3]

    asyncio.run(play())


def test_an_announcement_does_not_wait_for_ever() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        began = asyncio.get_running_loop().time()
        assert not await room.daemon.announce(say("Dinner is ready."))
        assert asyncio.get_running_loop().time() - began == ROOM_PATIENCE
        assert room.voice.said == ["Once upon a time."]
        await room.daemon.hush()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(play())


def test_a_wake_word_before_the_first_sound_of_an_announcement_takes_the_floor() -> None:
    async def play() -> None:
        room = Stage()
        waits = asyncio.Event()

        async def never() -> None:
            await waits.wait()

        async def slow():
            await never()
            yield "Dinner is ready."

        announced = asyncio.create_task(room.daemon.announce(slow()))
        await room.settle()
        await room.says("what time is it")
        assert not await announced
        assert room.last(event.ReplyFinished).by == "skill"

    asyncio.run(play())


def test_muting_while_it_speaks_silences_it() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        await room.daemon.mute(on=True)
        assert room.daemon.state is State.ASLEEP
        assert not room.daemon.busy
        assert room.ear.sent[-1] == message.Microphone(open=False)

    asyncio.run(play())


def test_what_the_ear_had_on_its_way_when_it_was_muted_is_not_read() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.opens("hey jarvis")
        await room.daemon.mute(on=True)
        await room.ear.goes_on(1, "my secret")
        await room.ear.ends(1)
        await room.ear.wake("hey jarvis", "my other secret")
        await room.settle()
        assert room.transcriber.asked == 0
        assert room.daemon.state is State.ASLEEP
        await room.daemon.mute(on=False)
        await room.says("what time is it")
        assert room.last(event.ReplyFinished).by == "skill"

    asyncio.run(play())


def test_what_was_said_over_an_answer_before_it_was_muted_is_read_no_more() -> None:
    async def play() -> None:
        room = Stage({"tell me a story": "Once upon a time."})
        room.ear.holding = True
        await room.says("tell me a story")
        read = room.transcriber.asked
        await room.ear.speech("my secret", "interruption")
        await room.daemon.mute(on=True)
        await room.settle()
        assert room.transcriber.asked == read

    asyncio.run(play())


def test_muting_counts_also_while_the_ear_is_away() -> None:
    async def play() -> None:
        room = Stage()
        room.ear.away = True
        await room.daemon.mute(on=True)
        assert room.last(event.Muted).on
        assert room.daemon.muted

    asyncio.run(play())
