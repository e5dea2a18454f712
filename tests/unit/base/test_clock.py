"""Clocks that wait without waiting."""

from __future__ import annotations

import asyncio

from roomtone.base.clock import StreamClock, WallClock, local


def test_a_stream_clock_goes_where_the_samples_go() -> None:
    async def wait() -> None:
        clock = StreamClock(100.0)
        waiting = asyncio.create_task(clock.until(105.0))
        await clock.move(4.9)
        await asyncio.sleep(0)
        assert not waiting.done()
        await clock.move(5.0)
        await waiting
        await clock.move(3.0)
        assert clock.now() == 105.0

    asyncio.run(wait())


def test_a_wall_clock_does_not_wait_for_what_has_passed() -> None:
    clock = WallClock()
    asyncio.run(clock.until(clock.now() - 1))
    assert local(clock.now()).tzinfo is not None
