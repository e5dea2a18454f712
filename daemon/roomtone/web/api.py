"""The control API: the conversation's routes, and the doors around all of them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from aiohttp import web

from roomtone.base.event import Event, to_json
from roomtone.base.port import Control
from roomtone.web import api_cloud, api_memory, api_wake, peer
from roomtone.web.answer import BODY_LIMIT, CONTROL, OPEN, answer, body, no, number, plainly, stream

METRICS = "text/plain; version=0.0.4; charset=utf-8"
"""Content type of Prometheus' text form."""

HISTORY = 20
HISTORY_LIMIT = 1000

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /ask and /say."""

    text: Text


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /mute and /guest."""

    on: bool


WORDS_FORM = '{"text": "1 to 2000 characters"}'
SWITCH_FORM = '{"on": true} or {"on": false}'


def application(control: Control, door: peer.Door) -> web.Application:
    """The routes over `control`, for those who may ask at `door`."""
    app = web.Application(middlewares=[plainly, peer.known], client_max_size=BODY_LIMIT)
    app[CONTROL] = control
    app[OPEN] = set()
    app[peer.DOOR] = door
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
            web.post("/guest", _guest),
            web.post("/reload", _reload),
            web.get("/timers", _timers),
            web.get("/alarms", _alarms),
            web.get("/history", _history),
            web.get("/explain/{turn}", _explain),
            web.get("/events", _events),
            *api_memory.ROUTES,
            *api_wake.ROUTES,
            *api_cloud.ROUTES,
        ]
    )
    return app


async def _status(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].status())


async def _metrics(request: web.Request) -> web.StreamResponse:
    told = await request.app[CONTROL].metrics()
    return web.Response(body=told.encode(), headers={"Content-Type": METRICS})


async def _false_wake(request: web.Request) -> web.StreamResponse:
    return answer({"remembered": await request.app[CONTROL].false_wake()})


async def _ask(request: web.Request) -> web.StreamResponse:
    words = await body(request, Words, WORDS_FORM)
    return await stream(request, request.app[CONTROL].ask(words.text), _line)


async def _say(request: web.Request) -> web.StreamResponse:
    words = await body(request, Words, WORDS_FORM)
    await request.app[CONTROL].say(words.text)
    return answer({})


async def _listen(request: web.Request) -> web.StreamResponse:
    await request.app[CONTROL].listen()
    return answer({})


async def _hush(request: web.Request) -> web.StreamResponse:
    await request.app[CONTROL].hush()
    return answer({})


async def _mute(request: web.Request) -> web.StreamResponse:
    switch = await body(request, Switch, SWITCH_FORM)
    await request.app[CONTROL].mute(on=switch.on)
    return answer({})


async def _guest(request: web.Request) -> web.StreamResponse:
    switch = await body(request, Switch, SWITCH_FORM)
    await request.app[CONTROL].guest(on=switch.on)
    return answer({})


async def _reload(request: web.Request) -> web.StreamResponse:
    return answer({"changed": await request.app[CONTROL].reload()})


async def _timers(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].timers())


async def _alarms(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].alarms())


async def _history(request: web.Request) -> web.StreamResponse:
    limit = number(request.query.get("limit", str(HISTORY)), "limit", HISTORY_LIMIT)
    return answer(await request.app[CONTROL].history(limit))


async def _explain(request: web.Request) -> web.StreamResponse:
    asked = request.match_info["turn"]
    turn = None if asked == "last" else number(asked, "the turn", 2**53)
    told = await request.app[CONTROL].explain(turn)
    if told is None:
        return no(404, "no such turn is kept")
    return answer(told)


async def _events(request: web.Request) -> web.StreamResponse:
    return await stream(request, request.app[CONTROL].events(), _line)


def _line(happened: Event) -> bytes:
    return to_json(happened).encode()


async def _end_streams(app: web.Application) -> None:
    for task in app[OPEN]:
        task.cancel()
