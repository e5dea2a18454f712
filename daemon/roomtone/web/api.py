"""The control API: routes, what they take, and how they say no."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any, TypeVar

import msgspec
from aiohttp import web

from roomtone.base.error import OwnerError, PartError
from roomtone.base.event import Event, to_json
from roomtone.base.port import Control

BODY_LIMIT = 16 * 1024
"""Bytes of a request's body."""

STREAMS = 16
"""Observers at a time; more are refused."""

HISTORY = 20
HISTORY_LIMIT = 1000

_OPEN: web.AppKey[list[int]] = web.AppKey("open", list)
_CONTROL: web.AppKey[Control] = web.AppKey("control", Control)

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /ask and /say."""

    text: Text


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /mute."""

    on: bool


def application(control: Control) -> web.Application:
    """The routes over `control`."""
    app = web.Application(middlewares=[_plainly], client_max_size=BODY_LIMIT)
    app[_CONTROL] = control
    app[_OPEN] = [0]
    app.add_routes(
        [
            web.get("/status", _status),
            web.post("/ask", _ask),
            web.post("/say", _say),
            web.post("/listen", _listen),
            web.post("/hush", _hush),
            web.post("/mute", _mute),
            web.get("/timers", _timers),
            web.get("/history", _history),
            web.get("/explain/{turn}", _explain),
            web.get("/events", _events),
        ]
    )
    return app


async def _status(request: web.Request) -> web.StreamResponse:
    return _json(await request.app[_CONTROL].status())


async def _ask(request: web.Request) -> web.StreamResponse:
    words = await _body(request, Words, '{"text": "1 to 2000 characters"}')
    return await _stream(request, request.app[_CONTROL].ask(words.text))


async def _say(request: web.Request) -> web.StreamResponse:
    words = await _body(request, Words, '{"text": "1 to 2000 characters"}')
    await request.app[_CONTROL].say(words.text)
    return _json({})


async def _listen(request: web.Request) -> web.StreamResponse:
    await request.app[_CONTROL].listen()
    return _json({})


async def _hush(request: web.Request) -> web.StreamResponse:
    await request.app[_CONTROL].hush()
    return _json({})


async def _mute(request: web.Request) -> web.StreamResponse:
    switch = await _body(request, Switch, '{"on": true} or {"on": false}')
    await request.app[_CONTROL].mute(on=switch.on)
    return _json({})


async def _timers(request: web.Request) -> web.StreamResponse:
    return _json(await request.app[_CONTROL].timers())


async def _history(request: web.Request) -> web.StreamResponse:
    limit = _number(request.query.get("limit", str(HISTORY)), "limit", HISTORY_LIMIT)
    return _json(await request.app[_CONTROL].history(limit))


async def _explain(request: web.Request) -> web.StreamResponse:
    asked = request.match_info["turn"]
    number = None if asked == "last" else _number(asked, "the turn", 2**53)
    told = await request.app[_CONTROL].explain(number)
    if told is None:
        return _no(404, "no such turn is kept")
    return _json(told)


async def _events(request: web.Request) -> web.StreamResponse:
    return await _stream(request, request.app[_CONTROL].events())


async def _stream(request: web.Request, events: AsyncIterator[Event]) -> web.StreamResponse:
    """Send each event as a line of JSON; an error after the first one is a line too."""
    streams = request.app[_OPEN]
    if streams[0] >= STREAMS:
        return _no(503, f"{STREAMS} observers listen already; close one")
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    streams[0] += 1
    try:
        await response.prepare(request)
        async for happened in events:
            await response.write(to_json(happened).encode() + b"\n")
    except (OwnerError, PartError) as problem:
        await response.write(msgspec.json.encode({"error": str(problem)}) + b"\n")
    finally:
        streams[0] -= 1
        if (close := getattr(events, "aclose", None)) is not None:
            await close()
    with contextlib.suppress(ConnectionError):
        await response.write_eof()
    return response


async def _body(request: web.Request, kind: type[T], form: str) -> T:
    """The body as `kind`. Raises HTTPBadRequest with the form it should have."""
    data = await request.read()
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise web.HTTPBadRequest(reason=f"the body must be {form}") from problem


def _number(text: str, name: str, highest: int) -> int:
    """A whole number from 1. Raises HTTPBadRequest."""
    if text.isascii() and text.isdigit() and len(text) < 17 and 1 <= int(text) <= highest:
        return int(text)
    raise web.HTTPBadRequest(reason=f"{name} must be a whole number from 1 to {highest}")


@web.middleware
async def _plainly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every refusal into one line of JSON."""
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _no(413, f"the body is over {BODY_LIMIT} bytes")
    except web.HTTPNotFound:
        return _no(404, "there is nothing at this address")
    except web.HTTPException as refusal:
        return _no(refusal.status, refusal.reason)
    except OwnerError as problem:
        return _no(409, str(problem))
    except PartError as problem:
        return _no(503, str(problem))


def _no(status: int, reason: str) -> web.Response:
    return _json({"error": reason}, status)


def _json(data: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(data), status=status, content_type="application/json"
    )
