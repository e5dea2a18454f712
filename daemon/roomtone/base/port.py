"""What the doors may ask of the conversation; the conductor is it, tests bring a scripted one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

from roomtone.base.event import Event
from roomtone.base.room import AlarmClock, Timer


class Control(Protocol):
    """The conversation as `status`, `ask`, `hush` and the page see it.

    Any of them may raise OwnerError or PartError; the door tells it in one line.
    """

    async def status(self) -> dict[str, Any]:
        """State, devices, models and faults, as plain JSON data."""
        ...

    async def metrics(self) -> str:
        """Counts and durations in Prometheus' text form."""
        ...

    async def false_wake(self) -> None:
        """Count the last wake as false: nobody had called."""
        ...

    def ask(self, text: str) -> AsyncIterator[Event]:
        """Answer `text` in writing; the events of that turn, the last one ends it."""
        ...

    async def say(self, text: str) -> None:
        """Speak `text` in the room."""
        ...

    async def listen(self) -> None:
        """Listen as if the wake word had been said."""
        ...

    async def hush(self) -> None:
        """Stop speaking and ringing."""
        ...

    async def mute(self, *, on: bool) -> None:
        """Close (`on`) or open the microphone."""
        ...

    async def reload(self) -> list[str]:
        """Read the configuration again; the sections that changed."""
        ...

    async def timers(self) -> list[Timer]:
        """Running timers, the next one first."""
        ...

    async def alarms(self) -> list[AlarmClock]:
        """Alarms that are set, the next one first."""
        ...

    async def history(self, limit: int) -> list[dict[str, Any]]:
        """The last `limit` turns, newest first, as plain JSON data."""
        ...

    async def explain(self, turn: int | None) -> dict[str, Any] | None:
        """What is kept of the turn stored as `turn`, or of the last; None when it is not."""
        ...

    def events(self) -> AsyncIterator[Event]:
        """Every event from now on."""
        ...
