"""A control behind a socket of its own, as the daemon opens one."""

from __future__ import annotations

import contextlib

from roomtone.web.door import claim
from roomtone.web.server import serve


@contextlib.asynccontextmanager
async def served(control, path):
    """Answer at `path` while this lasts."""
    with claim(path) as door:
        async with serve(control, door):
            yield
