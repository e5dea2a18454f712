"""What must not be lost. The truth is here; the disk follows, and has it after a restart."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from roomtone.base.room import AlarmClock, Note, Timer

T = TypeVar("T", Timer, AlarmClock, Note)


class Book(Generic[T]):
    """Timers, alarms or notes. Numbers given here mean nothing on disk."""

    def __init__(
        self,
        add: Callable[[T], Awaitable[int]],
        cancel: Callable[[tuple[int, ...]], Awaitable[object]],
    ) -> None:
        """Write by `add`, which gives the number on the disk, and erase by `cancel`."""
        self._add: Callable[[T], Awaitable[int]] = add
        self._cancel = cancel
        self._numbers = itertools.count(1)
        self._here: dict[int, T] = {}
        self._rows: dict[int, int] = {}
        self._gone: set[int] = set()

    def all(self) -> Iterable[T]:
        """Everything, in the order in which it was put down."""
        return tuple(self._here.values())

    def number(self) -> int:
        """A number for the next one."""
        return next(self._numbers)

    def put(self, one: T) -> None:
        """Put down, or in the place of the one with the same number, which stays on the disk."""
        self._here[one.id] = one

    def rewrite(self, one: T) -> None:
        """Put in the place of the one with the same number, also on the disk."""
        self._here[one.id] = one
        if (row := self._rows.pop(one.id, None)) is not None:
            self._gone.add(row)

    def drop(self, ids: tuple[int, ...]) -> bool:
        """Strike out; unknown numbers are no mistake. True when there was one."""
        known = [number for number in ids if self._here.pop(number, None) is not None]
        self._gone |= {self._rows.pop(number) for number in known if number in self._rows}
        return bool(known)

    def clear(self) -> None:
        """Strike out everything here; the disk is cleared by other means."""
        self._here.clear()
        self._rows.clear()
        self._gone.clear()

    @property
    def owes_removal(self) -> bool:
        """True while the disk has what was struck out."""
        return bool(self._gone)

    def reconcile(self, kept: Iterable[T]) -> None:
        """Take over what the disk has and we do not, and owe it what it has lost.

        The disk may be another one than before: it was away, or somebody put back a copy.
        """
        on_disk = {one.id: one for one in kept}
        self._rows = {number: row for number, row in self._rows.items() if row in on_disk}
        known = self._gone.union(self._rows.values())
        for row, one in on_disk.items():
            if row not in known:
                number = self.number()
                self._here[number] = msgspec.structs.replace(one, id=number)
                self._rows[number] = row

    async def save(self) -> None:
        """Write what is owed to the disk. Raises PartError; the rest is still owed then.

        What is new is written first: whoever is killed in between finds a thing twice, not never.
        """
        for number, one in list(self._here.items()):
            if number not in self._rows:
                row = await self._add(one)
                if self._here.get(number) is one:
                    self._rows[number] = row
                else:
                    self._gone.add(row)
        if gone := tuple(self._gone):
            await self._cancel(gone)
            self._gone.difference_update(gone)
