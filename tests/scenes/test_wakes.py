"""What follows a wake word when it does not go as it should: nothing, too much, twice, nonsense."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app.conductor import WAKE_PATIENCE
from roomtone.app.reply import ENDED_MS, TAIL, TOO_LONG
from roomtone.base import event, message
from roomtone.base.words import Transcript
from roomtone.detect.endpoint import LADDER, LIKELY, SETTLED_MS
from roomtone.recognize.tidy import LONGEST
from roomtone.speak.cue import cue
from roomtone.turn.state import State
from scenes.stage import Stage


def test_silence_after_the_wake_word_ends_with_a_sound_within_six_seconds() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("", voiced_ms=80)
        woken = room.last(event.WakeHeard).t
        await room.ear.silence()
        assert room.kinds()[-1] == "NothingHeard"
        assert room.last(event.NothingHeard).t - woken <= 6.0
        assert room.ear.cues == [cue("woken"), cue("unheard")]
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_noise_after_the_wake_word_is_not_answered_and_ends_with_a_sound_too() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("")
        assert room.ear.mode == "listening"
        await room.ear.silence()
        assert room.ear.cues[-1] == cue("unheard")
        assert room.voice.said == []
        assert room.thinker.asked == []

    asyncio.run(play())


def test_a_follow_up_window_that_nobody_uses_closes_without_a_sound() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("what time is it")
        await room.ear.silence()
        assert room.ear.cues == []
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_talk_without_end_is_neither_read_nor_answered_aloud_but_politely_stopped() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.pauses("hey jarvis", "and so on and on")
        await room.settle()
        read = room.transcriber.asked
        await room.ear.cut(1)
        await room.settle()
        assert room.transcriber.asked == read
        told = [one.text for one in room.events if isinstance(one, event.Sentence)]
        assert told == [TOO_LONG]
        assert len(room.ear.played) == 1
        assert room.daemon.state is State.ASLEEP  # a television would be listened to for ever

    asyncio.run(play())


def test_the_follow_up_window_opens_after_the_tail_of_our_own_sound() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("what time is it")
        assert room.ear.mode == "listening"
        assert room.ear.tail == TAIL == 0.3
        assert room.ear.window == pytest.approx(TAIL + 6.0)

    asyncio.run(play())


@pytest.mark.parametrize("later", [0.05, 0.3, 0.9, 1.9])
def test_a_wake_word_that_is_heard_twice_is_one_turn(later: float) -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.opens("hey jarvis")
        room.ear.t += later
        await room.says("what time is it")
        assert room.kinds().count("WakeHeard") == 1
        assert [one.turn for one in room.events if isinstance(one, event.ReplyFinished)] == [1]
        assert room.last(event.Understood).text == "what time is it"

    asyncio.run(play())


def test_a_wake_word_said_again_after_a_while_is_another_turn() -> None:
    async def play() -> None:
        room = Stage()
        await room.ear.opens("hey jarvis")
        room.ear.t += 3.0
        await room.says("what time is it")
        assert room.last(event.ReplyFinished).turn == 2

    asyncio.run(play())


def test_nonsense_of_any_length_is_bounded_before_anybody_sees_it() -> None:
    async def play() -> None:
        room = Stage()

        async def wild(pcm: bytes, *, final: bool) -> Transcript:
            text = "who is \u202e\x00\x1b[2J" + "z\u0335\u0335\u0335" * 20_000 + "\ud83d"
            return Transcript(text=text, confidence=0.9, seconds=1.0)

        room.transcriber.read = wild  # type: ignore[method-assign]
        await room.says("x")
        heard = room.last(event.Understood).text
        assert len(heard) <= LONGEST == 1000
        assert heard.isprintable()
        assert room.thinker.asked[0][0] == heard
        assert room.last(event.ReplyFinished).by == "llama"

    asyncio.run(play())


def test_a_window_of_which_the_ear_knows_nothing_does_not_stay_open() -> None:
    async def play() -> None:
        room = Stage()
        await room.daemon.listen()
        for t in (WAKE_PATIENCE, WAKE_PATIENCE + 1.9):
            await room.daemon.heard(message.Tick(t=t, level_db=-60, queued=0))
            assert room.daemon.state is State.LISTENING
        await room.daemon.heard(message.Tick(t=WAKE_PATIENCE + 2.1, level_db=-60, queued=0))
        assert room.daemon.state is State.ASLEEP

    asyncio.run(play())


def test_an_older_window_that_closes_does_not_end_the_new_one() -> None:
    async def play() -> None:
        room = Stage()
        await room.says("what time is it")
        await room.daemon.heard(message.WindowClosed(t=room.ear.t, segment=0))
        assert room.daemon.state is State.LISTENING

    asyncio.run(play())


def test_no_end_that_is_found_counts_as_cut_at_the_greatest_length() -> None:
    assert min(SETTLED_MS, *(rung.silence_ms for rung in (*LADDER, *LIKELY))) > ENDED_MS
