"""The provider: OpenAI, or any server that speaks its protocol, through OpenAI's own library."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import ssl
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

from roomtone.base.message.cloud import Ask, Line
from roomtone.base.timed import Timed, timed, timed_until
from roomtone.respond import retry
from roomtone.respond.breaker import Breaker
from roomtone.respond.failure import ProviderError
from roomtone.respond.names import Names
from roomtone.respond.reach import Reach

STALL = 2.5
"""Seconds without a word in mid-answer after which it counts as broken off."""

REFUSED = 300.0
"""Seconds for which a provider that refuses the key or the model is not asked with them again."""

GOODBYE = 0.2
"""Seconds in which a whole answer may end its connection properly, so that it can be kept."""

_OPENAI = "api.openai.com"

_NOISY = ("openai", "httpx2", "httpcore2")
"""Libraries whose logs would hold the question."""

if TYPE_CHECKING:
    from roomtone.respond.passage import Permit

Heard = Callable[[str], Awaitable[None]]


class Cloud:
    """Asks one provider with one key. Raises ProviderError for a `base_url` without a host."""

    def __init__(
        self,
        base_url: str,
        key: str,
        names: Names | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        _quiet()
        import httpx2
        from openai import AsyncOpenAI

        from roomtone.respond.passage import Passage

        self._reach = Reach(base_url, names or Names())
        self._passage = Passage(self._reach, tls)
        self._breaker = Breaker()
        self._refused = ""
        self._refused_until = 0.0

        def client(transport: Any) -> Any:
            carried = httpx2.AsyncClient(transport=transport, trust_env=False, timeout=None)
            return AsyncOpenAI(
                api_key=key, base_url=base_url, max_retries=0, timeout=None, http_client=carried
            )

        self._client = client

    async def warm(self) -> None:
        """Go the way of a question up to the network, so that the first one finds all loaded."""
        lines = [Line(role="user", content="")]
        ask = Ask(provider="", model="", messages=lines, max_tokens=1, temperature=0.0,
                  first_s=0.0, whole_s=0.0)  # fmt: skip
        with contextlib.suppress(ProviderError):
            async for _ in self._request(ask, _Wall()):
                pass
        await self._passage.warm()

    def rests_s(self) -> float:
        """Seconds for which nothing is tried, after failures."""
        return self._breaker.rests_s(time.monotonic())

    async def close(self) -> None:
        """Close every connection."""
        await self._passage.close()

    async def answer(self, ask: Ask, permit: Permit, heard: Heard) -> bool:
        """Have `ask` answered: `heard` gets the pieces; True when the greatest length cut it off.

        Before every request `permit` is awaited with its body: a connection stands, and nothing has
        left; what it returns is awaited when all of it has. Cancelling closes the connection.
        Raises ProviderError, and what the two raise.
        """
        if self._refused == ask.model and time.monotonic() < self._refused_until:
            raise ProviderError(
                "refused",
                "the provider refused the key or the model; correct them; tried again in "
                f"{self._refused_until - time.monotonic():.0f} s, or after a restart",
            )
        if not self._breaker.begin(time.monotonic()):
            raise ProviderError("resting", f"tried again in {self.rests_s():.0f} s")
        try:
            cut_off = await _Question(self, ask, permit, heard).answered()
        except ProviderError as failure:
            self._refused = ask.model if failure.kind == "refused" else ""
            self._refused_until = time.monotonic() + REFUSED
            self._breaker.failed(time.monotonic(), reached=failure.kind != "offline")
            raise
        except BaseException:
            self._breaker.gave_up()
            raise
        self._breaker.succeeded()
        return cut_off

    def request(self, ask: Ask, permit: Permit) -> AsyncGenerator[tuple[str, str]]:
        """One request: (words, why it ended or empty), piece by piece. Raises ProviderError."""
        return self._request(ask, self._passage.attempt(permit))

    async def _request(self, ask: Ask, transport: Any) -> AsyncGenerator[tuple[str, str]]:
        try:
            stream = await self._client(transport).chat.completions.create(**self._body(ask))
            async with stream:
                async for chunk in stream:
                    for choice in (chunk.choices or ())[:1]:
                        yield _words(choice), str(choice.finish_reason or "")
        except (ProviderError, OSError):
            raise
        except Exception as problem:  # noqa: BLE001 - whatever an answer makes of the library
            raise _unreadable(problem) from None

    async def forget(self) -> None:
        """Give up connections that were kept."""
        await self._passage.forget()

    def _body(self, ask: Ask) -> dict[str, Any]:
        own = self._reach.host == _OPENAI
        limit = "max_completion_tokens" if own else "max_tokens"
        return {
            "model": ask.model,
            "messages": [{"role": line.role, "content": line.content} for line in ask.messages],
            "stream": True,
            "temperature": ask.temperature,
            limit: ask.max_tokens,
        } | ({"store": False} if own else {})


class _Question:
    """One question within its times, asked again where that may help and nothing was said yet."""

    def __init__(self, cloud: Cloud, ask: Ask, permit: Permit, heard: Heard) -> None:
        self._cloud = cloud
        self._ask = ask
        self._permit = permit
        self._heard = heard
        self._spoken = False
        self._last: ProviderError | None = None
        self._draw = random.Random().random  # noqa: S311 - spreads retries, hides nothing
        loop = asyncio.get_running_loop()
        self._now = loop.time
        self._first_until = loop.time() + min(ask.first_s, ask.whole_s)
        self._until = loop.time() + ask.whole_s

    async def answered(self) -> bool:
        try:
            async with timed_until(self._first_until) as limit:
                return await self._persistently(limit)
        except TimeoutError:
            if self._spoken:
                raise ProviderError("cut", "the answer did not go on") from None
            raise (self._last or ProviderError("slow")) from None

    async def _persistently(self, limit: Timed) -> bool:
        tries = 0
        while True:
            tries += 1
            try:
                return await self._once(limit)
            except ProviderError as failure:
                self._last = failure
                if self._spoken or not failure.again:
                    raise
                left = self._first_until - self._now()
                wait = retry.pause(tries, failure.after, left, self._draw())
                if wait is None:
                    raise
                if failure.stale:
                    await self._cloud.forget()
                else:
                    await asyncio.sleep(wait)

    async def _once(self, limit: Timed) -> bool:
        ended = ""
        pieces = self._cloud.request(self._ask, self._permit)
        async with contextlib.aclosing(pieces):
            async for words, why in pieces:
                if words:
                    self._spoken = True
                    limit.reschedule(self._until)
                    await self._heard(words)
                    limit.reschedule(min(self._until, self._now() + STALL))
                if why:
                    ended = why
                    break
            if ended:
                limit.reschedule(None)
                await _goodbye(pieces)
        if not self._spoken:
            raise ProviderError("garbled", "the answer is empty")
        if not ended:
            raise ProviderError("cut", "the answer ended in the middle")
        return ended == "length"


def _words(choice: Any) -> str:
    """What an answer goes on with. Raises TypeError for what is no text."""
    if not isinstance(choice.delta.content, str | None):
        raise TypeError
    return choice.delta.content or ""


async def _goodbye(pieces: AsyncGenerator[object]) -> None:
    """Read on to the end of the stream, if it is near: then the connection can be kept."""
    with contextlib.suppress(ProviderError, TimeoutError):
        async with timed(GOODBYE):
            async for _ in pieces:
                pass


def _unreadable(problem: Exception) -> ProviderError:
    """An error that the provider tells in its stream, or an answer that is none."""
    from openai import APIConnectionError, APIError

    if isinstance(problem, APIError) and not isinstance(problem, APIConnectionError):
        return ProviderError("failing", "the provider broke off with an error")
    return ProviderError("garbled")


def _quiet() -> None:
    """Have the libraries log nothing and take nothing from the environment."""
    for name in [name for name in os.environ if name.startswith("OPENAI_")]:
        del os.environ[name]
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class _Wall:
    """A transport that carries nothing."""

    async def handle_async_request(self, _request: object) -> object:
        raise ProviderError("locked")
