"""Time limits hold in the clean-up of a cancelled task too, on every Python."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.base.timed import timed, timed_until


def test_what_takes_too_long_is_ended():
    async def main():
        async with timed(0.01):
            await asyncio.sleep(5)

    with pytest.raises(TimeoutError):
        asyncio.run(main())


def test_what_is_quick_enough_passes_and_none_is_no_limit():
    async def main():
        async with timed(5) as quick, timed(None), timed_until(None):
            await asyncio.sleep(0)
        return quick.expired()

    assert not asyncio.run(main())


def test_the_clean_up_of_a_cancelled_task_has_its_limits():
    told = []

    async def work():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            try:
                async with timed(0.01):
                    await asyncio.sleep(5)
            except TimeoutError:
                told.append("timed out")
            raise

    async def main():
        task = asyncio.ensure_future(work())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(main())
    assert told == ["timed out"]


def test_who_cancels_from_outside_is_no_time_limit():
    async def work():
        async with timed(5):
            await asyncio.sleep(5)

    async def main():
        task = asyncio.ensure_future(work())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(main())
