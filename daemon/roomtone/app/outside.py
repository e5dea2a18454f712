"""The core's side of the way to the internet: redacted, in the ledger first, given up on a no."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from pathlib import Path

import msgspec

from roomtone.app.consents import Consents, Permit
from roomtone.app.inquiry import CloudError, Question, made, noted
from roomtone.app.receipt import FAREWELL, Receipt, Recording
from roomtone.base.clock import Clock
from roomtone.base.error import OwnerError, PartError
from roomtone.base.message.cloud import (
    Ask,
    CloudOut,
    Ended,
    Look,
    Noted,
    Piece,
    Sending,
    Standing,
)
from roomtone.base.timed import timed, timed_until
from roomtone.base.wire import CoreWire
from roomtone.respond.cut import is_cut
from roomtone.respond.redact.veil import Veil
from roomtone.respond.sentence import Splitter
from roomtone.system.settings import CloudSettings
from roomtone.turn.ledger import Entry

CONNECTING = 1.0
"""Seconds to reach the part, which a service manager or the core itself may have to start."""

ENDING = 1.0
"""Seconds in which whatever is denied has to be over."""

CLAUSE = 3
"""Words from which on a clause says something by itself."""

LOOKING = 1.0
"""Seconds to wait for how things stand."""


class Outside:
    """Asks through the socket of the cloud's part."""

    def __init__(
        self,
        socket: Path,
        consents: Consents,
        recording: Recording,
        settings: Callable[[], CloudSettings],
        clock: Clock,
    ) -> None:
        self.sent: Callable[[Entry, int], None] = lambda _entry, _turn: None
        """Called with every entry of the ledger, and the turn, before its body leaves."""
        self.came_of: Callable[[str], None] = lambda _outcome: None
        """Called with the outcome of every question: answered, given up, or why it failed."""
        self.prepare: Callable[[], Awaitable[None]] = _nothing
        """Awaited before the socket is used: without a service manager the part is started here."""
        self._socket = socket
        self._consents = consents
        self._recording = recording
        self._settings = settings
        self._clock = clock
        self._going: dict[CoreWire[CloudOut], _Going] = {}
        consents.listen(self._give_up_what_is_denied)
        consents.given_up = self.given_up

    async def sentences(
        self, permit: Permit, question: Question, entries: list[int]
    ) -> AsyncGenerator[str]:
        """The answer, sentence by sentence, with the private details back in their places.

        `entries` takes the numbers in the ledger. Raises CloudError; what was complete came before,
        of a sentence that broke off its whole clauses, unless the owner has said no.
        """
        veil, splitter = Veil(self._settings().names), Splitter()
        ask = made(permit, question, veil, self._settings().patience)
        pieces = self._talk(permit, ask, question, entries)
        async with contextlib.aclosing(pieces):
            try:
                async for piece in pieces:
                    for sentence in splitter.feed(piece):
                        yield veil.reveal(sentence)
            except CloudError as error:
                if error.kind != "denied" and (rest := _whole_clauses(splitter.flush())):
                    yield veil.reveal(rest)
                raise
        for rest in splitter.flush():
            if whole := _whole_clauses([rest]) if is_cut(rest) else rest:
                yield veil.reveal(whole)

    async def look(self) -> Standing | None:
        """How the way to the internet stands; None when it may not be asked, or is not there."""
        if self._consents.permit() is None:
            return None
        with contextlib.suppress(OSError, TimeoutError, PartError):
            async with timed(LOOKING), self._connected() as wire:
                await wire.send(Look())
                if isinstance(said := await wire.receive(), Standing):
                    return said
        return None

    async def _talk(
        self, permit: Permit, ask: Ask, question: Question, entries: list[int]
    ) -> AsyncGenerator[str]:
        """Pieces of the answer. Every request is in the ledger before it may be sent."""
        outcome = "given up"
        receipt = Receipt(self._recording, lambda entry: self.sent(entry, question.turn))
        try:
            async with self._held(permit, receipt) as wire:
                await wire.send(ask)
                async for said in self._said(wire, permit, ask):
                    receipt.heard(said)
                    self._insist(permit, question)
                    match said:
                        case Sending():
                            entries.append(
                                await receipt.note(noted(self._clock, ask, said, question))
                            )
                            self._insist(permit, question)
                            receipt.let_go()
                            await wire.send(Noted())
                        case Piece():
                            outcome = "answered"  # whoever has heard enough may leave
                            yield said.text
                        case Ended():
                            _complain(said.failure)
                            outcome = "answered"
                            return
        except CloudError as error:
            outcome = error.kind
            raise
        except asyncio.CancelledError:
            outcome = "given up"
            raise
        except OSError:
            outcome = "locked"
            raise CloudError("locked") from None
        except (msgspec.MsgspecError, ValueError):
            outcome = "garbled"
            raise CloudError("garbled") from None
        finally:
            receipt.settle(outcome)
            self.came_of(outcome)

    async def _said(
        self, wire: CoreWire[CloudOut], permit: Permit, ask: Ask
    ) -> AsyncIterator[CloudOut]:
        """What the part says, while it keeps its times. Raises CloudError."""
        loop = asyncio.get_running_loop()
        began, first = loop.time(), True
        while True:
            limit = began + 1.0 + (ask.first_s if first else ask.whole_s)
            try:
                async with timed_until(limit):
                    said = await wire.receive()
            except TimeoutError:
                raise CloudError("slow" if first else "cut") from None
            if said is None and not self._consents.holds(permit):
                raise CloudError("denied")
            if said is None:
                raise CloudError("failing" if first else "cut")
            first = first and not isinstance(said, Piece)
            yield said

    def _insist(self, permit: Permit, question: Question) -> None:
        if not self._consents.holds(permit) or not question.current():
            raise CloudError("denied")

    @contextlib.asynccontextmanager
    async def _held(self, permit: Permit, receipt: Receipt) -> AsyncIterator[CoreWire[CloudOut]]:
        """A connection that is given up the moment the permit ends. Raises CloudError, OSError."""
        async with self._connected() as wire:
            over = self._going[wire] = _Going(permit, receipt)
            try:
                yield wire
            finally:
                try:
                    await asyncio.shield(asyncio.ensure_future(receipt.hear_out(wire)))
                finally:
                    del self._going[wire]
                    over.sure = not receipt.uncertain
                    over.ended.set()

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[CoreWire[CloudOut]]:
        try:
            async with timed(CONNECTING):
                await self.prepare()
                reader, writer = await asyncio.open_unix_connection(str(self._socket))
        except (OwnerError, TimeoutError):
            raise CloudError("locked") from None
        wire: CoreWire[CloudOut] = CoreWire(reader, writer, CloudOut)
        try:
            yield wire
        finally:
            wire.close()

    async def given_up(self) -> bool:
        """Return when no request that is denied can leave any more; False when one still may."""
        doubtful = [
            one
            for one in self._going.values()
            if one.receipt.uncertain and not self._consents.holds(one.permit)
        ]
        with contextlib.suppress(TimeoutError):
            async with timed(ENDING):
                for one in doubtful:
                    await one.ended.wait()
        return all(one.sure for one in doubtful)

    def _give_up_what_is_denied(self) -> None:
        for wire, going in self._going.items():
            if not self._consents.holds(going.permit):
                wire.finish()
                asyncio.get_running_loop().call_later(FAREWELL, wire.close)


class _Going:
    """A question that is being asked, and when it is over."""

    def __init__(self, permit: Permit, receipt: Receipt) -> None:
        self.permit = permit
        self.receipt = receipt
        self.sure = False
        """True once it is over and known what came of it."""
        self.ended = asyncio.Event()


def _complain(failure: str) -> None:
    if failure:
        raise CloudError(failure)


def _whole_clauses(rest: list[str]) -> str:
    """What is complete of a sentence that broke off; empty when nothing is."""
    broken = rest[0] if rest else ""
    clause = broken[: max(broken.rfind(mark) for mark in ",;:")] if broken else ""
    return f"{clause}." if len(clause.split()) >= CLAUSE else ""


async def _nothing() -> None:
    pass
