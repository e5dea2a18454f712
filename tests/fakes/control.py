"""A scripted conversation for the doors: answers as told, notes what it was asked."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

from roomtone.base.bulletin import Bulletin
from roomtone.base.error import RoomtoneError
from roomtone.base.event import Event, ReplyFinished, ReplyStarted, Sentence
from roomtone.base.room import AlarmClock, Timer


class FakeControl:
    """Implements `base.port.Control`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.problem: RoomtoneError | None = None
        """Raised by everything that is asked."""
        self.breaks_off: RoomtoneError | None = None
        """Raised in the middle of an answer."""
        self.bulletin = Bulletin()
        self.turns = [{"id": 2, "heard": "tea?"}, {"id": 1, "heard": "time?"}]
        self.hangs = False
        self.given_up = asyncio.Event()

    def _note(self, what: str, given: Any = None) -> None:
        self.asked.append((what, given))
        if self.problem is not None:
            raise self.problem

    async def status(self) -> dict[str, Any]:
        self._note("status")
        return {"state": "asleep", "muted": False}

    async def ask(self, text: str) -> AsyncIterator[Event]:
        self._note("ask", text)
        yield ReplyStarted(t=1.0, turn=3, by="skill")
        if self.breaks_off is not None:
            raise self.breaks_off
        yield Sentence(t=1.5, turn=3, text="Grüße.\nNoon.")
        try:
            if self.hangs:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.given_up.set()
            raise
        yield ReplyFinished(t=2.0, turn=3, by="skill", text="Noon.", spoken_text="")

    async def metrics(self) -> str:
        self._note("metrics")
        return "roomtone_ready 1.0\n"

    async def false_wake(self) -> None:
        self._note("false_wake")

    async def say(self, text: str) -> None:
        self._note("say", text)

    async def listen(self) -> None:
        self._note("listen")

    async def hush(self) -> None:
        self._note("hush")

    async def mute(self, *, on: bool) -> None:
        self._note("mute", on)

    async def reload(self) -> list[str]:
        self._note("reload")
        return ["wake"]

    async def timers(self) -> list[Timer]:
        self._note("timers")
        return [Timer(id=1, name="egg", seconds=60, due=99.0)]

    async def alarms(self) -> list[AlarmClock]:
        self._note("alarms")
        return [AlarmClock(id=1, at=dt.datetime(2026, 11, 22, 7, 0))]  # noqa: DTZ001 - no zone

    async def history(self, limit: int) -> list[dict[str, Any]]:
        self._note("history", limit)
        return self.turns[:limit]

    async def explain(self, turn: int | None) -> dict[str, Any] | None:
        self._note("explain", turn)
        return next((t for t in self.turns if turn in (None, t["id"])), None)

    def events(self) -> AsyncIterator[Event]:
        self._note("events")
        return self.bulletin.follow()
