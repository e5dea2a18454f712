"""The control API: whose voices are enrolled for the wake words."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec
from aiohttp import web

from roomtone.web.answer import CONTROL, answer, body

NAME_LIMIT = 40
"""Characters of a name."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_LIMIT)]


class Enroll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /wake/enroll."""

    word: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    name: Name
    weights: Annotated[bytes, msgspec.Meta(min_length=4, max_length=8192)]
    bias: float


class Forget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /wake/forget; without a name all that is learnt goes."""

    name: Name | None


ENROLL_FORM = '{"word": "a wake word", "name": "1 to 40 characters", "weights": base64, "bias": 0}'
FORGET_FORM = f'{{"name": "1 to {NAME_LIMIT} characters" or null}}'


async def _learnt(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].learnt())


async def _enroll(request: web.Request) -> web.StreamResponse:
    voice = await body(request, Enroll, ENROLL_FORM)
    if not math.isfinite(voice.bias):
        raise web.HTTPBadRequest(reason=f"the body must be {ENROLL_FORM}")
    await request.app[CONTROL].enroll(voice.word, voice.name, voice.weights, voice.bias)
    return answer({})


async def _forget(request: web.Request) -> web.StreamResponse:
    forget = await body(request, Forget, FORGET_FORM)
    return answer({"forgotten": await request.app[CONTROL].forget_voice(forget.name)})


ROUTES = (
    web.get("/wake", _learnt),
    web.post("/wake/enroll", _enroll),
    web.post("/wake/forget", _forget),
)
