"""Everybody who waits a quarter of a second waits for the same quarter."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.base.rhythm import moment, until


@pytest.mark.parametrize(
    ("now", "left"), [(0.0, 0.25), (0.2, 0.05), (0.25, 0.25), (1.249, 0.001), (1e6 + 0.1, 0.15)]
)
def test_it_is_never_longer_than_a_period_and_ends_at_its_multiples(now, left):
    assert until(0.25, now) == pytest.approx(left)


def test_who_begins_to_wait_at_different_times_is_woken_together():
    async def wait(after, woken):
        await asyncio.sleep(after)
        await moment(0.2)
        woken.append(asyncio.get_running_loop().time())

    async def all_of_them():
        loop, woken = asyncio.get_running_loop(), []
        await asyncio.sleep(until(0.2, loop.time()) + 0.01)
        await asyncio.gather(*(wait(after, woken) for after in (0.0, 0.03, 0.1)))
        return woken

    woken = asyncio.run(all_of_them())
    assert max(woken) - min(woken) < 0.05
    assert woken[0] % 0.2 < 0.1
