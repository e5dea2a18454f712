"""The control API: routes, what they take, and how they say no."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any, TypeVar

import msgspec
from aiohttp import web

from roomtone.base.error import OwnerError, PartError, RoomtoneError
from roomtone.base.event import Event, to_json
from roomtone.base.port import Control

_log = logging.getLogger(__name__)

BODY_LIMIT = 16 * 1024
"""Bytes of a request's body."""

STREAMS = 16
"""Observers at a time; more are refused."""

METRICS = "text/plain; version=0.0.4; charset=utf-8"
"""Content type of Prometheus' text form."""

HISTORY = 20
HISTORY_LIMIT = 1000

_STATUS = {OwnerError: 409, PartError: 503}

_OPEN: web.AppKey[set[asyncio.Task[Any]]] = web.AppKey("open", set)
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
    app[_OPEN] = set()
    app.on_shutdown.append(_end_streams)
    app.add_routes(
        [
            web.get("/status", _status),
            web.get("/metrics", _metrics),
            web.post("/false-wake", _false_wake),
            web.post("/ask", _ask),
            web.post("/say", _say),
            web.post("/listen", _listen),
            web.post("/hush", _hush),
            web.post("/mute", _mute),
            web.post("/reload", _reload),
            web.get("/timers", _timers),
            web.get("/alarms", _alarms),
            web.get("/history", _history),
            web.get("/explain/{turn}", _explain),
            web.get("/events", _events),
        ]
    )
    return app


async def _status(request: web.Request) -> web.StreamResponse:
    return _json(await request.app[_CONTROL].status())


async def _metrics(request: web.Request) -> web.StreamResponse:
    told = await request.app[_CONTROL].metrics()
    return web.Response(body=told.encode(), headers={"Content-Type": METRICS})


async def _false_wake(request: web.Request) -> web.StreamResponse:
    await request.app[_CONTROL].false_wake()
    return _json({})


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


async def _reload(request: web.Request) -> web.StreamResponse:
    return _json({"changed": await request.app[_CONTROL].reload()})


async def _timers(request: web.Request) -> web.StreamResponse:
    return _json(await request.app[_CONTROL].timers())


async def _alarms(request: web.Request) -> web.StreamResponse:
    return _json(await request.app[_CONTROL].alarms())


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
    task = asyncio.current_task()
    if task is None or len(streams) >= STREAMS:
        return _no(503, f"{STREAMS} observers listen already; close one")
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    streams.add(task)
    try:
        await response.prepare(request)
        async for happened in events:
            await response.write(to_json(happened).encode() + b"\n")
    except ConnectionError:
        _log.debug("an observer left")
    except Exception as problem:  # noqa: BLE001 - the status is sent already; only a line can tell
        await response.write(msgspec.json.encode({"error": _words(problem)}) + b"\n")
    finally:
        streams.discard(task)
        if (close := getattr(events, "aclose", None)) is not None:
            await close()
    return response


async def _end_streams(app: web.Application) -> None:
    for task in app[_OPEN]:
        task.cancel()


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
    except Exception as problem:  # noqa: BLE001 - one bad request must not end unanswered
        return _no(_STATUS.get(type(problem), 500), _words(problem))


def _words(problem: Exception) -> str:
    """One line for the asker; of an unforeseen error its type only, the text may be private."""
    if isinstance(problem, RoomtoneError):
        return str(problem)
    _log.error("a request failed", exc_info=problem)
    return f"{type(problem).__name__}; see the log"


def _no(status: int, reason: str) -> web.Response:
    return _json({"error": reason}, status)


def _json(data: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(data), status=status, content_type="application/json"
    )
