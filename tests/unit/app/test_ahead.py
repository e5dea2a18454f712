from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from roomtone.app.ahead import Ahead
from roomtone.base.error import PartError


class Source:
    """Numbers up to a limit; knows how far it was read and whether it was closed."""

    def __init__(self, most: int = 5, error: Exception | None = None) -> None:
        self.given, self.closed = 0, False
        self._most, self._error = most, error

    async def numbers(self) -> AsyncIterator[int]:
        try:
            while self.given < self._most:
                self.given += 1
                yield self.given
                await asyncio.sleep(0)
            if self._error is not None:
                raise self._error
        finally:
            self.closed = True


async def settle() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


def test_it_is_read_as_far_as_is_enough_and_no_further() -> None:
    async def play() -> None:
        source = Source()
        ahead = Ahead(source.numbers(), lambda ready: len(ready) >= 2)
        await ahead.stands()
        await settle()
        assert ahead.ready == [1, 2]
        assert source.given == 2
        ahead.give_up()
        await settle()
        assert source.closed

    asyncio.run(play())


def test_whoever_takes_it_gets_all_of_it() -> None:
    async def play() -> None:
        ahead = Ahead(Source().numbers(), lambda ready: len(ready) >= 2)
        await ahead.stands()
        assert [number async for number in ahead.take()] == [1, 2, 3, 4, 5]

    asyncio.run(play())


def test_a_second_reader_sees_the_same_from_the_beginning() -> None:
    async def play() -> None:
        ahead = Ahead(Source().numbers(), lambda ready: len(ready) >= 3)
        first, second = ahead.read(), ahead.read()
        assert await anext(first) == await anext(second) == 1
        assert [await anext(first), await anext(second)] == [2, 2]
        ahead.give_up()

    asyncio.run(play())


def test_what_was_taken_is_nobody_elses_to_give_up() -> None:
    async def play() -> None:
        ahead = Ahead(Source().numbers(), lambda ready: len(ready) >= 1)
        taken = ahead.take()
        assert await anext(taken) == 1
        ahead.give_up()
        assert [number async for number in taken] == [2, 3, 4, 5]

    asyncio.run(play())


def test_leaving_it_early_closes_the_source() -> None:
    async def play() -> None:
        source = Source()
        ahead = Ahead(source.numbers(), lambda _ready: True)
        taken = ahead.take()
        await anext(taken)
        await taken.aclose()
        await settle()
        assert source.closed
        assert source.given < 5

    asyncio.run(play())


def test_its_failure_is_told_to_whoever_takes_it_after_what_came_before() -> None:
    async def play() -> None:
        ahead = Ahead(Source(2, PartError("voice", "fell")).numbers(), lambda _ready: False)
        await ahead.stands()
        assert ahead.failed
        taken = ahead.take()
        assert [await anext(taken), await anext(taken)] == [1, 2]
        with pytest.raises(PartError):
            await anext(taken)

    asyncio.run(play())
