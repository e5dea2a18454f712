"""Whether the cloud may be asked at this moment: the owner's yes, and everything that outweighs it.

`Permit` is the only key to `outside.Outside`, and only `Consents.permit` makes one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec

from roomtone.base.clock import Clock
from roomtone.base.error import OwnerError
from roomtone.store.choices import sign
from roomtone.system.settings import CloudSettings
from roomtone.turn.consent import Consent, Terms, covers

DENIED = "cloud-denied"
"""Empty file beside the database: the cloud is denied, whatever the database says."""

SIGNING = 2.0
"""Seconds that a no waits for the disk to take its sign."""

KEPT = "consent"
"""The choice that holds what the owner has agreed to."""


class Choosing(Protocol):
    """What was chosen, as far as consent needs it."""

    @property
    def guest(self) -> bool:
        """True while nothing is kept."""
        ...

    def chosen(self, name: str) -> str:
        """What somebody chose; empty when nobody did."""
        ...

    async def choose(self, name: str, value: str) -> None:
        """Remember a choice."""
        ...

    def recorded(self, name: str) -> bool:
        """Whether the last choice called `name` is on the disk."""
        ...


class Permit(msgspec.Struct, frozen=True, kw_only=True):
    """Leave to ask once, under these terms; it holds while `Consents.holds` says so."""

    terms: Terms
    given: float
    """Unix time of the consent it rests on."""


class Consents:
    """The consent on record. `ended` of `listen` is called whenever it may have ended."""

    def __init__(
        self,
        choosing: Choosing,
        state: Path | None,
        terms: Callable[[], Terms | None],
        clock: Clock,
    ) -> None:
        """`state` is the folder of the database; `terms` are None while the policy is local."""
        self._choosing = choosing
        self._sign = None if state is None else state / DENIED
        self._terms = terms
        self._clock = clock
        self._off = False
        self._recording = asyncio.Lock()
        self._signing = ThreadPoolExecutor(1, thread_name_prefix="consent")
        self.given_up: Callable[[], Awaitable[bool]] = _nothing_goes_on
        """Returns when whatever is denied is over; False when it may not be."""
        self._listeners: list[Callable[[], None]] = []

    @property
    def consent(self) -> Consent | None:
        """What the owner has agreed to; None when they have not, or have taken it back."""
        return None if self._denied() else agreed(self._choosing.chosen(KEPT))

    @property
    def why_not(self) -> str:
        """Why nothing may be sent, in a few words; empty when it may."""
        return objection(self._terms(), self.consent, guest=self._choosing.guest)

    def permit(self) -> Permit | None:
        """Leave to ask the cloud once; None when anything speaks against it."""
        terms, consent = self._terms(), self.consent
        if terms is None or consent is None or self.why_not:
            return None
        return Permit(terms=terms, given=consent.at)

    def holds(self, permit: Permit) -> bool:
        """Whether `permit` would be given again, on the same consent."""
        return self.permit() == permit

    async def allow(self, terms: Terms, by: str) -> Consent:
        """Record a yes to `terms` by the user called `by`.

        Raises OwnerError when these are not the terms in force, or it cannot be recorded.
        """
        in_force = self._terms()
        if in_force is None:
            raise OwnerError(
                '[cloud] policy is "local", so the cloud would never be asked; set another policy, '
                "`roomtone reload`, then allow it"
            )
        if terms != in_force:
            raise OwnerError(
                "the configuration has changed since these terms were shown: `roomtone reload`, "
                "then `roomtone cloud allow` again"
            )
        consent = Consent(
            at=self._clock.now(),
            by=by,
            provider=terms.provider,
            model=terms.model,
            context=terms.context,
        )
        async with self._recording:
            await self._choosing.choose(KEPT, msgspec.json.encode(consent).decode())
            recorded = self._choosing.recorded(KEPT)
            if recorded:
                self._lift()
                self._off = False
        if not recorded:
            with contextlib.suppress(OwnerError):
                await self.deny()
            raise OwnerError(
                "the consent could not be recorded, so it does not count; see `roomtone status`"
            )
        return consent

    async def deny(self) -> None:
        """Take the consent back, for good; what is going on is given up before this returns.

        Raises OwnerError when it holds only while the daemon runs, or a request may still leave.
        """
        self._off = True
        self.changed()
        giving_up = asyncio.ensure_future(self.given_up())  # it looks before they are gone
        async with self._recording:
            self._off = True
            self.changed()
            signed = await self._signed()
            await self._choosing.choose(KEPT, "")
        over = await giving_up
        if not signed and not self._choosing.recorded(KEPT):
            raise OwnerError(
                "denied, but the disk takes no note of it: it holds until the daemon ends; for "
                "good: `sudo systemctl mask --now roomtone-cloud.socket roomtone-cloud.service`"
            )
        if not over:
            raise OwnerError(
                "denied, but the way to the internet does not answer, and one request that it has "
                "may still leave; `sudo systemctl kill -s KILL roomtone-cloud`"
            )

    def listen(self, ended: Callable[[], None]) -> None:
        """Call `ended` whenever leave may have ended; it looks for itself."""
        self._listeners.append(ended)

    def changed(self) -> None:
        """Tell the listeners: consent, guests or the configuration are not what they were."""
        for listener in self._listeners:
            listener()

    async def _signed(self) -> bool:
        """Set the sign, in a thread, for a disk may hang; whether it is there in time."""
        if self._sign is None:
            return True
        loop = asyncio.get_running_loop()
        signing = loop.run_in_executor(self._signing, partial(sign, self._sign, on=True))
        done, _ = await asyncio.wait({signing}, timeout=SIGNING)
        return bool(done) and self._sign.exists()

    def _lift(self) -> None:
        """Remove the sign. Raises OwnerError."""
        if self._sign is None:
            return
        try:
            self._sign.unlink(missing_ok=True)
        except OSError as problem:
            raise OwnerError(
                f"{self._sign} cannot be removed ({problem.strerror}), so the cloud stays "
                "denied; remove it by hand"
            ) from problem

    def _denied(self) -> bool:
        try:
            return self._off or (self._sign is not None and self._sign.exists())
        except OSError:
            return True


def terms_of(settings: CloudSettings) -> Terms | None:
    """What a yes has to cover; None while the policy is local."""
    if settings.policy == "local":
        return None
    return Terms(provider=settings.base_url, model=settings.model, context=settings.context)


def agreed(kept: str) -> Consent | None:
    """The consent that is `kept`; None when nothing is, or it cannot be read."""
    try:
        return msgspec.json.decode(kept, type=Consent) if kept else None
    except msgspec.DecodeError:
        return None


def objection(terms: Terms | None, consent: Consent | None, *, guest: bool) -> str:
    """Why nothing may be sent, in a few words; empty when it may."""
    if terms is None:
        return "the policy is local"
    if consent is None:
        return "nobody has allowed it: `roomtone cloud allow`"
    if not covers(consent, terms):
        return "provider, model or context differ from what was allowed: `roomtone cloud allow`"
    return "guests are here" if guest else ""


async def _nothing_goes_on() -> bool:
    return True
