"""The TCP connection to the provider: to an address that was checked, or soon to none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore2

from roomtone.base.timed import timed
from roomtone.respond.failure import ProviderError
from roomtone.respond.reach import Reach

KNOCK = 0.25
"""Seconds for name and connection together; after that there is no way to the internet.

With the rest of the work it is noticed within 0.3 s.
"""

STAGGER = 0.08
"""Seconds between two addresses that are tried at once."""

Stream = httpcore2.AsyncNetworkStream


class Road(httpcore2.AsyncNetworkBackend):
    """Connects to the very addresses that were checked; encryption asks for the name's papers."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._backend = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - the library's signature
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """Connect to the first address that answers. Raises ProviderError."""
        if host != self._reach.host:
            raise ProviderError("untrusted", "another host than the provider's was asked for")

        async def connect(address: str) -> Stream:
            return await self._backend.connect_tcp(address, port, socket_options=socket_options)

        try:
            async with timed(KNOCK):
                return await _first(await self._reach.addresses(), connect)
        except (httpcore2.ConnectError, TimeoutError):
            self._reach.forget()
            raise ProviderError("offline") from None

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def _first(addresses: list[str], connect: Callable[[str], Awaitable[Stream]]) -> Stream:
    """The first connection that stands; the others are given up. Raises ConnectError."""
    waiting, won = list(addresses), list[Stream]()
    running: set[asyncio.Future[Stream]] = set()
    try:
        while not won and (waiting or running):
            if waiting:
                running.add(asyncio.ensure_future(connect(waiting.pop(0))))
            done, running = await asyncio.wait(
                running,
                timeout=STAGGER if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            won += [task.result() for task in done if task.exception() is None]
    finally:
        for task in running:
            task.cancel()
        for stream in won[1:]:
            await stream.aclose()
    if not won:
        raise httpcore2.ConnectError
    return won[0]
