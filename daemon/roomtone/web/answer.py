"""How the control socket takes a body and answers: JSON, lines of it, one line for a refusal."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from roomtone.base.error import OwnerError, PartError, RoomtoneError
from roomtone.base.port import Control

_log = logging.getLogger(__name__)

BODY_LIMIT = 16 * 1024
"""Bytes of a request's body."""

STREAMS = 16
"""Observers at a time; more are refused."""

OPEN: web.AppKey[set[asyncio.Task[Any]]] = web.AppKey("open", set)
"""Tasks that send a stream."""

CONTROL: web.AppKey[Control] = web.AppKey("control", Control)

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def body(request: web.Request, kind: type[T], form: str) -> T:
    """The body as `kind`. Raises HTTPBadRequest with the form it should have."""
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, web.RequestPayloadError):
        raise web.HTTPBadRequest(reason=f"the body must be {form}") from None


def number(text: str, name: str, highest: int) -> int:
    """A whole number from 1. Raises HTTPBadRequest."""
    if text.isascii() and text.isdigit() and len(text) < 17 and 1 <= int(text) <= highest:
        return int(text)
    raise web.HTTPBadRequest(reason=f"{name} must be a whole number from 1 to {highest}")


async def stream(
    request: web.Request, lines: AsyncIterator[T], written: Callable[[T], bytes]
) -> web.StreamResponse:
    """Send each of `lines` as a line of JSON; an error after the first one is a line too."""
    streams = request.app[OPEN]
    task = asyncio.current_task()
    if task is None or len(streams) >= STREAMS:
        return no(503, f"{STREAMS} observers listen already; close one")
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    streams.add(task)
    try:
        await response.prepare(request)
        async for line in lines:
            await response.write(written(line) + b"\n")
    except ConnectionError:
        _log.debug("an observer left")
    except Exception as problem:  # noqa: BLE001 - the status is sent already; only a line can tell
        await response.write(msgspec.json.encode({"error": _words(problem)}) + b"\n")
    finally:
        streams.discard(task)
        if (close := getattr(lines, "aclose", None)) is not None:
            await close()
    return response


@web.middleware
async def plainly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every refusal into one line of JSON."""
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return no(413, f"the body is over {BODY_LIMIT} bytes")
    except web.HTTPNotFound:
        return no(404, "there is nothing at this address")
    except web.HTTPException as refusal:
        return no(refusal.status, refusal.reason)
    except Exception as problem:  # noqa: BLE001 - one bad request must not end unanswered
        return no(_status(problem), _words(problem))


def no(status: int, reason: str) -> web.Response:
    """A refusal in one line."""
    return answer({"error": reason}, status)


def answer(data: Any, status: int = 200) -> web.Response:
    """Plain data as JSON."""
    return web.Response(
        body=msgspec.json.encode(data), status=status, content_type="application/json"
    )


def _status(problem: Exception) -> int:
    match problem:
        case OwnerError():
            return 409
        case PartError():
            return 503
        case _:
            return 500


def _words(problem: Exception) -> str:
    """One line for the asker; of an unforeseen error its type only, the text may be private."""
    if isinstance(problem, RoomtoneError):
        return str(problem)
    _log.error("a request failed", exc_info=problem)
    return f"{type(problem).__name__}; see the log"
