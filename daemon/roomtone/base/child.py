"""A supervised part: it is started, watched, and started again with backoff when it falls."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import msgspec

from roomtone.base import message
from roomtone.base.error import LostError, OwnerError, PartError
from roomtone.base.falls import Falls, News, Told
from roomtone.base.life import Life, Policy
from roomtone.base.timed import timed

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Child(Generic[T]):
    """Runs `python -m roomtone.app.NAME --wire FD`, sends it `setup`, hands on what it says.

    `setup` may be a function that makes it anew for each start; an OwnerError of it counts as the
    part's own. `heard` is awaited for every message of the child but those about its life. `told`
    hears when the part falls, and why, and when it is up.
    """

    def __init__(
        self,
        name: str,
        setup: msgspec.Struct | Callable[[], msgspec.Struct],
        incoming: Any,
        heard: Callable[[T], Awaitable[None]],
        told: Told = lambda _news: None,
        policy: Policy | None = None,
    ) -> None:
        self.name = name
        self.module = f"roomtone.app.{name}"
        self.detail: dict[str, str | int | float | bool] = {}
        self.restarts = 0
        self._setup = setup
        self._incoming = incoming
        self._heard = heard
        self._told = told
        self._policy = policy or Policy()
        self._falls = Falls(name, self._policy.retry)
        self._life: Life | None = None
        self._up = asyncio.Event()
        self._known = asyncio.Event()
        self._again = asyncio.Event()

    @property
    def up(self) -> bool:
        """True while the part is loaded and answers."""
        return self._up.is_set()

    @property
    def degraded(self) -> bool:
        """True when it fell too often or cannot start; it is tried again from time to time."""
        return self._falls.degraded

    @property
    def advice(self) -> str:
        """What the owner can do about a part that cannot start; empty when it can."""
        return self._falls.advice

    @property
    def pid(self) -> int | None:
        """Process number, while one runs."""
        return self._life.pid if self._life else None

    @property
    def memory(self) -> int:
        """Bytes of its own that it held when it was last weighed; 0 when it has not been."""
        return self._life.memory if self._life else 0

    def beat_age(self) -> float | None:
        """Seconds since its last sign of life; None when it is not running."""
        return time.monotonic() - self._life.said_at if self._life else None

    async def ready(self, within: float) -> None:
        """Wait for the part to come up.

        Raises OwnerError with the part's advice when it cannot start, PartError when it falls again
        and again or is not up after `within` seconds.
        """
        try:
            async with timed(within):
                await self._known.wait()
        except TimeoutError:
            raise PartError(self.name, f"did not start within {within:.0f} s") from None
        if self.advice:
            raise OwnerError(self.advice)
        if self.degraded:
            raise PartError(self.name, "falls whenever it is started")

    async def renew(self, within: float) -> None:
        """Start it afresh now, with its newest setup, and wait for it. Raises as `ready`."""
        self._up.clear()
        self._known.clear()
        self._falls.forgive()
        if self._life is not None:
            self._life.give_up()
        self._again.set()
        await self.ready(within)

    async def back(self, within: float) -> None:
        """Wait up to `within` s for a part that has just fallen; for a degraded one, not at all."""
        if not self.up and not self.degraded:
            with contextlib.suppress(TimeoutError):
                async with timed(within):
                    await self._up.wait()

    async def send(self, request: msgspec.Struct) -> None:
        """Send a request. Raises PartError when the part is away, LostError when it just went."""
        if self._life is None or not self.up:
            raise PartError(self.name, self.advice or "is not running")
        try:
            await self._life.send(request)
        except OSError as gone:
            raise LostError(self.name, "went away") from gone

    async def run(self) -> None:
        """Start the part, and start it again whenever it falls, until cancelled."""
        while True:
            fell = True
            try:
                fell = await self._live()
            except OwnerError as unable:
                self._refused(unable)
            except Exception as error:  # noqa: BLE001 - a part nobody watches is lost for ever
                # A traceback could hold what was said.
                _log.error(
                    "a part was lost", extra={"part": self.name, "error": type(error).__name__}
                )
                self._fell("part_died", f"was lost by {type(error).__name__}", time.monotonic())
            await self._pause(self._falls.pause if fell else 0.0)
            self.restarts += fell

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with timed(seconds):
                await self._again.wait()
        self._again.clear()

    def _first_message(self) -> msgspec.Struct:
        return self._setup() if callable(self._setup) else self._setup

    async def _live(self) -> bool:
        """Have one life of it; False when its end was wanted."""
        self._first_message()  # refuses before a process is started
        life = await Life.begin(self.module, self._incoming, self._policy)
        self._life = life
        watch = asyncio.create_task(life.watch())
        try:
            with contextlib.suppress(OSError):
                await life.send(self._first_message())
            async for said in life.messages():
                match said:
                    case message.Ready():
                        self._rose(said)
                    case message.Unable():
                        raise OwnerError(said.advice)
                    case _:
                        await self._hand(said)
            self._up.clear()
            end = await life.epitaph()
            if end.kind:
                self._fell(end.kind, end.fault, end.since)
            else:
                self._told(News(part=self.name, up=False))
            return bool(end.kind)
        finally:
            self._up.clear()
            watch.cancel()
            await life.end()
            self._life = None

    async def _hand(self, said: T) -> None:
        """Let a message be handled in any way: the next one is read."""
        try:
            await self._heard(said)
        except Exception as error:  # noqa: BLE001 - one bad message must not end the part
            _log.error(
                "a message was lost",
                extra={"part": self.name, "error": type(error).__name__},
            )

    def _rose(self, ready: message.Ready) -> None:
        self.detail = dict(ready.detail)
        news = self._falls.rose(time.monotonic())
        self._up.set()
        self._known.set()
        self._tell([News(part=self.name, up=True), *news])

    def _refused(self, unable: OwnerError) -> None:
        kind = unable.kind or self._policy.unable
        self._tell(self._falls.unable(time.monotonic(), kind, str(unable)))
        self._known.set()

    def _fell(self, kind: str, fault: str, since: float) -> None:
        self._tell(self._falls.fell(time.monotonic(), kind, fault, since))
        if self.degraded:
            self._known.set()

    def _tell(self, news: list[News]) -> None:
        for one in news:
            self._told(one)
