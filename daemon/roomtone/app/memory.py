"""What outlives a conversation, as the core uses it: timers, settings, turns.

Timers and settings also live here, so that a full disk costs the memory of them, never the timer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import Clock
from roomtone.base.error import PartError
from roomtone.base.room import Timer
from roomtone.store import retention
from roomtone.store.store import Store
from roomtone.turn.record import Recorder, Turn

_log = logging.getLogger(__name__)

BACKLOG = 64
"""Notes that may wait for the disk; the oldest is dropped beyond."""


class Memory:
    """Keeps, reads and reports; see `open`."""

    def __init__(self, store: Store, clock: Clock, bulletin: Bulletin, days: int) -> None:
        self.volume = 1.0
        self.muted = False
        self._store = store
        self._clock = clock
        self._bulletin = bulletin
        self._days = days
        self._timers: list[Timer] = []
        self._unsaved = 0
        self._timers_changed: Callable[[], None] = lambda: None
        self._recorder: Recorder | None = None
        self._recorded_turn = 0
        self._waiting: asyncio.Queue[Turn | event.Muted] = asyncio.Queue(BACKLOG)

    @classmethod
    async def open(cls, store: Store, clock: Clock, bulletin: Bulletin, days: int) -> Memory:
        """Read what was kept, and record every turn that the bulletin tells of."""
        memory = cls(store, clock, bulletin, days)
        memory.volume = float(await store.setting("volume", "1.0"))
        memory.muted = await store.setting("muted", "no") == "yes"
        memory._timers = list(await store.timers())
        bulletin.listen(memory.note)
        return memory

    def on_timers(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever the timers differ."""
        self._timers_changed = changed

    async def timers(self) -> tuple[Timer, ...]:
        """All that run, the next one first."""
        return tuple(sorted(self._timers, key=lambda timer: timer.due))

    async def add_timer(self, seconds: int, name: str, now: float) -> Timer:
        """Start a timer; it rings even when it could not be written down."""
        try:
            timer = await self._store.add_timer(seconds, name, now)
        except PartError as error:
            self._complain(error)
            self._unsaved -= 1
            timer = Timer(id=self._unsaved, name=name, seconds=seconds, due=now + seconds)
        self._timers.append(timer)
        self._timers_changed()
        return timer

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers."""
        self._timers = [timer for timer in self._timers if timer.id not in ids]
        self._timers_changed()
        try:
            await self._store.cancel_timers(ids)
        except PartError as error:
            self._complain(error)

    async def set_volume(self, level: float) -> None:
        """Remember the volume, 0..1."""
        self.volume = level
        await self._set("volume", str(level))

    async def history(self, limit: int) -> list[Turn]:
        """The newest `limit` turns, newest first."""
        return await self._store.turns(limit)

    async def turn(self, number: int | None) -> Turn | None:
        """One turn by its number in the store, or the last."""
        return await self._store.turn(number)

    async def forget(self) -> None:
        """Delete what is older than the owner wants to keep, once a day, until cancelled."""
        await retention.daily(self._store.forget_before, self._days, self._clock)

    async def write(self) -> None:
        """Write down what was noted, as it comes, until cancelled."""
        while True:
            await self._keep(await self._waiting.get())

    async def alive(self) -> None:
        """Return when the store has answered."""
        await self._store.alive()

    async def drain(self) -> None:
        """Write down all that waits."""
        while not self._waiting.empty():
            await self._keep(self._waiting.get_nowait())

    async def close(self) -> None:
        """Write what waits and close the store."""
        await self.drain()
        await self._store.close()

    def note(self, happened: event.Event) -> None:
        """Take an event into the record of its turn."""
        if isinstance(happened, event.Muted):
            self.muted = happened.on
            self._put(happened)
        if isinstance(happened, event.Muted | event.Fault) or not happened.turn:
            return
        if self._recorder is None or happened.turn != self._recorded_turn:
            self._recorder = Recorder(self._clock.now())
            self._recorded_turn = happened.turn
        if (turn := self._recorder.add(happened)) is not None:
            self._recorder = None
            self.add(turn)

    def add(self, turn: Turn) -> None:
        """Have a finished turn written down, if the owner keeps any."""
        if self._days and (turn.heard or turn.reply):
            self._put(turn)

    def _put(self, note: Turn | event.Muted) -> None:
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(note)

    async def _keep(self, note: Turn | event.Muted) -> None:
        if isinstance(note, event.Muted):
            await self._set("muted", "yes" if note.on else "no")
            return
        try:
            await self._store.add_turn(note)
        except PartError as error:
            self._complain(error)

    async def _set(self, name: str, value: str) -> None:
        try:
            await self._store.set_setting(name, value)
        except PartError as error:
            self._complain(error)

    def _complain(self, error: PartError) -> None:
        _log.warning("the store failed", extra={"error": str(error)})
        self._bulletin.publish(event.Fault(part="store", fault=str(error), action="kept in memory"))
