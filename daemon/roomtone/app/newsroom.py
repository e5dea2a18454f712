"""What becomes of the parts is told as faults, and the ear is put right when it comes back."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Coroutine
from typing import Any

from roomtone.app.conductor import Conductor
from roomtone.app.faults import Faults
from roomtone.app.memory import Memory
from roomtone.app.speaking import say
from roomtone.base import event, message
from roomtone.base.bulletin import Bulletin
from roomtone.base.error import PartError
from roomtone.base.falls import News
from roomtone.base.message.cloud import FAILURES
from roomtone.turn.ledger import Entry

DEAF = 2.0
"""Seconds that an ear without a microphone has to tell what is wrong: longer than a stall."""

ANOTHER_DELAY = 0.01
"""Seconds by which an echo must have moved to be written down anew."""


class Newsroom:
    """Takes the news of all parts; `faults` are those of anybody that last."""

    conductor: Conductor

    def __init__(self, bulletin: Bulletin, memory: Memory) -> None:
        self.faults = Faults()
        self._bulletin = bulletin
        self._memory = memory
        self._ear_fell = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._righting: asyncio.Task[None] | None = None
        bulletin.listen(self.faults.note)

    def tell(self, news: News) -> None:
        """Publish the beginning or the end of a fault; have the turn that the ear took ended."""
        if news.fault or news.recovered_ms is not None:
            self._publish(news)
        if news.part != "ear":
            return
        if not news.up:
            if self._righting is not None:
                self._righting.cancel()
            if not self._ear_fell:
                self._ear_fell = True
                self._do(self.conductor.ear_lost())
        elif self._ear_fell and not news.fault:
            self._ear_fell = False
            self._righting = self._do(self._put_right(rose=time.monotonic()))

    def chosen(self) -> None:
        """Have the ear follow a volume and a mute that were found late."""
        self._do(self._follow())

    def echo_found(self, delay: float) -> None:
        """Keep how late our own voice comes back, for the next ear."""
        if abs(delay - self._memory.echo_delay) > ANOTHER_DELAY:
            self._memory.echo_delay = delay
            self._do(self._memory.choose("echo_delay", str(delay)))

    def say(self, words: str) -> None:
        """Have the owner told something in the room, once it is free."""
        self._do(self._announce(words))

    async def _announce(self, words: str) -> None:
        await self.conductor.announce(say(words))

    def came_of(self, outcome: str) -> None:
        """Tell, once, of a provider that the owner has to see after, and when that is over."""
        known = self.faults.find("cloud", "cloud_refused")
        if outcome in ("refused", "no_key") and known is None:
            self._publish(
                News(
                    part="cloud",
                    up=True,
                    kind="cloud_refused",
                    fault=FAILURES[outcome],
                    action="see `roomtone cloud status`",
                )
            )
        elif outcome == "answered" and known is not None:
            lasted = round(1000 * (time.monotonic() - known.since))
            self._publish(News(part="cloud", up=True, kind="cloud_refused", recovered_ms=lasted))

    def sent(self, entry: Entry, turn: int) -> None:
        """Tell that something leaves the house for `turn`, as the ledger has it."""
        self._bulletin.publish(
            event.Sent(
                t=self.conductor.ear.t,
                turn=turn,
                provider=entry.provider,
                bytes=entry.bytes,
                entry=entry.id,
            )
        )

    async def _follow(self) -> None:
        if self._memory.muted and not self.conductor.muted:
            await self.conductor.mute(on=True)
        with contextlib.suppress(PartError):
            await self.conductor.ear.send(message.Volume(level=self._memory.volume))

    def _publish(self, news: News) -> None:
        known = self.faults.find(news.part, news.kind)
        self._bulletin.publish(
            event.Fault(
                part=news.part,
                fault=news.fault or (known.fault if known else ""),
                action=news.action or "none",
                kind=news.kind,
                recovered_ms=news.recovered_ms,
            )
        )

    async def _put_right(self, rose: float) -> None:
        try:
            ear = self.conductor.ear
            await ear.send(message.Volume(level=self._memory.volume))
            await ear.send(message.Microphone(open=not self._memory.muted))
            await self.conductor.ear_back()
        except PartError:
            self._ear_fell = True
        else:
            await self._forget(before=rose)

    async def _forget(self, before: float) -> None:
        """End what only an earlier ear has told, `before` this one rose.

        This one hears by then, or has had the time to tell what keeps it from hearing.
        """
        ear = self.conductor.ear
        began = ear.t
        while ear.microphone == "missing" and began <= ear.t < began + DEAF:
            await ear.tick()
        for fault in self.faults.active():
            if fault.part == "ear" and fault.told < before:
                after_ms = round(1000 * (time.monotonic() - fault.since))
                self._publish(News(part="ear", up=True, kind=fault.kind, recovered_ms=after_ms))

    def _do(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
