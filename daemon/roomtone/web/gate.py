"""What the door to a browser keeps out: strange hosts, all but reading, too much, too long."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from aiohttp import web

HOSTS = frozenset({"127.0.0.1", "[::1]", "localhost"})
"""Names under which this machine calls itself; a page elsewhere that has its own name lead here
(DNS rebinding) comes with that name."""

CONNECTIONS = 32
"""Connections at a time; the next one is closed."""

SECONDS = 10.0
"""Longest life of a connection; each serves one request."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Application = web.Application
Connection = web.RequestHandler
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer readers who mean this machine; everybody else gets one line."""
    if _name(request.headers.get("Host", "")) not in HOSTS:
        response: web.StreamResponse = _no(421, "this page has another name; open it by 127.0.0.1")
    elif request.method not in {"GET", "HEAD"}:
        response = _no(405, "this page is for reading")
    else:
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            response = _no(refusal.status, refusal.reason)
    response.headers.update(HEADERS)
    response.force_close()
    return response


@contextlib.asynccontextmanager
async def open_door(app: Application, door: socket.socket) -> AsyncIterator[None]:
    """Serve `app` at `door`, a listening socket, within the bounds above, while this lasts."""
    runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    serve: Any = runner.server
    loop = asyncio.get_running_loop()

    def accept() -> asyncio.BaseProtocol:
        connection: Connection = serve()
        loop.call_soon(loop.call_soon, bound, connection)  # it is connected one step later
        loop.call_later(SECONDS, _cut, connection)
        return connection

    def bound(connection: Connection) -> None:
        if len(serve.connections) > CONNECTIONS:
            _cut(connection)

    server = await loop.create_server(accept, sock=door)
    try:
        yield
    finally:
        server.close()
        await runner.cleanup()


def _cut(connection: Connection) -> None:
    transport = connection.transport
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    name, _colon, port = host.lower().rpartition(":")
    return name if name and port.isdigit() else host.lower()


def _no(status: int, reason: str) -> web.Response:
    return web.Response(text=f"{reason}\n", status=status)
