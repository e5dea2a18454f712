"""The way to the internet, locked: it answers that nobody has allowed it, and calls nobody."""

from __future__ import annotations

import msgspec
from aiohttp import web

WHY = (
    "the owner has not allowed the cloud, so nothing was sent; Roomtone answers with its own models"
)


def locked() -> web.Application:
    """`GET /status` tells that it is locked; everything else is refused unread."""
    app = web.Application()

    async def status(_request: web.Request) -> web.StreamResponse:
        return _json({"allowed": False, "sent_bytes": 0})

    async def refuse(_request: web.Request) -> web.StreamResponse:
        response = _json({"error": WHY}, 403)
        response.force_close()
        return response

    app.router.add_get("/status", status)
    app.router.add_route("*", "/{anything:.*}", refuse)
    return app


def _json(data: dict[str, object], status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(data), status=status, content_type="application/json"
    )
