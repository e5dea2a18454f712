"""The page for this machine's browser: how Roomtone stands, and nothing of what was said."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from roomtone.base.error import OwnerError
from roomtone.web.gate import guard

FRESH = 0.5
"""Seconds for which one answer of the core serves every reader."""

SHOWN = frozenset(
    {
        "faults",
        "health",
        "models",
        "muted",
        "starter_models",
        "state",
        "uptime_s",
        "version",
        "walls",
    }
)
"""What of the core's status is for the page."""

STATIC = Path(__file__).parent / "static"

Ask = Callable[[], dict[str, Any]]
"""Reads the core's status, blocking; raises OwnerError when it does not answer."""


def page(ask: Ask) -> web.Application:
    """The routes: `/` is the page, `/status` is its JSON."""
    app = web.Application(middlewares=[guard], client_max_size=1024)
    core = _Core(ask)

    async def status(_request: web.Request) -> web.StreamResponse:
        try:
            data, code = await core.status(), 200
        except OwnerError as problem:
            data, code = {"state": "not running", "error": str(problem)}, 503
        return web.Response(
            body=msgspec.json.encode(data), status=code, content_type="application/json"
        )

    app.router.add_get("/status", status)
    for path, name in (("/", "page.html"), ("/page.css", "page.css"), ("/page.js", "page.js")):
        app.router.add_get(path, _file(name))
    return app


class _Core:
    """Asks once for all who read at the same time."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._lock = asyncio.Lock()
        self._known: dict[str, Any] = {}
        self._at = float("-inf")

    async def status(self) -> dict[str, Any]:
        async with self._lock:
            if time.monotonic() - self._at >= FRESH:
                told = await asyncio.to_thread(self._ask)
                self._known = {name: told[name] for name in sorted(SHOWN & told.keys())}
                self._at = time.monotonic()
            return self._known


def _file(name: str) -> Callable[[web.Request], Any]:
    body = (STATIC / name).read_bytes()
    kind = {"html": "text/html", "css": "text/css", "js": "text/javascript"}[name.split(".")[1]]

    async def give(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=kind, charset="utf-8")

    return give
