"""A supervised part: one process, one socket, restarted with backoff when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import msgspec

from roomtone.base import message
from roomtone.base.error import OwnerError, PartError
from roomtone.base.wire import CoreWire

_log = logging.getLogger(__name__)

T = TypeVar("T")

BACKOFF = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds before the next start, by consecutive failures; the last one repeats."""

GRACE = 2.0
"""Seconds a part has to leave after its socket was closed, before it is killed."""


class Child(Generic[T]):
    """Runs `python -m MODULE --wire FD`, sends it `setup`, and hands on what it says.

    `heard` is awaited for every message of the child except `Ready` and `Unable`;
    `changed` is told the fault when the part goes away, and an empty one when it is up.
    """

    def __init__(
        self,
        name: str,
        module: str,
        setup: msgspec.Struct,
        incoming: Any,
        heard: Callable[[T], Awaitable[None]],
        changed: Callable[[str], None] = lambda _fault: None,
    ) -> None:
        self.name = name
        self.detail: dict[str, str | int | float | bool] = {}
        self.restarts = 0
        self._module = module
        self._setup = setup
        self._incoming = incoming
        self._heard = heard
        self._changed = changed
        self._wire: CoreWire[T] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._up = asyncio.Event()
        self._advice = ""

    @property
    def up(self) -> bool:
        """True while the part is loaded and answers."""
        return self._up.is_set() and not self._advice

    @property
    def pid(self) -> int | None:
        """Process number, while one runs."""
        return self._process.pid if self._process else None

    async def ready(self, within: float) -> None:
        """Wait for the part to come up.

        Raises OwnerError with the part's advice when it cannot start, PartError after `within` s.
        """
        try:
            async with asyncio.timeout(within):
                await self._up.wait()
        except TimeoutError:
            raise PartError(self.name, f"did not start within {within:.0f} s") from None
        if self._advice:
            raise OwnerError(self._advice)

    async def send(self, request: msgspec.Struct) -> None:
        """Send a request. Raises PartError when the part is away."""
        if self._wire is None or not self._up.is_set() or self._advice:
            raise PartError(self.name, self._advice or "is not running")
        try:
            await self._wire.send(request)
        except OSError as gone:
            raise PartError(self.name, "went away") from gone

    async def run(self) -> None:
        """Start the part, and start it again whenever it dies, until cancelled."""
        failures = 0
        while True:
            try:
                await self._live()
            finally:
                was_up = self._up.is_set()
                if not self._advice:
                    self._up.clear()
                await self._end()
            if self._advice:
                return
            failures = 0 if was_up else failures + 1
            self.restarts += 1
            self._changed(self._epitaph())
            await asyncio.sleep(BACKOFF[min(failures, len(BACKOFF) - 1)])

    async def _live(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                "--wire",
                str(theirs.fileno()),
                pass_fds=(theirs.fileno(),),
                env=os.environ | {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"},
            )
        self._wire = await CoreWire.over(ours, self._incoming)
        with contextlib.suppress(OSError):
            await self._wire.send(self._setup)
            while (said := await self._wire.receive()) is not None:
                match said:
                    case message.Ready():
                        self.detail = dict(said.detail)
                        self._up.set()
                        self._changed("")
                    case message.Unable():
                        self._advice = said.advice
                        self._up.set()
                        if self.restarts:  # at the first start, `ready` tells it
                            self._changed(said.advice)
                        return
                    case _:
                        await self._heard(said)

    async def _end(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        process = self._process
        if process is None or process.returncode is not None:
            return
        try:
            async with asyncio.timeout(GRACE):
                await process.wait()
        except (TimeoutError, asyncio.CancelledError):
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def _epitaph(self) -> str:
        code = self._process.returncode if self._process else None
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                return f"killed by {signal.Signals(-code).name}"
        return f"ended with status {code}"
