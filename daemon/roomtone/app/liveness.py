"""Whether the daemon truly hears: what feeds the watchdog, and what `systemctl status` shows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import msgspec

from roomtone.app.build import Core
from roomtone.app.starter import starters
from roomtone.base.error import PartError
from roomtone.base.message import Microphones
from roomtone.base.rhythm import moment
from roomtone.base.timed import timed
from roomtone.system.notify import Notifier

STALE = 3.0
"""Seconds without a frame or a tick of the ear that are too many."""

SLOW_DISK = 10.0
"""Seconds without a word of the store that are too many; a tired memory card takes some."""

HEALING = 120.0
"""Seconds that the ear may take to come back before the whole daemon is started afresh."""

EVERY = 1.0
"""Seconds from one look to the next."""


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """When each part last did real work: seconds of the monotonic clock."""

    ear_at: float
    """The ear has sent a tick."""
    frame_at: float
    """A frame of the microphone went through the ear."""
    store_at: float
    """The store's thread has answered."""
    microphone: Microphones
    restarting: bool = False
    """The ear is down, known to be so, and started again and again."""


def trouble(signs: Signs, now: float) -> str:
    """Why the watchdog must not be fed at `now`; empty when all is well.

    That this runs at all shows that the event loop turns. A microphone that is missing or muted is
    no reason: it is told elsewhere, and starting the daemon again would not bring it back.
    """
    if now - signs.store_at > SLOW_DISK:
        return "the store does not answer"
    if signs.restarting:
        return "the ear does not come back" if now - signs.ear_at > HEALING else ""
    if now - signs.ear_at > STALE:
        return "the ear hangs"
    if signs.microphone == "open" and now - signs.frame_at > STALE:
        return "no sound comes in"
    return ""


class Liveness:
    """Looks at the parts of `core` and tells `notifier`."""

    def __init__(
        self, core: Core, notifier: Notifier, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._core = core
        self._notifier = notifier
        self._now = now
        self._store_at = now()
        self._began = now()
        self.ready = False
        """True once the daemon hears, or provably has no open microphone."""

    @property
    def frame_age(self) -> float | None:
        """Seconds since the last frame of the microphone; None when there was none."""
        at = self._core.ear.captured_at
        return self._now() - at if at else None

    async def hears(self, within: float) -> None:
        """Return when frames come in, or there provably is no open microphone.

        Raises PartError after `within` seconds.
        """
        try:
            async with timed(within):
                ear = self._core.ear
                while not ear.ticked_at or (ear.microphone == "open" and not ear.captured):
                    await ear.tick()
        except TimeoutError:
            raise PartError("ear", f"gave no sign for {within:.0f} s after its start") from None
        self.ready = True

    async def run(self) -> None:
        """Look and tell, until cancelled."""
        self._began = self._store_at = self._now()
        asking = asyncio.create_task(self._ask_store())
        try:
            while True:
                self._look()
                await moment(EVERY)
        finally:
            asking.cancel()

    def _look(self) -> None:
        now = self._now()
        why = self.trouble()
        if not why:
            self._notifier.alive(now)
        self._notifier.status(self.line() if not why else f"In trouble: {why}. {self.line()}")

    def trouble(self) -> str:
        """Why the watchdog is not fed; empty when all is well."""
        return trouble(self._signs(), self._now())

    def _signs(self) -> Signs:
        ear = self._core.ear
        return Signs(
            ear_at=max(ear.ticked_at, self._began),
            frame_at=max(ear.captured_at, self._began),
            store_at=self._store_at,
            microphone=ear.microphone,
            restarting=not ear.child.up,
        )

    def line(self) -> str:
        """The state in one line: conversation, microphone, models, faults."""
        core = self._core
        named = core.config.models
        models = f"{named.speech}, {named.language}, {named.voice}"
        if starters(core.config):
            models += " (starter models)"
        parts = [core.conductor.state.value.capitalize(), self._hearing(), f"Models: {models}"]
        down = [part.child.name for part in core.workers if not part.child.up]
        if down:
            parts.append(f"DOWN: {', '.join(down)}")
        return ". ".join(parts) + "."

    def _hearing(self) -> str:
        ear, age = self._core.ear, self.frame_age
        if not ear.child.up:
            return "the ear is being started"
        match ear.microphone:
            case "closed":
                return "muted: the microphone is closed"
            case "missing":
                return "NO MICROPHONE"
            case _:
                name = ear.child.detail.get("input", "the microphone")
                fresh = age is not None and age < STALE
                return f"hears {name}, last frame {'under 3' if fresh else round(age or 0)} s ago"

    async def _ask_store(self) -> None:
        while True:
            await self._core.memory.alive()
            self._store_at = self._now()
            await moment(EVERY)
