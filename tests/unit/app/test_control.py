"""What the doors get to see of a running core."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from fakes.mind import FakeThinker
from roomtone.app.answerer import Answerer
from roomtone.app.choices import WAKES
from roomtone.app.choosing import Choosing
from roomtone.app.config import Config
from roomtone.app.control import SILENT, Controls
from roomtone.app.faults import Faults
from roomtone.app.learning import Learning, learnt
from roomtone.app.memory import Memory
from roomtone.app.writing import Writing
from roomtone.base import event, message
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.base.error import OwnerError, PartError
from roomtone.respond.route import Router
from roomtone.respond.settings import AnswerSettings
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store
from roomtone.turn.state import State


def part(name: str, *, up: bool = True) -> SimpleNamespace:
    child = SimpleNamespace(name=name, up=up, pid=7, restarts=0, detail={"model": name})
    return SimpleNamespace(child=child, level_db=-60.0, erle_db=None, microphone="open")


class Conductor:
    state = State.ASLEEP
    turn = 3

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.free = True

    async def hush(self) -> None:
        self.calls.append("hush")

    async def carry_out(self, actions) -> None:
        self.calls += [type(action).__name__ for action in actions]
        await self.answerer.do(actions)

    async def listen(self) -> None:
        self.calls.append("listen")

    async def mute(self, *, on: bool) -> None:
        self.calls.append(f"mute {on}")

    async def sign(self, name: str) -> None:
        self.calls.append(name)

    async def announce(self, pieces) -> bool:
        self.calls += [piece async for piece in pieces]
        return self.free


async def core(*, voice_up: bool = True, ear_up: bool = True) -> SimpleNamespace:
    clock, bulletin = StreamClock(1_790_000_000.0), Bulletin()
    memory = await Memory.open(await Store.open(), clock, bulletin, KeepSettings())
    thinker = FakeThinker({"who are you": "I am Roomtone."})
    answerer = Answerer(Router(), Choosing(Writing(thinker)), memory, AnswerSettings(), clock)
    conductor = Conductor()
    conductor.answerer = answerer
    return SimpleNamespace(
        clock=clock,
        config=Config(),
        bulletin=bulletin,
        memory=memory,
        ear=part("ear", up=ear_up),
        transcriber=part("transcriber"),
        thinker=part("thinker"),
        voice=part("voice", up=voice_up),
        answerer=answerer,
        conductor=conductor,
        newsroom=SimpleNamespace(faults=Faults()),
        learning=Learning(memory, SimpleNamespace()),
    )


def test_without_a_daemon_there_is_no_status_and_nothing_to_reload() -> None:
    async def ask() -> None:
        controls = Controls(await core())
        with pytest.raises(OwnerError, match="no daemon"):
            await controls.status()
        with pytest.raises(OwnerError, match="no daemon"):
            await controls.reload()

    asyncio.run(ask())


def test_a_question_in_writing_is_answered_with_events() -> None:
    async def ask() -> None:
        controls = Controls(await core())
        told = [one async for one in controls.ask("who are you")]
        assert told == [
            event.ReplyStarted(by="llama"),
            event.Sentence(text="I am Roomtone."),
            event.ReplyFinished(by="llama", text="I am Roomtone.", spoken_text=""),
        ]

    asyncio.run(ask())


def test_a_timer_ordered_in_writing_runs() -> None:
    async def ask() -> None:
        controls = Controls(await core())
        [_ async for _ in controls.ask("set a tea timer for three minutes")]
        assert [(timer.name, timer.seconds) for timer in await controls.timers()] == [("tea", 180)]

    asyncio.run(ask())


def test_wishes_reach_the_conductor() -> None:
    async def wish() -> None:
        room = await core()
        controls = Controls(room)
        await controls.hush()
        await controls.listen()
        await controls.mute(on=True)
        await controls.say("dinner is ready")
        assert room.conductor.calls == ["hush", "listen", "mute True", "muted", "dinner is ready"]

    asyncio.run(wish())


def test_what_cannot_be_done_now_says_why() -> None:
    async def wish() -> None:
        room = await core(voice_up=False)
        with pytest.raises(PartError, match="not running"):
            await Controls(room).say("dinner")
        room.ear.microphone = "missing"
        with pytest.raises(OwnerError, match="roomtone devices"):
            await Controls(room).listen()
        room.memory.muted = True
        with pytest.raises(OwnerError, match="unmute"):
            await Controls(room).listen()

    asyncio.run(wish())


def test_kept_turns_have_a_readable_time() -> None:
    async def ask() -> None:
        room = await core()
        controls = Controls(room)
        assert await controls.explain(None) is None
        room.bulletin.publish(event.Understood(turn=1, text="who", confidence=0.8))
        room.bulletin.publish(event.ReplyFinished(turn=1, by="skill", text="Me.", spoken_text=""))
        await room.memory.drain()
        (turn,) = await controls.history(5)
        assert turn["at"].startswith("2026-09-2")
        assert (await controls.explain(turn["id"]))["heard"] == "who"

    asyncio.run(ask())


def test_what_is_ordered_in_writing_is_done_in_the_room() -> None:
    async def order() -> None:
        room = await core()
        controls = Controls(room)
        for text in ("mute the microphone", "stop", "set the volume to 20 percent"):
            [_ async for _ in controls.ask(text)]
        assert "mute True" in room.conductor.calls
        assert "hush" in room.conductor.calls
        assert room.conductor.calls[-1] == "SetVolume"
        await room.memory.drain()
        assert len(await controls.history(5)) == 3

    asyncio.run(order())


def test_without_a_running_ear_nothing_is_promised() -> None:
    async def order() -> None:
        room = await core(ear_up=False)
        with pytest.raises(OwnerError, match="needs the daemon"):
            [_ async for _ in Controls(room).ask("set a timer for three minutes")]
        assert await room.memory.timers() == ()

    asyncio.run(order())


def test_a_wake_can_be_taken_back_once() -> None:
    async def report() -> None:
        room = await core()
        controls = Controls(room)
        room.bulletin.publish(event.WakeHeard(phrase="hey_jarvis", score=0.9))
        room.learning.overhear(
            message.WakeDetected(
                t=1.0, phrase="hey_jarvis", score=0.9, segment=1, began=0.0, trace=b"ab"
            )
        )
        await controls.false_wake()
        assert len(learnt(room.memory.chosen(WAKES)).alarms) == 1
        await room.memory.erase("all")
        assert learnt(room.memory.chosen(WAKES)).alarms == ()
        with pytest.raises(OwnerError, match="nothing has woken it"):
            await controls.false_wake()

    asyncio.run(report())


def test_what_listened_because_it_was_told_to_is_no_false_wake() -> None:
    async def report() -> None:
        room = await core()
        controls = Controls(room)
        room.learning.overhear(
            message.WakeDetected(
                t=1.0, phrase="hey_jarvis", score=0.9, segment=1, began=0.0, trace=b"ab"
            )
        )
        for phrase in ("hey_jarvis", event.ASKED):
            room.bulletin.publish(event.WakeHeard(phrase=phrase, score=1.0))
        with pytest.raises(OwnerError, match="no wake word was heard"):
            await controls.false_wake()
        assert learnt(room.memory.chosen(WAKES)).alarms == ()

    asyncio.run(report())


@pytest.mark.parametrize("kind", SILENT)
def test_what_nobody_can_hear_is_not_said_and_told(kind: str) -> None:
    async def speak() -> None:
        room = await core()
        controls, faults = Controls(room), room.newsroom.faults
        lost = {"part": "ear", "kind": kind, "fault": "no loudspeaker found"}
        faults.note(event.Fault(action="none", **lost))
        with pytest.raises(OwnerError, match="no loudspeaker found; `roomtone doctor`"):
            await controls.say("dinner")
        assert room.conductor.calls == []
        faults.note(event.Fault(action="none", recovered_ms=5, **lost))
        await controls.say("dinner")
        assert room.conductor.calls == ["dinner"]
        room.conductor.free = False
        with pytest.raises(OwnerError, match="it was not said"):
            await controls.say("dinner")

    asyncio.run(speak())


def test_who_asks_for_mute_in_writing_and_goes_away_is_obeyed() -> None:
    async def order() -> None:
        room = await core()
        answer = Controls(room).ask("mute the microphone")
        await anext(answer)
        await answer.aclose()
        assert "mute True" in room.conductor.calls

    asyncio.run(order())


def test_a_note_that_is_dropped_in_writing_is_not_said_again() -> None:
    async def drop() -> str:
        room = await core()

        async def warm(*_context: object) -> None:
            pass

        room.thinker.warm = warm
        controls = Controls(room)
        for text in ("remember that the code is on the door", "what are my notes"):
            [_ async for _ in controls.ask(text)]
        (note,) = await controls.notes()
        assert await controls.drop_notes([note["id"]]) == 1
        return [one async for one in controls.ask("say that again")][-1].text

    assert "door" not in asyncio.run(drop())


def test_a_turn_in_writing_began_before_anything_left_for_it() -> None:
    async def ask() -> None:
        room = await core()
        asking = Controls(room).ask("who are you")
        await anext(asking)
        await room.clock.move(5.0)
        [_ async for _ in asking]
        (turn,) = await room.memory.archive.turns(1)
        assert turn.started == 1_790_000_000.0

    asyncio.run(ask())


def test_a_locked_memory_is_not_told_to_be_empty_and_forgets_nothing() -> None:
    async def ask() -> None:
        room = await core()
        fault = SimpleNamespace(part="store", kind="locked")
        room.newsroom = SimpleNamespace(faults=SimpleNamespace(active=lambda: [fault]))
        controls = Controls(room)
        for asked in (
            controls.history(5),
            controls.notes(),
            controls.forget("all"),
            controls.forget_matching("x"),
        ):
            with pytest.raises(OwnerError, match="unlock"):
                await asked

    asyncio.run(ask())


def test_voices_are_enrolled_told_and_forgotten() -> None:
    async def play() -> None:
        controls = Controls(await core())
        await controls.enroll("hey_jarvis", "Ada", b"1234", 0.5)
        assert await controls.learnt() == {
            "voices": [{"name": "Ada", "word": "hey_jarvis"}],
            "false_alarms": 0,
        }
        with pytest.raises(OwnerError, match="no wake word in use"):
            await controls.enroll("computer", "Ada", b"1234", 0.5)
        assert await controls.forget_voice("Ada") == 1
        assert (await controls.learnt())["voices"] == []

    asyncio.run(play())
