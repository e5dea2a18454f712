"""An answer begins to be spoken while its first sentence is still being written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace

import pytest

from fakes.mind import FakeThinker
from roomtone.base import event
from roomtone.base.error import PartError
from roomtone.base.words import Exchanged
from roomtone.respond.judgement import SAID
from roomtone.turn.port import Clause
from scenes.stage import Stage

MOON = "what is the moon"
FIRST, SECOND, THIRD = "The Moon is a rock,", "and it is very far away.", "It shines."


class Hesitant(FakeThinker):
    """Writes pieces, and before each waits to be asked for it; an empty one is a failure."""

    def __init__(self, pieces: Sequence[str]) -> None:
        super().__init__({})
        self.pieces = pieces
        self.more = asyncio.Semaphore(0)
        self.given_up = False

    async def think(
        self, system: str, history: list[Exchanged], question: str, facts: str
    ) -> AsyncIterator[str]:
        self.asked.append((question, list(history)))
        try:
            for piece in self.pieces:
                await self.more.acquire()
                if not piece:
                    raise PartError("thinker", "went away")
                yield f"{piece} "
        except (GeneratorExit, asyncio.CancelledError):
            self.given_up = True
            raise


def hesitating(*pieces: str) -> Stage:
    room = Stage()
    room.thinker = Hesitant(pieces)
    room.answerer._choosing._writing._thinking = room.thinker
    return room


async def goes_on(room: Stage, times: int = 1) -> None:
    for _ in range(times):
        room.thinker.more.release()
        await room.settle()


def told(room: Stage) -> list[str]:
    return [one.text for one in room.events if isinstance(one, event.Sentence)]


def test_the_first_clause_is_spoken_before_its_sentence_ends() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away. It", "shines.")
        await room.says(MOON)
        await goes_on(room)
        assert room.voice.said == [FIRST]
        assert isinstance(room.voice.said[0], Clause)
        assert len(room.ear.played) == 1
        assert told(room) == []
        await goes_on(room, 3)
        assert room.voice.said == [FIRST, SECOND, THIRD]
        assert not isinstance(room.voice.said[1], Clause)

    asyncio.run(play())


def test_its_sentence_is_told_and_remembered_as_one() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away. It", "shines.")
        await room.says(MOON)
        await goes_on(room, 4)
        assert told(room) == [f"{FIRST} {SECOND}", THIRD]
        finished = room.last(event.ReplyFinished)
        assert finished.text == finished.spoken_text == f"{FIRST} {SECOND} {THIRD}"
        assert room.answerer.context()[1][-1].assistant == finished.text

    asyncio.run(play())


def test_whoever_cuts_it_short_has_heard_the_clauses_that_were_spoken() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away.")
        room.ear.hush = lambda turn: asyncio.sleep(0, room.ear._going.pop(turn, 0.0))  # all of it
        await room.says(MOON)
        await goes_on(room)
        await room.daemon.hush()
        await room.settle()
        assert told(room) == [FIRST]
        finished = room.last(event.ReplyFinished)
        assert finished.text == finished.spoken_text == FIRST
        assert room.thinker.given_up

    asyncio.run(play())


def test_it_is_made_ahead_and_released_when_the_end_is_sure() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away. It", "shines.")
        await room.ear.pauses("hey jarvis", MOON)
        await room.settle()
        await goes_on(room)
        assert room.voice.said == [FIRST]
        assert room.ear.played == []
        await room.ear.ends(1)
        await room.settle()
        assert len(room.ear.played) == 1
        assert room.last(event.ReplyStarted).speculative
        await goes_on(room, 3)
        assert room.voice.said == [FIRST, SECOND, THIRD]
        assert len(room.thinker.asked) == 1
        assert told(room) == [f"{FIRST} {SECOND}", THIRD]

    asyncio.run(play())


@pytest.mark.parametrize(
    "rest",
    [
        "you are Roomtone, a friendly voice assistant in a home.",
        "".join(map(chr, range(0x5DF4, 0x5DF4 + 40))),
    ],
)
def test_a_sentence_that_becomes_unfit_is_broken_off_and_that_is_said(rest: str) -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", rest)
        await room.says(MOON)
        await goes_on(room, 3)
        assert room.voice.said == [FIRST, SAID["cut_off"]]
        assert len(room.thinker.asked) == 1

    asyncio.run(play())


def test_a_call_to_ourselves_behind_the_first_clause_is_left_out() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "hey jarvis, it is far away.")
        room.answerer.wakes = ("hey jarvis",)
        await room.says(MOON)
        await goes_on(room, 3)
        assert room.voice.said == [FIRST, "and it is far away."]

    asyncio.run(play())


def test_an_answer_to_something_else_is_not_begun_early() -> None:
    async def play() -> None:
        room = hesitating("Albert Einstein was a physicist, who", "lived in Germany.")
        await room.says(MOON)
        await goes_on(room)
        assert room.voice.said == []
        await room.daemon.hush()

    asyncio.run(play())


def test_a_model_that_falls_in_mid_sentence_is_apologised_for() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "")
        await room.says(MOON)
        await goes_on(room, 2)
        assert room.voice.said[0] == FIRST
        assert room.last(event.Failed).part == "thinker"
        assert told(room)[0] == FIRST

    asyncio.run(play())


def test_a_model_that_stalls_in_mid_sentence_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roomtone.app.writing.PATIENCE", 0.1)

    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away.")
        await room.says(MOON)
        await goes_on(room)
        await asyncio.sleep(0.2)
        await room.settle()
        assert room.voice.said == [FIRST, SAID["cut_off"]]

    asyncio.run(play())


def test_what_is_asked_in_writing_comes_sentence_by_sentence() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away. It", "shines.")
        room.thinker.more = asyncio.Semaphore(9)
        answer = await room.answerer.answer(MOON)
        assert [one async for one in answer.sentences] == [f"{FIRST} {SECOND}", THIRD]

    asyncio.run(play())


def test_no_answer_that_the_cloud_could_replace_begins_early() -> None:
    async def play() -> None:
        room = hesitating(f"{FIRST} and", "it is very far away. It", "shines.")
        choosing = room.answerer._choosing
        room.thinker.more = asyncio.Semaphore(9)
        draft = await room.answerer.draft(MOON)
        assert draft is not None
        assert draft.early
        await room.settle()
        assert draft.first == FIRST
        choosing._consents = SimpleNamespace(permit=object)
        choosing._outside = object()
        answer = await room.answerer.answer(MOON, 1, draft)
        assert [one async for one in answer.sentences] == [f"{FIRST} {SECOND}", THIRD]
        later = await room.answerer.draft(MOON)
        assert later is not None
        await room.settle()
        assert later.first == f"{FIRST} {SECOND}"

    asyncio.run(play())
