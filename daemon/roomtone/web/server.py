"""HTTP on the control socket."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator

from aiohttp import web

from roomtone.base.port import Control
from roomtone.web.api import application
from roomtone.web.door import take_down
from roomtone.web.peer import door_of

GRACE = 0.5
"""Seconds that a request may still take when the daemon stops."""

BACKLOG = 32
"""Connections that may wait to be accepted."""


@contextlib.asynccontextmanager
async def serve(control: Control, door: socket.socket) -> AsyncIterator[None]:
    """Answer at `door`, a bound socket of `web.door`, while this lasts.

    Its file goes first at the end: nobody takes a daemon that ends for one that starts.
    """
    runner = web.AppRunner(
        application(control, door_of(door.getsockname())),
        handle_signals=False,
        handler_cancellation=True,
        access_log=None,
        shutdown_timeout=GRACE,
    )
    await runner.setup()
    try:
        await web.SockSite(runner, door, backlog=BACKLOG).start()
        yield
    finally:
        take_down(door)
        await runner.cleanup()
