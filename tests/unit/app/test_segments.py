"""What an open segment tells the ear and has answered ahead; whole turns are in the scenes."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from roomtone.app.listening import Segment, Understanding
from roomtone.app.segments import Segments
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.words import Transcript
from roomtone.recognize.settings import HearingSettings
from roomtone.respond.expects import Expected

LOUD = (8000 * np.sin(np.arange(19200) / 3)).astype("<i2").tobytes()
"""1.2 s, of which the first partial reads the first."""
BEFORE = 32000
HISS = (20 * np.sin(np.arange(3840) / 3)).astype("<i2").tobytes()
PIECE = 640


class Reader:
    """Reads `words` of what was said, and from the end of it on `to_the_end`."""

    def __init__(self, words: str, to_the_end: Transcript | PartError) -> None:
        self._words = Transcript(text=words, confidence=0.9, seconds=1.0)
        self._to_the_end = to_the_end
        self.reading = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        del final
        if len(pcm) <= BEFORE:
            return self._words
        self.reading.set()
        await self.goes_on.wait()
        if isinstance(self._to_the_end, PartError):
            raise self._to_the_end
        return self._to_the_end


class Ahead:
    """Notes what is to be answered ahead."""

    def __init__(self) -> None:
        self.prepared: list[str] = []

    def prepare(self, text: str, length: float, *, early: bool = False) -> None:
        assert length > 0
        assert early
        if text not in self.prepared:
            self.prepared.append(text)

    def expects(self, text: str) -> Expected:
        if text.endswith("called"):
            return "open"
        return "complete" if text == "what time is it" else "likely"

    def heard(self, partial: str) -> None:
        """Nothing is foreseen."""

    begin = drop = lambda _self: None


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def stopped(
    words: str, to_the_end: Transcript | PartError
) -> tuple[list[str], list[str], list[str]]:
    """What the ear is told while the last sound is read again, and after it; what is answered."""
    reader, ahead = Reader(words, to_the_end), Ahead()
    told: list[str] = []

    async def tell(said: message.Expect) -> None:
        told.append(said.more)

    segments = Segments(Understanding(reader, HearingSettings()), ahead, tell)  # type: ignore[arg-type]
    segments.open(Segment(1, "follow_up", ""), lambda _: None)
    for sound in (LOUD[:BEFORE], LOUD[BEFORE : BEFORE + 3840]):
        segments.grow(message.SpeechChunk(segment=1, pcm=sound), 1.0)
        await settle()
    for at in range(0, len(HISS), PIECE):
        segments.grow(message.SpeechChunk(segment=1, pcm=HISS[at : at + PIECE]), 1.3)
        await settle()
    assert reader.reading.is_set()
    before = list(told)
    reader.goes_on.set()
    await settle()
    for _ in range(3):
        segments.grow(message.SpeechChunk(segment=1, pcm=HISS[:PIECE]), 1.4)
        await settle()
    segments.drop()
    return before, told[len(before) :], ahead.prepared


SURE = Transcript(text="what time is it", confidence=0.9, seconds=1.3)


def test_words_read_almost_to_the_end_are_told_as_likely_until_all_is_read() -> None:
    assert asyncio.run(stopped("what time is it", SURE)) == (
        ["likely"],
        ["complete"],
        ["what time is it"],
    )


@pytest.mark.parametrize(
    "last",
    [
        Transcript(text="", confidence=0.0, seconds=1.3),
        Transcript(text="what time is it", confidence=0.3, seconds=1.3),
        PartError("transcriber", "went away"),
    ],
)
def test_what_was_told_too_early_is_taken_back_when_the_end_is_not_sure(last: Transcript) -> None:
    before, after, _ = asyncio.run(stopped("what is that bird", last))
    assert before == ["likely"]
    assert after == ["unknown"]


def test_what_sounded_whole_is_taken_back_when_a_newer_partial_shows_that_more_is_to_come() -> None:
    last = Transcript(text="what is that bird called", confidence=0.9, seconds=1.3)
    assert asyncio.run(stopped("what is that bird", last))[:2] == (["likely"], ["open"])


class Slow:
    """Reads what it is told to, when it is told to: partials and the reading of the pause apart."""

    def __init__(self) -> None:
        self.said: dict[bool, asyncio.Future[Transcript]] = {}

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        del pcm
        self.said[final] = asyncio.get_running_loop().create_future()
        return await self.said[final]


class Both(Ahead):
    """Answers ahead of a pause, too."""

    def prepare(self, text: str, length: float, *, early: bool = False) -> None:
        del length, early
        self.prepared.append(text)


class Room:
    """A segment that pauses while its last partial is still read; the ear is slow at first."""

    def __init__(self) -> None:
        self.reader, self.ahead = Slow(), Both()
        self.told: list[str] = []
        self._times = 0
        self.ear_listens = asyncio.Event()
        understanding = Understanding(self.reader, HearingSettings())
        self.segments = Segments(understanding, self.ahead, self._tell)  # type: ignore[arg-type]

    async def _tell(self, said: message.Expect) -> None:
        self._times += 1
        if self._times == 1:
            await self.ear_listens.wait()
        self.told.append(said.more)

    async def paused(self) -> None:
        self.segments.open(Segment(1, "follow_up", ""), lambda _: None)
        for sound in (LOUD, *(HISS[at : at + PIECE] for at in range(0, len(HISS), PIECE))):
            self.segments.grow(message.SpeechChunk(segment=1, pcm=sound), 1.0)
            await settle()
        self.segments.pause(message.SpeechPaused(t=1.3, segment=1))
        await settle()

    async def reads(self, text: str | PartError, *, final: bool) -> None:
        said = self.reader.said[final]
        if isinstance(text, PartError):
            said.set_exception(text)
        else:
            said.set_result(Transcript(text=text, confidence=0.9, seconds=1.0))
        await settle()


def test_a_late_partial_does_not_take_the_place_of_what_was_read_in_the_pause() -> None:
    async def pause() -> None:
        room = Room()
        room.ear_listens.set()
        await room.paused()
        await room.reads("what is that bird called", final=True)
        await room.reads("what is that bird", final=False)
        room.segments.drop()
        assert room.told == ["open"]
        assert room.ahead.prepared == ["what is that bird called"]

    asyncio.run(pause())


def test_a_reading_of_the_pause_that_fails_takes_back_what_a_partial_was_thought_to_be() -> None:
    async def pause() -> None:
        room = Room()
        room.ear_listens.set()
        await room.paused()
        await room.reads("what is that bird", final=False)
        await room.reads(PartError("transcriber", "went away"), final=True)
        room.segments.drop()
        assert room.told == ["likely", "unknown"]

    asyncio.run(pause())


def test_the_ear_is_told_in_order_however_slowly_it_listens() -> None:
    async def pause() -> None:
        room = Room()
        await room.paused()
        await room.reads("what is that bird", final=False)
        await room.reads("what is that bird called", final=True)
        room.ear_listens.set()
        await settle()
        room.segments.drop()
        assert room.told == ["likely", "open"]

    asyncio.run(pause())
