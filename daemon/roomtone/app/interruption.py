"""Somebody speaks over us: only a stop counts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from roomtone.app.listening import Segment, Understanding
from roomtone.base.error import PartError
from roomtone.base.words import Transcript
from roomtone.respond.skills.stop import is_stop

_log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds in which an interruption is read, or given up: the next one may be a "stop" too."""


class Interruptions:
    """Reads what is said over an answer, one at a time; `stop` is told a stop and its turn."""

    def __init__(
        self,
        understanding: Understanding,
        stop: Callable[[Transcript, int], Awaitable[None]],
    ) -> None:
        self._understanding = understanding
        self._stop = stop
        self._weighing: asyncio.Task[None] | None = None

    @property
    def weighing(self) -> bool:
        """True while one is read."""
        return self._weighing is not None and not self._weighing.done()

    def weigh(self, segment: Segment, turn: int) -> None:
        """Read what was said over `turn`; what comes meanwhile is passed over."""
        if not self.weighing:
            self._weighing = asyncio.create_task(self._weigh(segment, turn))

    def drop(self) -> None:
        """Read no more of what was said."""
        if self._weighing is not None and self._weighing is not asyncio.current_task():
            self._weighing.cancel()

    async def _weigh(self, segment: Segment, turn: int) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                transcript = await self._understanding.read(segment)
        except (PartError, TimeoutError):
            _log.warning("an interruption was lost")
            return
        try:
            if is_stop(transcript.text):
                await self._stop(transcript, turn)
        except PartError:
            _log.warning("a stop was lost")
