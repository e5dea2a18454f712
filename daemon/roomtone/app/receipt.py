"""A request that leaves the house, in the ledger: before it leaves, and what came of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from roomtone.base.error import PartError
from roomtone.base.message.cloud import CloudOut, Left
from roomtone.base.wire import CoreWire
from roomtone.turn.ledger import NOT_SENT, Entry

FAREWELL = 0.15
"""Seconds in which the part may still say whether a request had left that is given up."""


class Recording(Protocol):
    """The ledger, as far as sending needs it."""

    async def note_sent(self, entry: Entry) -> int:
        """Put what is about to leave into the ledger, for good. Raises PartError."""
        ...

    async def settle(self, number: int, outcome: str, milliseconds: int) -> None:
        """Note what came of it."""
        ...


class Receipt:
    """One request at a time, from before it leaves until it is known what came of it."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._began = 0.0
        self._entry: Entry | None = None
        self._may_leave = False
        self._has_left = False

    async def note(self, entry: Entry) -> int:
        """Write a request down before it leaves; the one before it came to nothing."""
        await self.settle("tried again")
        self._may_leave = self._has_left = False
        self._began = asyncio.get_running_loop().time()
        noting = asyncio.ensure_future(self._recording.note_sent(entry))
        try:
            number = await asyncio.shield(noting)
        except asyncio.CancelledError:  # the row is written all the same, and has to be settled
            with contextlib.suppress(PartError):
                self._entry = msgspec.structs.replace(entry, id=await noting)
            raise
        self._entry = msgspec.structs.replace(entry, id=number)
        return number

    def let_go(self) -> None:
        """The part is about to hear that it may be sent."""
        self._may_leave = True

    def left(self) -> Entry:
        """It has left; the entry. Raises ValueError when none was noted that could have."""
        if self._entry is None:
            raise ValueError("nothing was noted that could have left")
        self._has_left = True
        return self._entry

    @contextlib.asynccontextmanager
    async def seen_off(self, wire: CoreWire[CloudOut]) -> AsyncIterator[None]:
        """However it ends, hear whether the last request had left before the connection closes."""
        try:
            yield
        finally:
            if self._may_leave and not self._has_left:
                await asyncio.shield(asyncio.ensure_future(self._hear_out(wire)))

    async def _hear_out(self, wire: CoreWire[CloudOut]) -> None:
        wire.finish()
        with contextlib.suppress(TimeoutError, OSError, msgspec.MsgspecError):
            async with asyncio.timeout(FAREWELL):
                while (said := await wire.receive()) is not None:
                    self._has_left = self._has_left or isinstance(said, Left)

    async def settle(self, outcome: str) -> None:
        """Say what came of it, once."""
        if self._entry is None:
            return
        number, self._entry = self._entry.id, None
        lasted = asyncio.get_running_loop().time() - self._began
        known = outcome if self._has_left else NOT_SENT
        await self._recording.settle(number, known, round(lasted * 1000))
