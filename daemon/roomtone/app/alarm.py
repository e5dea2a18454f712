"""Timers: waits for the next one and rings it; needs no model to ring, only the ear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

from roomtone.base import event
from roomtone.base.clock import Clock
from roomtone.base.frame import SAMPLE_RATE, seconds
from roomtone.base.room import Timer
from roomtone.respond.skills.timer_set import ring_text
from roomtone.speak.cue import cue
from roomtone.turn.port import Sound

PAUSE = b"\0\0" * (SAMPLE_RATE * 3 // 2)
"""Silence between two chimes: room for a "stop"."""

WORDS_EVERY = 4
"""Chimes from one naming of the timer to the next."""


class TimerBook(Protocol):
    """Where timers are kept."""

    async def timers(self) -> tuple[Timer, ...]:
        """All that run, the next one first."""
        ...

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers."""
        ...


Announce = Callable[[AsyncIterator[str | Sound], event.TimerFired], Awaitable[None]]
"""Has the room hear something as soon as it is free; returns when it is over."""


class Alarm:
    """Rings the timers of a book, one after another."""

    def __init__(
        self, book: TimerBook, announce: Announce, clock: Clock, ring_seconds: float
    ) -> None:
        self._book = book
        self._announce = announce
        self._clock = clock
        self._ring_seconds = ring_seconds
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """The book has changed: look again for the next timer."""
        self._changed.set()

    async def run(self) -> None:
        """Ring timers as they are due, until cancelled; one that has rung leaves the book."""
        while True:
            self._changed.clear()
            running = await self._book.timers()
            if running and running[0].due <= self._clock.now():
                first = running[0]
                await self._announce(self._rounds(first), event.TimerFired(name=first.name))
                await self._book.cancel_timers((first.id,))
            else:
                await self._wait(running[0].due if running else None)

    async def _wait(self, due: float | None) -> None:
        waits: list[asyncio.Task[object]] = [asyncio.create_task(_anything(self._changed.wait()))]
        if due is not None:
            waits.append(asyncio.create_task(_anything(self._clock.until(due))))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _rounds(self, timer: Timer) -> AsyncIterator[str | Sound]:
        """Chime, words, chimes; the bounded queue towards the ear keeps it from running ahead."""
        chime = cue("alarm") + PAUSE
        rung = 0.0
        number = 0
        while rung < self._ring_seconds:
            yield Sound(pcm=chime, rate=SAMPLE_RATE)
            if number % WORDS_EVERY == 0:
                yield ring_text(timer)
                yield Sound(pcm=PAUSE, rate=SAMPLE_RATE)
            rung += seconds(chime)
            number += 1


async def _anything(waited: Awaitable[object]) -> object:
    return await waited
