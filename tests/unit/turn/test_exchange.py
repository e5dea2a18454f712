"""One answer: thinking and talking overlap, and what was heard is known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from roomtone.base.error import PartError
from roomtone.turn.exchange import AHEAD, Said, speak, spoken, text
from roomtone.turn.port import Sound


class Voice:
    async def voice(self, sentence: str) -> AsyncIterator[tuple[bytes, int]]:
        if sentence == "break":
            raise PartError("voice", "went away")
        yield b"\0\0" * 8000, 16000
        yield b"\0\0" * 8000, 16000


class Loudspeaker:
    def __init__(self) -> None:
        self.pieces = 0

    async def play(self, turn: int, pcm: bytes, rate: int) -> None:
        self.pieces += 1
        await asyncio.sleep(0)

    async def finish(self, turn: int) -> float:
        return 0.0


async def sentences(*texts: str | Sound) -> AsyncIterator[str | Sound]:
    for one in texts:
        yield one


def account(said: list[Said]):
    def begun(words: str) -> Said:
        said.append(Said(text=words))
        return said[-1]

    return begun


def test_sentences_are_voiced_in_order_and_their_length_is_kept() -> None:
    said: list[Said] = []
    asyncio.run(speak(1, sentences("one", "two"), Voice(), Loudspeaker(), account(said)))
    assert [(one.text, one.seconds) for one in said] == [("one", 1.0), ("two", 1.0)]


def test_ready_sound_is_played_without_the_voice_and_its_length_counts() -> None:
    loudspeaker = Loudspeaker()
    said: list[Said] = []
    chime = Sound(pcm=b"\0\0" * 16000, rate=16000)
    asyncio.run(speak(1, sentences(chime, "one"), Voice(), loudspeaker, account(said)))
    assert loudspeaker.pieces == 3
    assert spoken(said, 1.2) == ""
    assert spoken(said, 1.8) == "one"


def test_a_sentence_that_an_alarm_repeats_is_told_once() -> None:
    said = [Said(text=word, seconds=1.0) for word in ("done", "", "done", "done")]
    assert text(said) == spoken(said, 4.0) == "done"


def test_a_broken_voice_raises_its_own_error() -> None:
    with pytest.raises(PartError, match="voice"):
        asyncio.run(speak(1, sentences("break"), Voice(), Loudspeaker(), account([])))


def test_the_thinker_is_never_more_than_a_few_sentences_ahead() -> None:
    written = 0
    ahead: list[int] = []

    async def endless() -> AsyncIterator[str]:
        nonlocal written
        for number in range(12):
            written += 1
            yield str(number)

    said: list[Said] = []

    def begun(words: str) -> Said:
        said.append(Said(text=words))
        ahead.append(written - len(said))
        return said[-1]

    asyncio.run(speak(1, endless(), Voice(), Loudspeaker(), begun))
    assert max(ahead) <= AHEAD + 1


@pytest.mark.parametrize(
    ("played", "heard"), [(0.0, ""), (0.4, ""), (0.6, "one"), (1.2, "one"), (2.0, "one two")]
)
def test_a_sentence_counts_as_heard_when_half_of_it_was_played(played: float, heard: str) -> None:
    said = [Said(text="one", seconds=1.0), Said(text="two", seconds=1.0)]
    assert spoken(said, played) == heard
