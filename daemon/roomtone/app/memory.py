"""What outlives a conversation, as the core uses it: timers, alarms, settings, turns.

All of it lives here as long as the daemon runs; the disk is where it is found again. So a disk
that fails costs the memory of what was said last, never a timer.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable

import msgspec

from roomtone.app.archive import Archive
from roomtone.app.book import Book
from roomtone.app.choices import WAKES, Choices
from roomtone.app.discretion import Discretion
from roomtone.app.disk import Disk
from roomtone.app.keeping import What
from roomtone.app.mending import Mending
from roomtone.base import countdown, event
from roomtone.base.belief import JUMP
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import Clock, Moment
from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import AlarmClock, Note, Timer
from roomtone.base.timed import timed
from roomtone.store import retention
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store
from roomtone.store.words import holds

COPYING = 2.0
"""Seconds that the end waits for a copy of what was kept last."""


class Memory:
    """Keeps, reads and reports; see `open`."""

    def __init__(self, store: Store, clock: Clock, bulletin: Bulletin, keep: KeepSettings) -> None:
        self.volume = 1.0
        self.muted = False
        self.echo_delay = 0.0
        self.archive = Archive(store, clock, keeps=keep.days > 0)
        self.store = store
        self._clock = clock
        self._keep = keep
        self._discretion = Discretion()
        through = self._discretion.through
        self._timers: Book[Timer] = Book(through(store.add_timer), store.cancel_timers)
        self._alarms: Book[AlarmClock] = Book(through(store.add_alarm), store.cancel_alarms)
        self._notes: Book[Note] = Book(store.add_note, store.drop_notes)
        self._choices = Choices(store)
        self._changed: Callable[[], None] = lambda: None
        self._chosen: Callable[[], None] = lambda: None
        self._noted = asyncio.Event()
        self.archive.noted = self._noted.set
        self.mending = Mending(store, bulletin)
        self.guests_changed: Callable[[], None] = lambda: None
        """Called when guests come or go, before anything is waited for."""
        self._disk = Disk(store.reopen, self._load, self._save, bulletin, store.busy)

    @classmethod
    async def open(
        cls, store: Store, clock: Clock, bulletin: Bulletin, keep: KeepSettings
    ) -> Memory:
        """Read what was kept, and record every turn that the bulletin tells of.

        A store that cannot be read is tried again later; see `write`.
        """
        memory = cls(store, clock, bulletin, keep)
        await memory._disk.open()
        if not memory._choices.get("muted"):
            memory.muted = bool(store.muted())
        memory.archive.guest = memory.archive.guest or store.guests()
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
        if self.guest:
            self._discretion.note(timer)
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
        if self.guest:
            self._discretion.note(alarm)
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
        await self.choose("volume", str(level))

    async def notes(self) -> tuple[Note, ...]:
        """What is to be remembered, the oldest first."""
        return tuple(sorted(self._notes.all(), key=lambda note: note.at))

    async def add_note(self, text: str) -> Note:
        """Remember `text`."""
        self._notes.put(note := Note(id=self._notes.number(), at=self._clock.now(), text=text))
        await self._disk.save()
        return note

    async def drop_notes(self, ids: tuple[int, ...]) -> int:
        """Forget notes; how many there were. Raises PartError while the disk has them still."""
        known = {note.id for note in self._notes.all()}.intersection(ids)
        if self._notes.drop(ids):
            await self._disk.save()
        if self._notes.owes_removal and not self._disk.well:
            raise PartError("store", "the disk is ill: notes are deleted from it when it is well")
        return len(known)

    async def turns_today(self) -> int:
        """How many turns of today are kept."""
        return await self.archive.today()

    async def forget(self, what: What) -> int:
        """Forget turns, and the one that asks for it; how many. Raises PartError."""
        return await self.erase(what)

    async def erase(self, what: What) -> int:
        """Forget turns, with "all" the notes too; how many turns there were. Raises PartError.

        The turn that is going on meanwhile is not kept either.
        """
        self.pass_over()
        if what == "all" and self._choices.get(WAKES):
            await self.choose(WAKES, "")
        gone = await self.archive.forget(what)
        if what == "all":
            self._notes.clear()
        return gone

    def pass_over(self) -> None:
        """Do not keep the turn that is going on."""
        self.archive.pass_over()

    async def forget_matching(self, text: str) -> int:
        """Forget turns and notes that hold `text`; how many. Raises PartError."""
        self.pass_over()
        held = tuple(note.id for note in self._notes.all() if holds(text, note.text))
        return await self.drop_notes(held) + await self.archive.forget_matching(text)

    async def again(self) -> None:
        """Read and write afresh: the file is another than it was, or open at last."""
        await self._disk.again()

    @property
    def guest(self) -> bool:
        """True while nothing is kept."""
        return self.archive.guest

    async def set_guest(self, *, on: bool) -> None:
        """Keep nothing from this turn on, or again what the owner wants."""
        self.archive.guest = on
        self.archive.pass_over()
        self.guests_changed()
        self.store.sign_guests(here=on)
        await self.choose("guest", "yes" if on else "no")

    def chosen(self, name: str) -> str:
        """What somebody chose; empty when nobody did."""
        return self._choices.get(name)

    async def choose(self, name: str, value: str) -> None:
        """Remember a choice: one of `choices.NAMES`."""
        self._choices.put(name, value)
        await self._disk.save()

    def recorded(self, name: str) -> bool:
        """Whether the last choice called `name` is on the disk."""
        return self._choices.recorded(name)

    async def retain(self) -> None:
        """Forget what is older or larger than the owner wants to keep, until cancelled."""
        await retention.daily(self.store, self._keep, self._clock)

    async def write(self) -> None:
        """Write down what is noted as it comes, and later what the disk refused; endless."""
        await self.mending.begin()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._disk.heal())
            both.create_task(self._write())

    async def alive(self) -> None:
        """Return when the store has answered, or is known and told not to."""
        await self._disk.alive(self.store.alive())

    async def drain(self) -> None:
        """Write down all that waits."""
        await self._disk.save()

    async def close(self) -> None:
        """Write what waits, and a copy of it beside, and close the store."""
        await self._disk.close()
        if self._disk.well:
            with contextlib.suppress(PartError, OwnerError, TimeoutError):
                async with timed(COPYING):
                    await self.store.snapshot_if_changed()
        await self.store.close()

    def note(self, happened: event.Event) -> None:
        """Take an event into the record of its turn."""
        if isinstance(happened, event.Muted):
            self.muted = happened.on
            self.store.sign(muted=happened.on)
            self._choices.put("muted", "yes" if happened.on else "no")
            self._noted.set()
        self.archive.note(happened)

    async def _write(self) -> None:
        while True:
            await self._noted.wait()
            self._noted.clear()
            await self._disk.save()

    async def _load(self) -> None:
        """Take over what only the disk knows; what it has lost is owed to it."""
        await self._load_choices()
        self._timers.reconcile(await self.store.timers())
        self._alarms.reconcile(await self.store.alarms())
        self._notes.reconcile(await self.store.notes())
        self._changed()
        await self.mending.tell()

    async def _load_choices(self) -> None:
        """Take over the choices that nobody has made anew; a sign is newer than the database."""
        found = await self._choices.load()
        self.volume = float(found.get("volume") or self.volume)
        self.echo_delay = float(found.get("echo_delay") or self.echo_delay)
        if "muted" in found:
            self.muted = found["muted"] == "yes"
        if guest := found.get("guest"):
            self.archive.found(guest=guest == "yes" or self.store.guests())
        if found:
            self._chosen()

    async def _save(self) -> None:
        """Write all that is not on the disk yet, the dearest first."""
        await self.store.writable()
        await self._timers.save()
        await self._alarms.save()
        await self._notes.save()
        await self._choices.save()
        await self.archive.save()
