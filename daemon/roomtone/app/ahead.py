"""A stream that is read before anybody asks for it, as far as that is worth while."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Reads `source` until `enough` of what is there; the rest once somebody takes it.

    It belongs to whoever made it, who may give it up, until it is taken. Needs a running loop.
    """

    def __init__(self, source: AsyncIterator[T], enough: Callable[[Sequence[T]], bool]) -> None:
        self.ready: list[T] = []
        """What is there already."""
        self._since: float | None = None
        self._source = source
        self._enough = enough
        self._taken = asyncio.Event()
        self._grew = asyncio.Event()
        self._stands = asyncio.Event()
        self._error: Exception | None = None
        self._over = False
        self._reading = asyncio.create_task(self._read())

    @property
    def failed(self) -> bool:
        """True when the source failed or was given up."""
        return self._error is not None or self._reading.cancelled()

    @property
    def age(self) -> float:
        """Seconds since the first of it was there; 0 before."""
        return 0.0 if self._since is None else _now() - self._since

    async def read(self) -> AsyncGenerator[T]:
        """All of it, from the beginning, as it comes; never more than is read ahead, until taken.

        Raises what the source raises.
        """
        at = 0
        while True:
            while at < len(self.ready):
                at += 1
                yield self.ready[at - 1]
            if self._over:
                if self._error is not None:
                    raise self._error
                return
            self._grew.clear()
            await self._grew.wait()

    async def stands(self) -> None:
        """Wait until all is there that is read ahead."""
        await self._stands.wait()

    async def take(self) -> AsyncGenerator[T]:
        """All of it, for whom it was meant: leaving early gives the source up."""
        self._taken.set()
        try:
            async for item in self.read():
                yield item
        finally:
            self._reading.cancel()

    def give_up(self) -> None:
        """Read no more, unless somebody has taken it."""
        if not self._taken.is_set():
            self._reading.cancel()

    async def _read(self) -> None:
        try:
            async with contextlib.aclosing(self._source):  # type: ignore[type-var]
                async for item in self._source:
                    self.ready.append(item)
                    self._since = self._since or _now()
                    self._grew.set()
                    if self._enough(self.ready):
                        self._stands.set()
                        await self._taken.wait()
        except Exception as error:  # noqa: BLE001 - raised again for whoever takes it
            self._error = error
        finally:
            self._over = True
            self._grew.set()
            self._stands.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
