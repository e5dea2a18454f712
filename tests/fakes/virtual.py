"""An event loop whose time is virtual: when nobody has anything to do, it is later."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from typing import Any


class StandstillError(Exception):
    """Nobody will ever do anything again."""


class _Leap(selectors.SelectSelector):
    """Waits for no file: it moves the clock."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise StandstillError
        self.loop.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs everything in one thread, in an order that only the program decides.

    What is handed to an executor runs in this thread too, one piece after another, each when its
    turn has come; `disk` tells how many seconds one takes, or raises what becomes of it.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.disk: Callable[[], float] = lambda: 0.0
        self._free_at = 0.0
        leap = _Leap()
        leap.loop = self
        super().__init__(leap)

    def time(self) -> float:
        return self.now

    def run_in_executor(self, _executor: Any, work: Any, *args: Any) -> Any:
        future = self.create_future()
        begins = max(self.now, self._free_at)
        self._free_at = begins + 1e-4
        self.call_at(begins, self._work, future, work, args)
        return future

    def _work(self, future: asyncio.Future[Any], work: Any, args: tuple[Any, ...]) -> None:
        if future.cancelled():
            return
        try:
            self._free_at = max(self._free_at, self.now + self.disk())
            done = work(*args)
        except Exception as error:  # noqa: BLE001 - as a thread would hand it on
            self.call_at(self._free_at, _unless_done, future, future.set_exception, error)
        else:
            self.call_at(self._free_at, _unless_done, future, future.set_result, done)


def _unless_done(future: asyncio.Future[Any], settle: Callable[[Any], None], outcome: Any) -> None:
    if not future.done():
        settle(outcome)
