"""An answer that is made before the end is sure: released, dropped, and never heard too early."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.base import event, message
from roomtone.turn.record import Recorder, Turn
from roomtone.turn.speculation import ATTEMPTS
from roomtone.turn.state import State
from scenes.stage import Stage

CLOUD = "what is a cloud"
SCRIPT = {
    CLOUD: "A cloud is water high in the air. It floats. It rains.",
    "what is a cloud made of": "It is made of drops.",
}


async def goes_on(room: Stage, text: str) -> None:
    """Whoever paused speaks on, up to the next pause."""
    await room.ear.goes_on(1, text)
    await room.ear.handle(message.SpeechPaused(t=room.ear.t, segment=1))
    await room.settle()


def started(room: Stage) -> event.ReplyStarted:
    told = room.last(event.ReplyStarted)
    assert isinstance(told, event.ReplyStarted)
    return told


def test_the_answer_is_there_when_the_end_is_sure() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.ear.pauses("hey jarvis", CLOUD)
        await room.settle()
        assert room.voice.said == ["A cloud is water high in the air."]
        assert room.ear.played == []
        assert "ReplyStarted" not in room.kinds()
        await room.ear.ends(1)
        await room.settle()
        assert room.voice.said == ["A cloud is water high in the air.", "It floats.", "It rains."]
        assert room.thinker.asked == [(CLOUD, [])]
        assert started(room).speculative
        finished = room.last(event.ReplyFinished)
        assert isinstance(finished, event.ReplyFinished)
        assert finished.text == finished.spoken_text == SCRIPT[CLOUD]

    asyncio.run(play())


def test_what_is_made_ahead_is_told_and_remembered_like_any_answer() -> None:
    async def play(*, pauses: bool) -> tuple[list[str], list[str], object]:
        room = Stage(SCRIPT)
        if pauses:
            await room.ear.pauses("hey jarvis", CLOUD)
            await room.settle()
            await room.ear.ends(1)
            await room.settle()
        else:
            await room.says(CLOUD)
        told = [one.text for one in room.events if isinstance(one, event.Sentence)]
        return room.kinds(), told, room.answerer.context()

    assert asyncio.run(play(pauses=True)) == asyncio.run(play(pauses=False))


def test_an_answer_that_nobody_waited_for_is_not_called_speculative() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.says(CLOUD)
        assert not started(room).speculative

    asyncio.run(play())


def test_it_is_dropped_when_the_question_goes_on() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.ear.pauses("hey jarvis", CLOUD)
        await room.settle()
        await goes_on(room, " made of")
        await room.ear.ends(1)
        await room.settle()
        assert room.last(event.Understood).text == "what is a cloud made of"
        assert room.last(event.ReplyFinished).text == "It is made of drops."
        assert started(room).speculative

    asyncio.run(play())


def test_a_timer_is_set_by_the_confirmed_words_alone() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "set a timer for five minutes")
        await room.settle()
        assert room.memory.book == []
        assert room.voice.said
        await goes_on(room, " and ten seconds")
        assert room.memory.book == []
        await room.ear.ends(1)
        await room.settle()
        assert [timer.seconds for timer in room.memory.book] == [310]

    asyncio.run(play())


def test_a_timer_that_was_prepared_is_set_once() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "set a timer for five minutes")
        await room.settle()
        await room.ear.ends(1)
        await room.settle()
        assert [timer.seconds for timer in room.memory.book] == [300]
        assert len(room.voice.said) == 1
        assert started(room).speculative

    asyncio.run(play())


def test_what_the_room_knows_better_by_then_is_said_afresh() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "what timers are running")
        await room.settle()
        before = list(room.voice.said)
        await room.memory.add_timer(300, "pizza", room.clock.now())
        await room.ear.ends(1)
        await room.settle()
        assert "pizza" in room.voice.said[-1]
        assert room.last(event.ReplyFinished).text not in before
        assert not started(room).speculative

    asyncio.run(play())


def test_a_question_that_waits_for_its_yes_is_not_answered_by_a_guess() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("forget everything")
        assert room.memory.forgotten == []
        await room.ear.pauses("hey jarvis", "yes")
        await room.settle()
        assert room.memory.forgotten == []
        await room.ear.ends(2)
        await room.settle()
        assert room.memory.forgotten == ["all"]

    asyncio.run(play())


@pytest.mark.parametrize("word", ["stop", "never mind"])
def test_a_stop_is_obeyed_and_never_answered_ahead(word: str) -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", word)
        await room.settle()
        await room.ear.ends(1)
        await room.settle()
        assert room.voice.said == []
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


@pytest.mark.parametrize("how", ["mute", "hush", "wake"])
def test_whatever_ends_the_turn_ends_what_was_prepared(how: str) -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        room.thinker.pause.clear()
        await room.ear.pauses("hey jarvis", CLOUD)
        await room.settle()
        assert room.daemon.making
        if how == "mute":
            await room.daemon.mute(on=True)
        elif how == "hush":
            await room.daemon.hush()
        else:
            room.ear.t += 3.0
            await room.ear.opens("hey jarvis")
        room.thinker.pause.set()
        await room.settle()
        assert room.voice.said == []
        assert room.ear.played == []
        assert not room.daemon.making

    asyncio.run(play())


def test_what_is_forgotten_meanwhile_is_not_in_the_answer() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.says("who are you really", "hey jarvis")
        await room.ear.pauses("hey jarvis", CLOUD)
        await room.settle()
        assert room.thinker.asked[-1][1] != []
        room.answerer.forget()
        await room.settle()
        await room.ear.ends(2)
        await room.settle()
        assert room.thinker.asked[-1] == (CLOUD, [])
        assert not started(room).speculative

    asyncio.run(play())


def test_an_unsure_reading_is_not_answered_ahead() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.ear.opens("hey jarvis")
        await goes_on(room, f"?{CLOUD}")
        assert room.thinker.asked == []

    asyncio.run(play())


def test_attempts_at_one_utterance_are_bounded() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.opens("hey jarvis")
        for word in ["why", " not", " ever", " again", " then", " so"]:
            await goes_on(room, word)
        assert len(room.thinker.asked) == ATTEMPTS

    asyncio.run(play())


def test_a_pause_without_new_words_costs_no_further_attempt() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.ear.pauses("hey jarvis", CLOUD)
        await room.settle()
        await goes_on(room, "")
        assert len(room.thinker.asked) == 1
        await room.ear.ends(1)
        await room.settle()
        assert len(room.thinker.asked) == 1

    asyncio.run(play())


@pytest.mark.parametrize("part", ["thinker", "voice"])
def test_a_part_that_falls_meanwhile_is_asked_once_more(part: str) -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        double = getattr(room, part)
        double.broken = True
        await room.ear.pauses("hey jarvis", CLOUD)
        await room.settle()
        assert "Failed" not in room.kinds()
        double.broken = False
        await room.ear.ends(1)
        await room.settle()
        assert room.last(event.ReplyFinished).text == SCRIPT[CLOUD]

    asyncio.run(play())


def test_what_was_made_for_nothing_is_told_and_so_is_what_was_ready_in_time() -> None:
    async def play() -> None:
        room = Stage(SCRIPT)
        await room.ear.pauses("hey jarvis", CLOUD)
        await asyncio.sleep(0.05)
        await goes_on(room, " made of")
        await asyncio.sleep(0.03)
        await room.ear.ends(1)
        await room.settle()
        told = started(room)
        assert told.speculative
        assert told.ahead_ms >= 20
        assert told.wasted_ms < 1000
        turn = recorded(room)
        assert turn.milliseconds["ahead"] == told.ahead_ms
        assert turn.milliseconds.get("wasted", 0) == told.wasted_ms

    asyncio.run(play())


def recorded(room: Stage) -> Turn:
    """What is kept of the turn."""
    recorder = Recorder(0.0)
    made = [recorder.add(happened) for happened in room.events]
    return next(turn for turn in made if turn is not None)


def test_words_that_seem_to_hang_are_answered_ahead_in_a_pause_too() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "set a timer for")
        await room.settle()
        assert room.voice.said
        assert room.memory.book == []
        await room.ear.ends(1)
        await room.settle()
        assert started(room).speculative

    asyncio.run(play())
