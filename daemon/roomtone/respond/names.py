"""Looks up names in a worker, so that a name server that is silent holds nobody up."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable

from roomtone.respond.failure import ProviderError

FRESH = 60.0
"""Seconds for which an answer is good. It may come too late for who asked; the next one has it."""

MOST_WORKERS = 4
"""Lookups under way, of different names."""

Look = Callable[[str], list[str]]
"""Name -> its addresses, the best first. Raises OSError."""


def look_up(host: str) -> list[str]:
    """Ask the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Names:
    """One lookup of a name at a time, shared by all who wait for it."""

    def __init__(self, look: Look = look_up) -> None:
        self._look = look
        self._known: dict[str, tuple[float, list[str]]] = {}
        self._running: dict[str, asyncio.Future[list[str] | OSError]] = {}

    async def addresses(self, host: str) -> list[str]:
        """The addresses of a name. Raises ProviderError when it has none or nobody can be asked.

        Who has no time left stops waiting; the lookup goes on.
        """
        at, found = self._known.get(host, (0.0, []))
        if found and time.monotonic() - at < FRESH:
            return found
        answer = await asyncio.shield(self._running.get(host) or self._begin(host))
        if isinstance(answer, OSError) or not answer:
            raise ProviderError("offline", "the provider's name cannot be looked up")
        return answer

    def forget(self) -> None:
        """Look names up anew: what was found leads nowhere."""
        self._known.clear()

    def _begin(self, host: str) -> asyncio.Future[list[str] | OSError]:
        if len(self._running) >= MOST_WORKERS:
            raise ProviderError("offline", "the name server does not answer")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[str] | OSError] = loop.create_future()
        self._running[host] = future

        def done(answer: list[str] | OSError) -> None:
            del self._running[host]
            if not isinstance(answer, OSError):
                self._known[host] = (time.monotonic(), answer)
            future.set_result(answer)

        def work() -> None:
            answer: list[str] | OSError
            try:
                answer = self._look(host)
            except UnicodeError:
                answer = OSError("no name")
            except OSError as problem:
                answer = problem
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(done, answer)

        threading.Thread(target=work, name="names", daemon=True).start()
        return future
