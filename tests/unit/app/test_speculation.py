"""What happens while somebody speaks; whole turns are in scenes/test_speculation.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from roomtone.app.choosing import Draft, begun
from roomtone.app.speculation import Speculation


class House:
    """Drafts the question itself as its answer; notes what it is to foresee."""

    def __init__(self) -> None:
        self.drafted: list[str] = []
        self.foreseen: list[str] = []
        self.reads = asyncio.Event()
        self.reads.set()

    async def draft(self, text: str) -> Draft | None:
        self.drafted.append(text)

        async def sentences() -> AsyncIterator[str]:
            yield text

        return Draft(sentences=begun(sentences()))

    async def foresee(self, beginning: str) -> None:
        self.foreseen.append(beginning)
        await self.reads.wait()


class Voice:
    """Speaks in one piece; counts."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def voice(self, sentence: str) -> AsyncIterator[tuple[bytes, int]]:
        self.said.append(sentence)
        yield b"\0\0", 16000


async def settle() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


def test_what_two_partials_agree_on_is_read_while_the_rest_is_spoken() -> None:
    async def play() -> None:
        house = House()
        speculation = Speculation(house, Voice())
        for partial in ["what", "what is the", "what is the capital of"]:
            speculation.heard(partial)
            await settle()
        assert house.foreseen == ["what", "what is the"]

    asyncio.run(play())


def test_one_reading_ahead_at_a_time() -> None:
    async def play() -> None:
        house = House()
        house.reads.clear()
        speculation = Speculation(house, Voice())
        for partial in ["what", "what is", "what is the", "what is the capital"]:
            speculation.heard(partial)
            await settle()
        assert house.foreseen == ["what"]

    asyncio.run(play())


def test_a_longer_partial_ends_what_was_prepared_and_a_like_one_does_not() -> None:
    async def play() -> None:
        speculation = Speculation(House(), Voice())
        speculation.prepare("what is a cloud", 2.0)
        await settle()
        speculation.heard("What is a")
        speculation.heard("What is a cloud?")
        assert speculation.take("what is a cloud") is not None
        speculation.begin()
        speculation.prepare("what is a cloud", 2.0)
        await settle()
        speculation.heard("what is a cloud made")
        assert speculation.take("what is a cloud") is None

    asyncio.run(play())


def test_prepared_sound_is_given_once_and_for_its_own_words() -> None:
    async def play() -> None:
        voice = Voice()
        speculation = Speculation(House(), voice)
        speculation.prepare("yes it is", 2.0)
        await settle()
        assert speculation.take("yes it is") is not None
        for sentence in ["something else", "yes it is", "yes it is"]:
            assert [piece async for piece in speculation.voice(sentence)]
        assert voice.said == ["yes it is", "something else", "yes it is"]

    asyncio.run(play())


def test_time_spent_for_nothing_is_counted() -> None:
    async def play() -> None:
        speculation = Speculation(House(), Voice())
        speculation.prepare("what is a cloud", 2.0)
        await asyncio.sleep(0.02)
        assert speculation.wasted_ms == 0
        speculation.drop()
        assert 0 <= speculation.wasted_ms < 1000

    asyncio.run(play())
