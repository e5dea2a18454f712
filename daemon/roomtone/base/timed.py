"""A time limit for code that waits, which holds in the clean-up of a cancelled task too.

There Python before 3.11.3, and so Debian 12's own, lets CancelledError out, no TimeoutError.
"""

from __future__ import annotations

import asyncio
from types import TracebackType


def timed(seconds: float | None) -> Timed:
    """As `asyncio.timeout`: TimeoutError when the body takes longer."""
    return timed_until(None if seconds is None else asyncio.get_running_loop().time() + seconds)


def timed_until(when: float | None) -> Timed:
    """As `asyncio.timeout_at`: TimeoutError at `when` by the loop's clock."""
    return Timed(when)


class Timed(asyncio.Timeout):  # type: ignore[misc] # final only to type checkers
    """Knows how often its task had been cancelled before."""

    async def __aenter__(self) -> Timed:
        self._before = _cancelled()
        await super().__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await super().__aexit__(kind, problem, trace)
        ours = self.expired() and _cancelled() <= self._before
        if ours and kind is not None and issubclass(kind, asyncio.CancelledError):
            raise TimeoutError from problem


def _cancelled() -> int:
    task = asyncio.current_task()
    return 0 if task is None else task.cancelling()
