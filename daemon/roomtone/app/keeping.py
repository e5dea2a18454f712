"""What outlives a conversation, as the answerer needs it; tests bring a double."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Protocol

from roomtone.base.room import AlarmClock, Note, Timer

What = Literal["last", "today", "all"]
"""What may be forgotten by voice."""


class Keeping(Protocol):
    """What outlives a conversation."""

    volume: float
    """Of the loudspeaker, 0..1."""

    async def add_timer(self, seconds: int, name: str, now: float) -> Timer:
        """Start a timer."""
        ...

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers."""
        ...

    async def timers(self) -> tuple[Timer, ...]:
        """All that run, the next one first."""
        ...

    async def add_alarm(self, at: dt.datetime, name: str = "") -> AlarmClock:
        """Set an alarm at a local time."""
        ...

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        """Remove alarms."""
        ...

    async def alarms(self) -> tuple[AlarmClock, ...]:
        """All that are set, the next one first."""
        ...

    async def set_volume(self, level: float) -> None:
        """Remember the volume, 0..1."""
        ...

    @property
    def guest(self) -> bool:
        """True while nothing is kept."""
        ...

    async def set_guest(self, *, on: bool) -> None:
        """Keep nothing from this turn on, or again what the owner wants."""
        ...

    async def notes(self) -> tuple[Note, ...]:
        """What is to be remembered, the oldest first."""
        ...

    async def add_note(self, text: str) -> Note:
        """Remember `text`."""
        ...

    async def drop_notes(self, ids: tuple[int, ...]) -> int:
        """Forget notes; how many there were."""
        ...

    def pass_over(self) -> None:
        """Do not keep the turn that is going on."""
        ...

    async def turns_today(self) -> int:
        """How many turns of today are kept."""
        ...

    async def forget(self, what: What) -> int:
        """Forget turns, and the one that asks for it; how many. Raises PartError."""
        ...
