"""What guests set rings by its name, and is written down without it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from roomtone.base.room import AlarmClock, Timer

Named = TypeVar("Named", Timer, AlarmClock)


class Discretion:
    """Knows which timers and alarms were set by guests."""

    def __init__(self) -> None:
        self._of_guests: set[tuple[type, int]] = set()

    def note(self, one: Timer | AlarmClock) -> None:
        """A guest has set it."""
        self._of_guests.add((type(one), one.id))

    def through(self, add: Callable[[Named], Awaitable[int]]) -> Callable[[Named], Awaitable[int]]:
        """Write by `add`, without the name where a guest has set it."""
        return lambda one: add(self._written(one))

    def _written(self, one: Named) -> Named:
        if (type(one), one.id) in self._of_guests:
            return msgspec.structs.replace(one, name="")
        return one
