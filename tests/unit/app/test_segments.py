"""What an open segment tells the ear and has answered ahead; whole turns are in the scenes."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from roomtone.app.listening import Segment, Understanding
from roomtone.app.segments import Segments
from roomtone.base import message
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

    def __init__(self, words: str, to_the_end: Transcript) -> None:
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
        return "complete" if text == "what time is it" else "likely"

    def heard(self, partial: str) -> None:
        """Nothing is foreseen."""

    begin = drop = lambda _self: None


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def stopped(words: str, to_the_end: Transcript) -> tuple[list[str], list[str], list[str]]:
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
    ],
)
def test_what_was_told_too_early_is_taken_back_when_the_end_is_not_sure(last: Transcript) -> None:
    before, after, _ = asyncio.run(stopped("what is that bird", last))
    assert before == ["likely"]
    assert after == ["unknown"]
