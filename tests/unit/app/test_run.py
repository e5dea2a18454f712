"""Starting can be broken off; what runs beside is missed when it ends."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app.run import beside, unless
from roomtone.base.error import PartError


def test_a_start_is_broken_off_when_somebody_says_stop():
    async def live() -> str:
        told = []

        async def load() -> None:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                told.append("broken off")
                raise

        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.01, stop.set)
        await unless(stop, load())
        return told[0]

    assert asyncio.run(live()) == "broken off"


def test_a_start_that_fails_says_so():
    async def load() -> None:
        raise PartError("ear", "is away")

    async def live() -> None:
        await unless(asyncio.Event(), load())

    with pytest.raises(PartError, match="is away"):
        asyncio.run(live())


def test_a_task_that_is_lost_is_told_without_what_it_said(caplog):
    async def fails() -> None:
        raise ValueError("canary")

    async def live() -> None:
        async with beside(fails()):
            await asyncio.sleep(0.01)

    asyncio.run(live())
    assert "a task was lost" in caplog.text
    assert "canary" not in caplog.text
