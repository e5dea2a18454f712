"""A request that leaves the house, in the ledger: before it leaves, and what came of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import msgspec

from roomtone.base.error import PartError
from roomtone.base.message.cloud import GIVEN_UP, CloudOut, Ended, Left, Piece
from roomtone.base.timed import timed
from roomtone.base.wire import CoreWire
from roomtone.turn.ledger import MAY_HAVE_LEFT, NOT_SENT, Entry

NOTING = 1.0
"""Seconds in which the ledger must have a request, or it is not sent."""

FAREWELL = 0.15
"""Seconds in which the part may still say whether a request had left that is given up."""


T = TypeVar("T")


class Recording(Protocol):
    """The ledger, as far as sending needs it."""

    async def note_sent(self, entry: Entry) -> int:
        """Put what is about to leave into the ledger, for good. Raises PartError."""
        ...

    async def settle(self, number: int, outcome: str, milliseconds: int) -> None:
        """Note what came of it."""
        ...


class Receipt:
    """One request at a time, from before it leaves until it is known what came of it.

    `sent` is told the entry of every request that has left, or may have.
    """

    def __init__(self, recording: Recording, sent: Callable[[Entry], None]) -> None:
        self._recording = recording
        self._sent = sent
        self._began = 0.0
        self._entry: Entry | None = None
        self._may_leave = self._has_left = self._has_not = False

    async def note(self, entry: Entry) -> int:
        """Write a request down before it leaves; its number. The one before it came to nothing.

        Raises PartError when it is not written within `NOTING` seconds: then nothing may leave.
        """
        self.settle("tried again")
        self._may_leave = self._has_left = self._has_not = False
        self._began = asyncio.get_running_loop().time()
        noting = _kept(self._recording.note_sent(entry))
        try:
            async with timed(NOTING):
                number = await asyncio.shield(noting)
        except (asyncio.CancelledError, TimeoutError) as given_up:
            _kept(self._strike(noting))  # the row may be written all the same
            if isinstance(given_up, TimeoutError):
                raise PartError("store", "the ledger is not written in time") from None
            raise
        self._entry = msgspec.structs.replace(entry, id=number)
        return number

    @property
    def uncertain(self) -> bool:
        """True while a request may leave, or may have left, and nobody knows."""
        return self._may_leave and not self._has_left and not self._has_not

    def let_go(self) -> None:
        """The part is about to hear that it may be sent."""
        self._may_leave = True

    def heard(self, said: CloudOut) -> None:
        """Take what the part says as a sign of whether the request has left."""
        if isinstance(said, Left | Piece):
            self._left()
        elif isinstance(said, Ended):
            self._has_not = said.failure == GIVEN_UP and not self._has_left

    async def hear_out(self, wire: CoreWire[CloudOut]) -> None:
        """Give up what goes on: hear from the part whether it had left."""
        if not self.uncertain:
            return
        wire.finish()
        with contextlib.suppress(TimeoutError, OSError, msgspec.MsgspecError):
            async with timed(FAREWELL):
                while (said := await wire.receive()) is not None:
                    self.heard(said)

    def settle(self, outcome: str) -> None:
        """Say what came of it, once; written beside what goes on."""
        if self._entry is None:
            return
        if self.uncertain:
            self._left()
            outcome = MAY_HAVE_LEFT if outcome == "given up" else outcome
        number, self._entry = self._entry.id, None
        lasted = asyncio.get_running_loop().time() - self._began
        known = outcome if self._has_left else NOT_SENT
        _kept(self._settle(number, known, round(lasted * 1000)))

    def _left(self) -> None:
        if self._entry is not None and not self._has_left:
            self._has_left = True
            self._sent(self._entry)

    async def _strike(self, noting: asyncio.Future[int]) -> None:
        with contextlib.suppress(PartError, RuntimeError):
            await self._settle(await noting, NOT_SENT, 0)

    async def _settle(self, number: int, outcome: str, milliseconds: int) -> None:
        with contextlib.suppress(RuntimeError):  # the store's thread may have ended by then
            await self._recording.settle(number, outcome, milliseconds)


async def written(within: float) -> None:
    """Return when all that was noted and settled is written; after `within` seconds anyhow."""
    if _BESIDE:
        await asyncio.wait(set(_BESIDE), timeout=within)


_BESIDE: set[asyncio.Future[Any]] = set()
"""What is being written, and must not be collected before."""


def _kept(work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
    task = asyncio.ensure_future(work)
    _BESIDE.add(task)
    task.add_done_callback(_BESIDE.discard)
    return task
