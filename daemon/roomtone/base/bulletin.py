"""Fan-out of events to observers: a slow reader loses its oldest, never blocks the voice."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator

from roomtone.base.event import Event

_log = logging.getLogger(__name__)

DEPTH = 256
"""Events an observer may be behind before it loses the oldest."""


class Bulletin:
    """Where events are published."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Event]] = set()
        self._listeners: list[Callable[[Event], None]] = []

    def publish(self, event: Event) -> None:
        """Tell everyone; never waits, and whatever happens to a listener stays with it."""
        for listener in self._listeners:
            try:
                listener(event)
            except Exception as error:  # noqa: BLE001 - an observer must not end what it observes
                # Its text could hold what was said.
                _log.error("an observer failed", extra={"error": type(error).__name__})
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Call `listener` for each event, at once; it must not block."""
        self._listeners.append(listener)

    @contextlib.contextmanager
    def _queue(self) -> Iterator[asyncio.Queue[Event]]:
        queue: asyncio.Queue[Event] = asyncio.Queue(DEPTH)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    async def follow(self) -> AsyncIterator[Event]:
        """Every event from now on."""
        with self._queue() as queue:
            while True:
                yield await queue.get()
