"""The way to the disk: a turn never waits long for it, and what it refuses is written later."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import msgspec

from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.error import PartError

PATIENCE = 2.0
"""Seconds that whoever has something written waits for the disk; then it goes on in its absence."""

OPENING = 10.0
"""Seconds that the start waits for the disk; a large database is checked meanwhile."""

RETRY_FIRST, RETRY_MOST = 2.0, 30.0
"""Seconds to the first new attempt after a failure, doubled up to the most."""

_TODO = {
    "disk_full": "kept in memory until there is room: free some on the disk of [paths] state",
    "disk_readonly": "kept in memory until the disk of [paths] state is mounted writable; "
    "a card that keeps falling back must be replaced",
    "locked": "kept in memory until `roomtone memory unlock` has the passphrase",
    "database_bad": "kept in memory; the file is left as it is: put back a backup, or move it away",
}
_ELSE = "kept in memory until the disk of [paths] state works again: see `dmesg`"

Step = Callable[[], Awaitable[None]]
"""Reads or writes; may raise PartError."""


class Disk:
    """Knows whether the disk is well, and says so when that changes."""

    def __init__(
        self,
        reopen: Step,
        load: Step,
        save: Step,
        bulletin: Bulletin,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """`load` takes over what is on the disk, `save` writes all that is owed to it.

        `busy` tells whether the store is at a long piece of work: then a wait is no fault.
        """
        self._busy = busy
        self._reopen = reopen
        self._load = load
        self._save = save
        self._bulletin = bulletin
        self._fault: event.Fault | None = None
        self._since = 0.0
        self._loaded = self._more = False
        self._ill = asyncio.Event()
        self._using = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def well(self) -> bool:
        """False while something is kept in memory alone."""
        return self._fault is None

    async def fallen(self) -> None:
        """Return when the disk is known and told to be ill."""
        await self._ill.wait()

    async def alive(self, answering: Coroutine[Any, Any, None]) -> None:
        """Return when the store has answered, or is known and told not to."""
        answered = asyncio.ensure_future(answering)
        fallen = asyncio.ensure_future(self.fallen())
        try:
            await asyncio.wait({answered, fallen}, return_when=asyncio.FIRST_COMPLETED)
            if answered.done():
                answered.result()
        finally:
            answered.cancel()
            fallen.cancel()

    async def open(self) -> None:
        """Take over what is kept; a disk that cannot be read is told by `heal`."""
        await self._patiently(self._attempt(), OPENING)

    async def save(self) -> None:
        """Write what is owed, unless the disk is known to be ill; waits `PATIENCE` at most."""
        self._more = True
        if self.well:
            await self._patiently(self._attempt(), PATIENCE)

    async def again(self) -> None:
        """Read and write afresh: the file is another than it was."""
        await self._patiently(self._attempt(afresh=True), OPENING)

    async def heal(self) -> None:
        """Try an ill disk again until it is well, until cancelled."""
        if self._fault is not None:
            self._bulletin.publish(self._fault)
        while True:
            await self._ill.wait()
            pause = RETRY_FIRST
            while not self.well:
                await asyncio.sleep(pause)
                pause = min(2 * pause, RETRY_MOST)
                await self._attempt(afresh=True)

    async def close(self) -> None:
        """Write what is owed, a last time."""
        await self._patiently(self._attempt(afresh=not self.well), PATIENCE)

    async def _patiently(self, work: Awaitable[None], seconds: float) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task}, timeout=seconds)
        if not task.done() and not self._busy():
            self._failed(PartError("store", "the disk does not answer", kind="disk_failed"))

    async def _attempt(self, *, afresh: bool = False) -> None:
        async with self._using:
            try:
                if afresh:
                    await self._reopen()
                if afresh or not self._loaded:
                    await self._load()
                    self._loaded = True
                self._more = True
                while self._more:  # what was noted while it was slow is owed too
                    self._more = False
                    await self._save()
            except PartError as error:
                self._failed(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must be tried again
                # Its text could hold what was said.
                reason = f"writing failed: {type(error).__name__}"
                self._failed(PartError("store", reason, kind="disk_failed"))
            else:
                self._over("written to the disk again")

    def _failed(self, error: PartError) -> None:
        kind = error.kind or "disk_failed"
        if self._fault is not None and self._fault.kind == kind:
            return
        self._over("another fault took its place")
        self._since = time.monotonic()
        self._fault = event.Fault(
            part="store",
            fault=str(error).removeprefix("store: "),
            action=_TODO.get(kind, _ELSE),
            kind=kind,
        )
        self._ill.set()
        self._bulletin.publish(self._fault)

    def _over(self, how: str) -> None:
        """The fault that was told is no more, if one was."""
        if self._fault is None:
            return
        lasted = round((time.monotonic() - self._since) * 1000)
        over = msgspec.structs.replace(self._fault, action=how, recovered_ms=lasted)
        self._fault = None
        self._ill.clear()
        self._bulletin.publish(over)
