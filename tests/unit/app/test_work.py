"""One piece of work at a time, and what becomes of it when it breaks."""

from __future__ import annotations

import asyncio
import logging

import pytest

from roomtone.app.work import Work
from roomtone.base.error import PartError


def working() -> tuple[Work, list[str]]:
    broken: list[str] = []

    async def failed(part: str) -> None:
        broken.append(part)

    return Work(failed), broken


def test_work_goes_on_until_it_is_done() -> None:
    async def use() -> None:
        work, broken = working()
        task = work.start(lambda: asyncio.sleep(0))
        assert work.going
        await task
        assert not work.going
        assert broken == []

    asyncio.run(use())


def test_an_interruption_waits_for_the_end() -> None:
    async def use() -> None:
        work, _ = working()
        ended: list[bool] = []

        async def endless() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(True)

        work.start(endless)
        await asyncio.sleep(0)
        await work.interrupt()
        assert ended == [True]
        assert not work.going

    asyncio.run(use())


def test_a_failed_part_is_named() -> None:
    async def use() -> None:
        work, broken = working()

        async def fail() -> None:
            raise PartError("voice", "went away")

        await work.start(fail)
        assert broken == ["voice"]

    asyncio.run(use())


def test_any_other_error_is_told_without_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    async def use() -> None:
        work, broken = working()

        async def fail() -> None:
            raise ValueError("the secret that was said")

        await work.start(fail)
        assert broken == ["core"]

    with caplog.at_level(logging.DEBUG):
        asyncio.run(use())
    assert "secret" not in caplog.text
    assert caplog.records[-1].error == "ValueError"


def test_work_that_breaks_because_what_it_waits_for_is_given_up_is_told() -> None:
    async def use() -> None:
        work, broken = working()
        waited_for = asyncio.get_running_loop().create_future()

        async def wait() -> None:
            await waited_for

        task = work.start(wait)
        await asyncio.sleep(0)
        waited_for.cancel()
        await task
        assert broken == ["core"]

    asyncio.run(use())


def test_work_that_is_interrupted_has_not_failed() -> None:
    async def use() -> None:
        work, broken = working()
        work.start(asyncio.Event().wait)
        await asyncio.sleep(0)
        await work.interrupt()
        assert broken == []

    asyncio.run(use())
