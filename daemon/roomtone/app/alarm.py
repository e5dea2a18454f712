"""Timers and alarms: waits for the next one and rings it; to ring it needs the ear alone."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

import msgspec

from roomtone.base import belief, clock, countdown, event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import Clock, Moment
from roomtone.base.frame import SAMPLE_RATE, seconds
from roomtone.base.room import AlarmClock, Timer
from roomtone.respond.skills import alarm_set, timer_set
from roomtone.speak.cue import cue
from roomtone.turn.port import Sound

_log = logging.getLogger(__name__)

PAUSE = b"\0\0" * (SAMPLE_RATE * 3 // 2)
"""Silence between two chimes: room for a "stop"."""

WORDS_EVERY = 4
"""Chimes from one naming of the timer to the next."""

LATE = 60.0
"""Seconds after which it is told how late it is; before, nobody would call it late."""

STEP = 5.0
"""Seconds from one look at the clocks to the next: a clock that was set is noticed within."""

AGAIN_FIRST, AGAIN_MOST = 2.0, 60.0
"""Seconds until what could not be heard is rung again, doubled up to the most."""


class Book(Protocol):
    """Where timers and alarms are kept."""

    async def timers(self) -> tuple[Timer, ...]:
        """All that run, the next one first."""
        ...

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers."""
        ...

    async def alarms(self) -> tuple[AlarmClock, ...]:
        """All that are set."""
        ...

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        """Remove alarms."""
        ...


Announce = Callable[[AsyncIterator[str | Sound], event.TimerFired], Awaitable[bool]]
"""Has the room hear something as soon as it is free; True when it heard the beginning at least."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is to ring."""

    what: Timer | AlarmClock
    left: float
    """Seconds until then; below zero when it is late."""


class Alarm:
    """Rings what stands in a book, one after another."""

    def __init__(
        self,
        book: Book,
        announce: Announce,
        clock: Clock,
        ring_seconds: float,
        bulletin: Bulletin | None = None,
    ) -> None:
        """Ring for `ring_seconds` when nobody says stop; `bulletin` is told of clocks that jump."""
        self._book = book
        self._announce = announce
        self._clock = clock
        self.ring_seconds = ring_seconds
        self._bulletin = bulletin or Bulletin()
        self._bulletin.listen(self._note)
        self._changed = asyncio.Event()
        self._again = AGAIN_FIRST
        self._began = 0.0
        self._seen = belief.first(clock.read(), None)
        self._jumped: tuple[float, event.Fault] | None = None

    def changed(self) -> None:
        """The book has changed: look again for the next one."""
        self._changed.set()

    async def run(self) -> None:
        """Ring what is due, until cancelled; it leaves the book when it was heard to ring."""
        self._began = self._clock.read().elapsed
        while True:
            try:
                await self._step()
            except Exception as error:  # noqa: BLE001 - a bell that fails once must ring the next
                # A traceback could hold what a timer is called.
                _log.error("a bell failed", extra={"error": type(error).__name__})
                await self._clock.sleep(self._again)

    async def _step(self) -> None:
        """Ring what is due, or wait for it for a while."""
        self._changed.clear()
        due = await self._next(self._look())
        if due is None or due.left > 0:
            await self._wait(min(due.left, STEP) if due else STEP)
        elif await self._rung(due):
            self._again = AGAIN_FIRST
            await self._strike(due)
        else:
            await self._wait(self._again)
            self._again = min(2 * self._again, AGAIN_MOST)

    def _note(self, happened: event.Event) -> None:
        """An ear that is well again can ring what it could not."""
        if isinstance(happened, event.Fault) and happened.recovered_ms is not None:
            self._changed.set()

    def _look(self) -> Moment:
        """Read the clocks; tell when somebody has set the one on the wall, and when it is over."""
        now = self._clock.read()
        self._seen = belief.looked(self._seen, now)
        if jump := self._seen.jump:
            where = "ahead" if jump > 0 else "back"
            self._jumped = (
                now.elapsed,
                event.Fault(
                    part="clock",
                    kind="clock_jumped",
                    fault=f"the wall clock jumped {where} by {dt.timedelta(0, round(abs(jump)))}",
                    action="timers go on, alarms follow it; nothing is erased while it is doubtful",
                ),
            )
            self._bulletin.publish(self._jumped[1])
        elif self._jumped and self._seen.holds():
            (since, fault), self._jumped = self._jumped, None
            lasted = round((now.elapsed - since) * 1000)
            self._bulletin.publish(msgspec.structs.replace(fault, recovered_ms=lasted))
        return now

    async def _next(self, now: Moment) -> Due | None:
        """What rings first. An alarm that a doubtful clock has passed over waits for a better."""
        timers = [
            Due(what=timer, left=countdown.left(timer, now)) for timer in await self._book.timers()
        ]
        alarms = [
            Due(what=alarm, left=clock.unix(alarm.at) - now.wall)
            for alarm in await self._book.alarms()
        ]
        sure = [due for due in alarms if due.left > -LATE or self._seen.holds()]
        return min(timers + sure, key=lambda due: due.left, default=None)

    async def _wait(self, length: float) -> None:
        """Wait for a while, or until the book has changed."""
        await _first(self._changed.wait(), self._clock.sleep(length))

    async def _rung(self, due: Due) -> bool:
        """Ring, and be done as soon as it is struck out of the book; True when it was heard."""
        fired = event.TimerFired(name=_name(due.what))
        ringing = asyncio.ensure_future(self._announce(self._rounds(due), fired))
        try:
            while not ringing.done():
                self._changed.clear()
                if not await self._stands(due):
                    return True
                await _first(asyncio.shield(ringing), self._changed.wait())
            return ringing.result()
        finally:
            ringing.cancel()

    async def _rounds(self, due: Due) -> AsyncIterator[str | Sound]:
        """Chime, words, chimes; the bounded queue towards the ear keeps it from running ahead."""
        chime = cue("alarm") + PAUSE
        now = self._clock.read()
        missed = due.left < -LATE and now.elapsed + due.left < self._began
        words = _words(due, now.wall)
        rung = 0.0
        number = 0
        while rung < self.ring_seconds and await self._stands(due):
            yield Sound(pcm=chime, rate=SAMPLE_RATE)
            if number % WORDS_EVERY == 0:
                yield words
                yield Sound(pcm=PAUSE, rate=SAMPLE_RATE)
            if missed:
                return
            rung += seconds(chime)
            number += 1

    async def _stands(self, due: Due) -> bool:
        if isinstance(due.what, Timer):
            return due.what.id in [timer.id for timer in await self._book.timers()]
        return due.what in await self._book.alarms()

    async def _strike(self, due: Due) -> None:
        if isinstance(due.what, Timer):
            await self._book.cancel_timers((due.what.id,))
        else:
            await self._book.cancel_alarms((due.what.id,))


def _name(what: Timer | AlarmClock) -> str:
    return what.name if isinstance(what, Timer) else what.name or "alarm"


def _words(due: Due, wall: float) -> str:
    late = -due.left if due.left < -LATE else 0.0
    if isinstance(due.what, Timer):
        return timer_set.ring_text(due.what, late)
    return alarm_set.ring_text(due.what, clock.local(wall), late)


async def _first(*waits: Awaitable[object]) -> None:
    """Return when one of these is over; the others are given up."""
    tasks = [asyncio.ensure_future(_anything(wait)) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def _anything(waited: Awaitable[object]) -> object:
    return await waited
