"""Time as a parameter: what the core waits by; tests and replays bring their own."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """Now and later."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    async def until(self, due: float) -> None:
        """Return at Unix time `due`, or at once when it has passed."""
        ...


class WallClock:
    """The clock on the wall."""

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time()

    async def until(self, due: float) -> None:
        """Wait in steps, so that a clock set forward is noticed within 10 s."""
        while (rest := due - time.time()) > 0:  # noqa: ASYNC110 - nobody tells of a changed clock
            await asyncio.sleep(min(rest, 10.0))


class StreamClock:
    """A clock that the samples of a file move: second 0 of the stream is `start`."""

    def __init__(self, start: float) -> None:
        self._start = start
        self._t = 0.0
        self._moved = asyncio.Condition()

    def now(self) -> float:
        """Unix time in seconds."""
        return self._start + self._t

    async def move(self, t: float) -> None:
        """Set the stream time, in seconds; it never goes back."""
        async with self._moved:
            self._t = max(self._t, t)
            self._moved.notify_all()

    async def until(self, due: float) -> None:
        """Return when the stream has reached `due`."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.now() >= due)


def local(unix: float) -> dt.datetime:
    """Unix time as local time with its zone."""
    return dt.datetime.fromtimestamp(unix).astimezone()
