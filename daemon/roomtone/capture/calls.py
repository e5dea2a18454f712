"""Whether PortAudio comes back from what it was called for: it hangs with a frozen sound server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from roomtone.capture.trouble import Troubles

HANG = 1.2
"""Seconds after which a call into PortAudio counts as hung: a new process heals what was open."""

LONG_HANG = 15.0
"""The same in a process that never had a device open: a new one would hang as well."""


class Calls:
    """One call at a time, made by the thread that owns PortAudio, watched by another."""

    def __init__(self, troubles: Troubles, now: Callable[[], float] = time.monotonic) -> None:
        self._troubles = troubles
        self._now = now
        self._since: float | None = None
        self.was_open = False
        """Whether this process ever had a device open."""

    @contextmanager
    def one(self) -> Iterator[None]:
        """Around a call that may hang."""
        self._since = self._now()
        try:
            yield
        finally:
            self._since = None
            self._troubles.over("sound_server_hung")

    @property
    def hopeless(self) -> bool:
        """Whether only a new process helps."""
        return self._lasts() > (HANG if self.was_open else LONG_HANG)

    def tell(self) -> None:
        """Tell of a call that hangs."""
        since = self._since
        if since is not None and self._lasts() > HANG:
            fault = "the sound server does not answer"
            action = "starting the ear again" if self.was_open else "waiting for it"
            self._troubles.begin("sound_server_hung", fault, action, since)

    def _lasts(self) -> float:
        return self._now() - since if (since := self._since) is not None else 0.0
