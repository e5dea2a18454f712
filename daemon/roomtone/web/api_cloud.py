"""The control API: the owner's yes and no to the cloud, and what has left the house."""

from __future__ import annotations

from typing import Annotated

import msgspec
from aiohttp import web

from roomtone.base.port import Terms
from roomtone.web.answer import CONTROL, answer, body, number
from roomtone.web.peer import asker

LEDGER = 20
LEDGER_LIMIT = 1000

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Agreed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /cloud/allow: the terms that the owner has read."""

    provider: Name
    model: Name
    context: Annotated[int, msgspec.Meta(ge=0, le=10)]


AGREED_FORM = '{"provider": "its base_url", "model": "its name", "context": 0 to 10}'


async def _cloud(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].cloud())


async def _allow(request: web.Request) -> web.StreamResponse:
    agreed = await body(request, Agreed, AGREED_FORM)
    terms = Terms(provider=agreed.provider, model=agreed.model, context=agreed.context)
    await request.app[CONTROL].allow(terms, asker(request).name)
    return answer({})


async def _deny(request: web.Request) -> web.StreamResponse:
    await request.app[CONTROL].deny()
    return answer({})


async def _ledger(request: web.Request) -> web.StreamResponse:
    limit = number(request.query.get("limit", str(LEDGER)), "limit", LEDGER_LIMIT)
    asked = request.query.get("turn")
    turn = None if asked is None else number(asked, "the turn", 2**53)
    return answer(await request.app[CONTROL].ledger(limit, turn))


ROUTES = (
    web.get("/cloud", _cloud),
    web.post("/cloud/allow", _allow),
    web.post("/cloud/deny", _deny),
    web.get("/cloud/ledger", _ledger),
)
