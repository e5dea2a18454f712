"""Moments that all have in common: who looks at something now and then does it with the others.

The multiples of a period on the monotonic clock, which is the same in all processes. A machine that
has nothing to do is woken once for all that is due, and not for each.
"""

from __future__ import annotations

import asyncio


def until(period: float, now: float) -> float:
    """Seconds from `now` to the next multiple of `period`: more than none, at most a whole one."""
    return period - now % period


async def moment(period: float) -> None:
    """Wait for the next multiple of `period` seconds."""
    await asyncio.sleep(until(period, asyncio.get_running_loop().time()))
