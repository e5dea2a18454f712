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

_LOCAL = '[cloud] policy is "local"'

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
        self._last = Ended()

    async def answer(self, ask: Ask, wire: CoreWire[CloudIn], noted: asyncio.Event) -> None:
        """Answer one question down the wire."""
        began = time.monotonic()
        leaving = False

        async def left() -> None:
            await wire.send(Left())

        async def permit(body: bytes) -> Told:
            nonlocal leaving
            leaving = False
            noted.clear()
            await wire.send(Sending(provider=ask.provider, model=ask.model, body=body))
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
            self._last = Ended(cut_off=cut_off)
        except ProviderError as problem:
            self._last = _told(problem)
        except asyncio.CancelledError:
            if not leaving:
                await wire.send(Ended(failure=GIVEN_UP))
            raise
        ended = self._last
        outcome = ended.failure or "answered"
        lasted = round((time.monotonic() - began) * 1000)
        _log.info("a question to the provider is over", extra={"outcome": outcome, "ms": lasted})
        await wire.send(ended)

    def standing(self) -> Standing:
        """How things stand, without asking anybody."""
        last = self._last
        try:
            self._key(self._read_again())
            has_key = True
        except ProviderError as problem:
            has_key, last = False, _told(problem)
        if self._settings.policy == "local":
            last = Ended(failure="locked", detail=_LOCAL)
        return Standing(
            provider=self._settings.base_url,
            has_key=has_key,
            rests_s=self._cloud.rests_s() if self._cloud else 0.0,
            last_failure=last.failure,
            detail=last.detail,
        )

    async def prepare(self) -> None:
        """Load what the first question needs, if there may be one."""
        try:
            if self._settings.policy != "local":
                await (await self._of(self._settings)).warm()
        except ProviderError as failure:
            _log.warning("nothing can be asked", extra={"outcome": failure.kind})

    async def close(self) -> None:
        """Close every connection to the provider."""
        if self._cloud is not None:
            await self._cloud.close()

    async def _found(self, ask: Ask) -> Cloud:
        """Whom to ask: `ask.provider` and nobody else. Raises ProviderError."""
        settings = self._read_again()
        if objection := _objection(ask, settings):
            raise ProviderError("locked", objection)
        return await self._of(settings)

    def _read_again(self) -> CloudSettings:
        try:
            self._settings = self._again().cloud if self._again else self._settings
        except OwnerError:
            raise ProviderError("locked", "the configuration has a mistake") from None
        return self._settings

    def _key(self, settings: CloudSettings) -> str:
        local = Reach(settings.base_url, self._names).local
        return cloud_key.find(settings.key_file, self._env, local=local)

    async def _of(self, settings: CloudSettings) -> Cloud:
        """The provider of these settings; who was asked before them is asked no more."""
        wanted = (settings.base_url, self._key(settings))
        if self._cloud is None or self._for != wanted:
            before, cloud = self._cloud, Cloud(*wanted, self._names)
            self._cloud, self._for = cloud, wanted
            if before is not None:
                await before.close()
            return cloud
        return self._cloud


def _objection(ask: Ask, settings: CloudSettings) -> str:
    if settings.policy == "local":
        return _LOCAL
    if ask.provider != settings.base_url:
        return "the core asks for another provider than [cloud] base_url; restart this part"
    return ""


def _told(failure: ProviderError) -> Ended:
    """What came of it, without the error: its traceback holds the question."""
    return Ended(failure=failure.kind, detail=str(failure))


def _bounded(ask: Ask) -> Ask:
    return msgspec.structs.replace(ask, whole_s=min(ask.whole_s, LONGEST_ANSWER_S))
