"""What outlives a conversation, as the core uses it: timers, alarms, settings, turns.

All of it lives here as long as the daemon runs; the disk is where it is found again. So a disk
that fails costs the memory of what was said last, never a timer.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections import deque
from collections.abc import Callable

import msgspec

from roomtone.app.book import Book
from roomtone.app.disk import Disk
from roomtone.base import countdown, event
from roomtone.base.belief import JUMP
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import Clock, Moment
from roomtone.base.error import PartError
from roomtone.base.room import AlarmClock, Timer
from roomtone.store import retention
from roomtone.store.store import Store
from roomtone.turn.record import Recorder, Turn

BACKLOG = 64
"""Turns that may wait for the disk; the oldest is dropped beyond."""


class Memory:
    """Keeps, reads and reports; see `open`."""

    def __init__(self, store: Store, clock: Clock, bulletin: Bulletin, days: int) -> None:
        self.volume = 1.0
        self.muted = False
        self._store = store
        self._clock = clock
        self._days = days
        self._timers: Book[Timer] = Book(store.add_timer, store.cancel_timers)
        self._alarms: Book[AlarmClock] = Book(store.add_alarm, store.cancel_alarms)
        self._settings: dict[str, str] = {}
        self._owed: set[str] = set()
        self._turns: deque[Turn] = deque(maxlen=BACKLOG)
        self._changed: Callable[[], None] = lambda: None
        self._chosen: Callable[[], None] = lambda: None
        self._recorder: Recorder | None = None
        self._recorded_turn = 0
        self._noted = asyncio.Event()
        self._disk = Disk(store.reopen, self._load, self._save, bulletin)

    @classmethod
    async def open(cls, store: Store, clock: Clock, bulletin: Bulletin, days: int) -> Memory:
        """Read what was kept, and record every turn that the bulletin tells of.

        A store that cannot be read is tried again later; see `write`.
        """
        memory = cls(store, clock, bulletin, days)
        await memory._disk.open()
        if "muted" not in memory._settings:
            memory.muted = bool(store.muted())
        bulletin.listen(memory.note)
        return memory

    def on_timers(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever the timers or alarms differ."""
        self._changed = changed

    def on_choices(self, chosen: Callable[[], None]) -> None:
        """Call `chosen` when the volume or the mute is found on a disk that came late."""
        self._chosen = chosen

    async def timers(self) -> tuple[Timer, ...]:
        """All that run, the next one first, by the clocks as they stand now."""
        now = self._clock.read()
        self._follow(now)
        running = [countdown.as_of(timer, now) for timer in self._timers.all()]
        return tuple(sorted(running, key=lambda timer: timer.due))

    def _follow(self, now: Moment) -> None:
        """Have the books agree with a wall clock that was set, for the day the power fails."""
        for timer in self._timers.all():
            told = countdown.as_of(timer, now)
            if timer.boot != now.boot:
                if now.synchronised:  # from before a power cut; a jump to come means nothing to it
                    self._timers.put(told)
            elif abs(told.due - timer.due) > JUMP:
                self._timers.rewrite(told)
                self._noted.set()

    async def add_timer(self, seconds: int, name: str, now: float) -> Timer:
        """Start a timer at Unix time `now`; it rings even when it could not be written down."""
        begun = msgspec.structs.replace(self._clock.read(), wall=now)
        timer = countdown.begun(self._timers.number(), seconds, name, begun)
        self._timers.put(timer)
        self._changed()
        await self._disk.save()
        return timer

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers."""
        if self._timers.drop(ids):
            self._changed()
            await self._disk.save()

    async def alarms(self) -> tuple[AlarmClock, ...]:
        """All that are set, the next one first."""
        return tuple(sorted(self._alarms.all(), key=lambda alarm: alarm.at))

    async def add_alarm(self, at: dt.datetime, name: str = "") -> AlarmClock:
        """Set an alarm at a local time; it rings even when it could not be written down."""
        alarm = AlarmClock(id=self._alarms.number(), at=at, name=name)
        self._alarms.put(alarm)
        self._changed()
        await self._disk.save()
        return alarm

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        """Remove alarms."""
        if self._alarms.drop(ids):
            self._changed()
            await self._disk.save()

    async def set_volume(self, level: float) -> None:
        """Remember the volume, 0..1."""
        self.volume = level
        self._choose("volume", str(level))
        await self._disk.save()

    async def history(self, limit: int) -> list[Turn]:
        """The newest `limit` turns, newest first; without the disk, those of this run."""
        waiting, kept = list(reversed(self._turns)), []
        with contextlib.suppress(PartError):
            kept = await self._store.turns(limit)
        written = {turn.started for turn in kept}  # also by one that is being written just now
        return [*(turn for turn in waiting if turn.started not in written), *kept][:limit]

    async def turn(self, number: int | None) -> Turn | None:
        """One turn by its number in the store, or the last."""
        if number is None:
            return next(iter(await self.history(1)), None)
        return await self._store.turn(number)

    async def forget(self) -> None:
        """Delete what is older than the owner wants to keep, once a day, until cancelled."""
        await retention.daily(self._store, self._days, self._clock)

    async def write(self) -> None:
        """Write down what is noted as it comes, and later what the disk refused; endless."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._disk.heal())
            both.create_task(self._write())

    async def alive(self) -> None:
        """Return when the store has answered, or is known and told not to."""
        if not self._disk.well:
            return
        answered = asyncio.ensure_future(self._store.alive())
        fallen = asyncio.ensure_future(self._disk.fallen())
        try:
            await asyncio.wait({answered, fallen}, return_when=asyncio.FIRST_COMPLETED)
            if answered.done():
                answered.result()
        finally:
            answered.cancel()
            fallen.cancel()

    async def drain(self) -> None:
        """Write down all that waits."""
        await self._disk.save()

    async def close(self) -> None:
        """Write what waits and close the store."""
        await self._disk.close()
        await self._store.close()

    def note(self, happened: event.Event) -> None:
        """Take an event into the record of its turn."""
        if isinstance(happened, event.Muted):
            self.muted = happened.on
            self._store.sign(muted=happened.on)
            self._choose("muted", "yes" if happened.on else "no")
            self._noted.set()
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
            self._turns.append(turn)
            self._noted.set()

    async def _write(self) -> None:
        while True:
            await self._noted.wait()
            self._noted.clear()
            await self._disk.save()

    def _choose(self, name: str, value: str) -> None:
        self._settings[name] = value
        self._owed.add(name)

    async def _load(self) -> None:
        """Take over what only the disk knows; what it has lost is owed to it."""
        await self._load_choices()
        self._timers.reconcile(await self._store.timers())
        self._alarms.reconcile(await self._store.alarms())
        self._changed()

    async def _load_choices(self) -> None:
        """Take over the choices that nobody has made anew; a sign is newer than the database."""
        found: dict[str, str] = {}
        for name in ("volume", "muted"):
            kept = known = await self._store.setting(name, "")
            if name == "muted" and (signed := self._store.muted()) is not None:
                known = "yes" if signed else "no"
            if name not in self._settings and known:
                found[name] = self._settings[name] = known
            if kept != self._settings.get(name, kept):
                self._owed.add(name)
        if "volume" in found:
            self.volume = float(found["volume"])
        if "muted" in found:
            self.muted = found["muted"] == "yes"
        if found:
            self._chosen()

    async def _save(self) -> None:
        """Write all that is not on the disk yet, the dearest first."""
        await self._store.writable()
        await self._timers.save()
        await self._alarms.save()
        for name in list(self._owed):
            value = self._settings[name]
            await self._store.set_setting(name, value)
            if self._settings[name] == value:
                self._owed.discard(name)
        while self._turns:
            turn = self._turns[0]
            await self._store.add_turn(turn)
            if self._turns and self._turns[0] is turn:
                self._turns.popleft()
