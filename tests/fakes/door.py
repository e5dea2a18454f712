"""A control behind a socket of its own, as the daemon opens one."""

from __future__ import annotations

import asyncio
import contextlib
import threading

from roomtone.web.door import claim
from roomtone.web.server import serve


@contextlib.asynccontextmanager
async def served(control, path):
    """Answer at `path` while this lasts."""
    with claim(path) as door:
        async with serve(control, door):
            yield


@contextlib.contextmanager
def beside(control, path):
    """The same, in a thread of its own, for what blocks."""
    ready, over = threading.Event(), threading.Event()

    async def live():
        async with served(control, path):
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    try:
        assert ready.wait(10)
        yield
    finally:
        over.set()
        thread.join(10)
