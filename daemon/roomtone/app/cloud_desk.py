"""What may be asked of whom, and with which key; looked at anew for every question."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import msgspec

from roomtone.app.config import Config
from roomtone.base.error import OwnerError
from roomtone.base.message.cloud import (
    GIVEN_UP,
    Ask,
    CloudIn,
    Ended,
    Left,
    Piece,
    Sending,
    Standing,
)
from roomtone.base.wire import CoreWire
from roomtone.respond import cloud_key
from roomtone.respond.cloud import Cloud
from roomtone.respond.failure import ProviderError
from roomtone.respond.names import Names
from roomtone.respond.passage import Told
from roomtone.respond.reach import Reach
from roomtone.system.settings import CloudSettings

LONGEST_ANSWER_S = 120.0
"""Seconds that a question may last, whatever it says itself."""

SECOND_THOUGHTS = 4
"""Turns of the event loop in which a no that came with the permission is read."""

_log = logging.getLogger(__name__)


class Desk:
    """What may be asked, of whom, with which key: looked at anew for every question."""

    def __init__(
        self,
        settings: CloudSettings,
        env: dict[str, str],
        again: Callable[[], Config] | None = None,
    ) -> None:
        self._settings = settings
        self._env = env
        self._again = again
        self._names = Names()
        self._cloud: Cloud | None = None
        self._for = ("", "")
        self._last: ProviderError | None = None

    async def answer(self, ask: Ask, wire: CoreWire[CloudIn], noted: asyncio.Event) -> None:
        """Answer one question down the wire."""
        began = time.monotonic()
        failure, cut_off, leaving = None, False, False

        async def left() -> None:
            await wire.send(Left())

        async def permit(body: bytes) -> Told:
            nonlocal leaving
            leaving = False
            noted.clear()
            sending = Sending(provider=self._settings.base_url, model=ask.model, body=body)
            await wire.send(sending)
            await noted.wait()
            for _ in range(SECOND_THOUGHTS):
                await asyncio.sleep(0)
            if wire.ended:
                raise asyncio.CancelledError
            leaving = True
            return left

        async def heard(words: str) -> None:
            await wire.send(Piece(text=words))

        try:
            cut_off = await (await self._found(ask)).answer(_bounded(ask), permit, heard)
        except ProviderError as problem:
            failure = problem
        except asyncio.CancelledError:
            if not leaving:
                await wire.send(Ended(failure=GIVEN_UP))
            raise
        self._last = failure
        outcome = failure.kind if failure else "answered"
        lasted = round((time.monotonic() - began) * 1000)
        _log.info("a question to the provider is over", extra={"outcome": outcome, "ms": lasted})
        detail = str(failure) if failure else ""
        kind = failure.kind if failure else ""
        await wire.send(Ended(failure=kind, cut_off=cut_off, detail=detail))

    def standing(self) -> Standing:
        """How things stand, without asking anybody."""
        failure = self._last
        try:
            self._read_again()
            self._key()
            has_key = True
        except ProviderError as problem:
            has_key, failure = False, problem
        if self._settings.policy == "local":
            failure = ProviderError("locked", '[cloud] policy is "local"')
        return Standing(
            provider=self._settings.base_url,
            has_key=has_key,
            rests_s=self._cloud.rests_s() if self._cloud else 0.0,
            last_failure=failure.kind if failure else "",
            detail=str(failure) if failure else "",
        )

    async def prepare(self) -> None:
        """Load what the first question needs, if there may be one."""
        try:
            if self._settings.policy != "local":
                await (await self._of(self._key())).warm()
        except ProviderError as failure:
            _log.warning("nothing can be asked", extra={"outcome": failure.kind})

    async def close(self) -> None:
        """Close every connection to the provider."""
        if self._cloud is not None:
            await self._cloud.close()

    async def _found(self, ask: Ask) -> Cloud:
        """Whom to ask. Raises ProviderError."""
        self._read_again()
        if objection := self._objection(ask):
            raise ProviderError("locked", objection)
        return await self._of(self._key())

    def _objection(self, ask: Ask) -> str:
        if self._settings.policy == "local":
            return '[cloud] policy is "local"'
        if ask.provider != self._settings.base_url:
            return "the core asks for another provider than [cloud] base_url; restart this part"
        return ""

    def _read_again(self) -> None:
        try:
            self._settings = self._again().cloud if self._again else self._settings
        except OwnerError as problem:
            raise ProviderError("locked", "the configuration has a mistake") from problem

    def _key(self) -> str:
        local = Reach(self._settings.base_url, self._names).local
        return cloud_key.find(self._settings.key_file, self._env, local=local)

    async def _of(self, key: str) -> Cloud:
        wanted = (self._settings.base_url, key)
        if self._cloud is None or self._for != wanted:
            await self.close()
            self._cloud, self._for = Cloud(*wanted, self._names), wanted
        return self._cloud


def _bounded(ask: Ask) -> Ask:
    return msgspec.structs.replace(ask, whole_s=min(ask.whole_s, LONGEST_ANSWER_S))
