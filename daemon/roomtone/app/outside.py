"""The core's side of the way to the internet: redacted, in the ledger first, given up on a no."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from pathlib import Path

import msgspec

from roomtone.app.consents import Consents, Permit
from roomtone.app.receipt import FAREWELL, Receipt, Recording
from roomtone.base.clock import Clock
from roomtone.base.error import OwnerError, PartError
from roomtone.base.message.cloud import (
    FAILURES,
    Ask,
    CloudOut,
    Ended,
    Left,
    Line,
    Look,
    Noted,
    Piece,
    Sending,
    Standing,
)
from roomtone.base.wire import CoreWire
from roomtone.base.words import Exchanged
from roomtone.respond.redact.veil import Veil
from roomtone.respond.sentence import Splitter
from roomtone.system.settings import CloudSettings
from roomtone.turn.ledger import Entry

WHOLE = 20.0
"""Seconds in which an answer must be over."""

LONGEST = 4_000
"""Characters of one text that may be sent."""

CLAUSE = 3
"""Words from which on a clause says something by itself."""

LOOKING = 1.0
"""Seconds to wait for how things stand."""

BESIDE = (
    " Words such as NAME_1 or PHONE_1 stand for private details; use them as they are. "
    "Answer in plain spoken words, without lists, links or markup."
)
"""Added to the persona: the provider does not know what the placeholders mean."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be asked. Private; it is redacted before it leaves."""

    system: str
    history: list[Exchanged]
    text: str
    max_tokens: int
    temperature: float
    reason: str
    """Why the cloud is asked, for the ledger."""
    turn: int = 0
    """Number of the turn of the conversation; 0 when it was asked in writing."""


class CloudError(PartError):
    """The cloud gave no answer, or not all of it; `kind` is a word of `FAILURES`, or denied."""

    def __init__(self, failure: str) -> None:
        super().__init__("cloud", FAILURES.get(failure, "the owner has denied it"), kind=failure)


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
        self.prepare: Callable[[], Awaitable[None]] = _nothing
        """Awaited before the socket is used: without a service manager the part is started here."""
        self._socket = socket
        self._consents = consents
        self._recording = recording
        self._settings = settings
        self._clock = clock
        self._going: dict[CoreWire[CloudOut], Permit] = {}
        consents.listen(self._give_up_what_is_denied)

    async def sentences(
        self, permit: Permit, question: Question, entries: list[int]
    ) -> AsyncGenerator[str]:
        """The answer, sentence by sentence, with the private details back in their places.

        `entries` takes the numbers in the ledger. Raises CloudError; what was complete came before,
        of a sentence that broke off its whole clauses, unless the owner has said no.
        """
        veil, splitter = Veil(self._settings().names), Splitter()
        ask = self._ask(permit, question, veil)
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
        for sentence in splitter.flush():
            yield veil.reveal(sentence)

    async def look(self) -> Standing | None:
        """How the way to the internet stands; None when it may not be asked, or is not there."""
        if self._consents.permit() is None:
            return None
        with contextlib.suppress(OSError, TimeoutError, PartError):
            async with asyncio.timeout(LOOKING), self._connected() as wire:
                await wire.send(Look())
                if isinstance(said := await wire.receive(), Standing):
                    return said
        return None

    def _ask(self, permit: Permit, question: Question, veil: Veil) -> Ask:
        """Only what the terms allow, and nothing that the veil can find."""
        history = question.history[-permit.terms.context :] if permit.terms.context else []
        lines = [Line(role="system", content=veil.hide(question.system) + BESIDE)]
        for turn in history:
            lines.append(Line(role="user", content=veil.hide(turn.user[:LONGEST])))
            lines.append(Line(role="assistant", content=veil.hide(turn.assistant[:LONGEST])))
        lines.append(Line(role="user", content=veil.hide(question.text[:LONGEST])))
        return Ask(
            provider=permit.terms.provider,
            model=permit.terms.model,
            messages=lines,
            max_tokens=question.max_tokens,
            temperature=question.temperature,
            first_s=self._settings().patience,
            whole_s=WHOLE,
        )

    async def _talk(
        self, permit: Permit, ask: Ask, question: Question, entries: list[int]
    ) -> AsyncGenerator[str]:
        """Pieces of the answer. Every request is in the ledger before it may be sent."""
        outcome, asked = "given up", Receipt(self._recording)
        try:
            async with self._held(permit) as wire, asked.seen_off(wire):
                await wire.send(ask)
                async for said in self._said(wire, permit, ask):
                    match said:
                        case Sending():
                            entries.append(await asked.note(self._entry(said, question.reason)))
                            self._insist(permit)
                            asked.let_go()
                            await wire.send(Noted())
                        case Left():
                            self.sent(asked.left(), question.turn)
                        case Piece():
                            yield said.text
                        case Ended():
                            _complain(said.failure)
                            outcome = "answered"
                            return
        except CloudError as error:
            outcome = error.kind
            raise
        except OSError:
            outcome = "locked"
            raise CloudError("locked") from None
        finally:
            await asyncio.shield(asyncio.ensure_future(asked.settle(outcome)))

    async def _said(
        self, wire: CoreWire[CloudOut], permit: Permit, ask: Ask
    ) -> AsyncIterator[CloudOut]:
        """What the part says, while the permit holds and it keeps its times. Raises CloudError."""
        loop = asyncio.get_running_loop()
        began, first = loop.time(), True
        while True:
            limit = began + 1.0 + (ask.first_s if first else ask.whole_s)
            try:
                async with asyncio.timeout_at(limit):
                    said = await wire.receive()
            except TimeoutError:
                raise CloudError("slow" if first else "cut") from None
            self._insist(permit)
            if said is None:
                raise CloudError("failing" if first else "cut")
            first = first and not isinstance(said, Piece)
            yield said

    def _insist(self, permit: Permit) -> None:
        if not self._consents.holds(permit):
            raise CloudError("denied")

    def _entry(self, sending: Sending, reason: str) -> Entry:
        return Entry(
            at=self._clock.now(),
            by="cloud",
            provider=sending.provider,
            model=sending.model,
            reason=reason,
            bytes=len(sending.body),
            text=sending.body.decode("utf-8", "replace"),
        )

    @contextlib.asynccontextmanager
    async def _held(self, permit: Permit) -> AsyncIterator[CoreWire[CloudOut]]:
        """A connection that is closed the moment the permit ends. Raises CloudError, OSError."""
        self._insist(permit)
        async with self._connected() as wire:
            self._going[wire] = permit
            try:
                self._insist(permit)
                yield wire
            finally:
                del self._going[wire]

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[CoreWire[CloudOut]]:
        try:
            await self.prepare()
        except OwnerError:
            raise CloudError("locked") from None
        reader, writer = await asyncio.open_unix_connection(str(self._socket))
        wire: CoreWire[CloudOut] = CoreWire(reader, writer, CloudOut)
        try:
            yield wire
        finally:
            wire.close()

    def _give_up_what_is_denied(self) -> None:
        for wire, permit in self._going.items():
            if not self._consents.holds(permit):
                wire.finish()
                asyncio.get_running_loop().call_later(FAREWELL, wire.close)


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
