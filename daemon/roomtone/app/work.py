"""The one thing Roomtone is doing: reading an utterance and answering it, or an announcement."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from roomtone.base.error import PartError

_log = logging.getLogger(__name__)

LEAVING = 1.0
"""Seconds that interrupted work may take to end: a hush and a few words to the parts."""

Make = Callable[[], Awaitable[None]]
"""Begins the work; nothing is begun when it is interrupted before its first step."""


class Work:
    """At most one piece of work; `failed` is told the part that broke it."""

    def __init__(self, failed: Callable[[str], Awaitable[None]]) -> None:
        self._failed = failed
        self._task: asyncio.Task[None] | None = None
        self._stuck: set[asyncio.Task[None]] = set()

    @property
    def going(self) -> bool:
        """True while there is some."""
        return self._task is not None and not self._task.done()

    def start(self, make: Make) -> asyncio.Task[None]:
        """Begin; whatever was going must have been interrupted before."""
        self._task = asyncio.create_task(self._guard(make))
        return self._task

    async def over(self) -> None:
        """Wait until what is going now has ended."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def interrupt(self) -> None:
        """End whatever is going, and wait until it has: nothing goes on when this returns.

        Work does not interrupt itself. A piece that cannot end within `LEAVING` seconds, because
        a part takes nothing any more, is left to itself: the room must not wait for it.
        """
        while (task := self._task) is not None and not task.done():
            if task is asyncio.current_task():
                return
            task.cancel()
            _, stuck = await asyncio.wait([task], timeout=LEAVING)
            if stuck and self._task is task:
                _log.warning("interrupted work does not end")
                self._task = None
                self._stuck.add(task)
                task.add_done_callback(self._stuck.discard)

    async def _guard(self, make: Make) -> None:
        """Let a turn fail in any way: the room is told, the daemon goes on."""
        try:
            await make()
        except PartError as error:
            await self._failed(error.part)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            await self._broken(error)  # nobody interrupted it: what it waited for was given up
        except Exception as error:  # noqa: BLE001 - whatever it was, it ends here
            await self._broken(error)

    async def _broken(self, error: BaseException) -> None:
        # A traceback could hold what was said.
        _log.error("a turn failed", extra={"error": type(error).__name__})
        await self._failed("core")
