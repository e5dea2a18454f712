"""The control API: what is kept, how it is found, forgotten, copied and locked."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from aiohttp import web

from roomtone.web.answer import CONTROL, answer, body, stream

FOUND_LIMIT = 1000
"""Turns of one search."""

NUMBER_LIMIT = 2**53
"""Largest number of a turn or a note."""

IDS_LIMIT = 500
"""Notes that are forgotten at a time."""

PASSPHRASE_LIMIT = 1024
"""Characters of a passphrase."""

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
What = Annotated[str, msgspec.Meta(pattern=r"\A(last|today|all|[1-9][0-9]{0,14})\Z")]
Number = Annotated[int, msgspec.Meta(ge=1, le=NUMBER_LIMIT)]
Passphrase = Annotated[str, msgspec.Meta(min_length=1, max_length=PASSPHRASE_LIMIT)]


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /search; words are private, so they stand in no address."""

    words: Text
    limit: Annotated[int, msgspec.Meta(ge=1, le=FOUND_LIMIT)] = 20


class Forget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /forget."""

    what: What


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /forget-matching."""

    text: Text


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /notes/forget."""

    ids: Annotated[list[Number], msgspec.Meta(min_length=1, max_length=IDS_LIMIT)]


class Protect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /memory/protect; without a passphrase a key file is made."""

    passphrase: Passphrase | None


class Unlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Body of /memory/unlock."""

    passphrase: Passphrase


SEARCH_FORM = f'{{"words": "1 to 2000 characters", "limit": 1 to {FOUND_LIMIT}}}'
FORGET_FORM = '{"what": "last", "today", "all" or the number of a turn in digits}'
MATCH_FORM = '{"text": "1 to 2000 characters"}'
NUMBERS_FORM = f'{{"ids": [1 to {IDS_LIMIT} numbers of notes]}}'
PROTECT_FORM = f'{{"passphrase": "1 to {PASSPHRASE_LIMIT} characters" or null}}'
UNLOCK_FORM = f'{{"passphrase": "1 to {PASSPHRASE_LIMIT} characters"}}'


async def _search(request: web.Request) -> web.StreamResponse:
    search = await body(request, Search, SEARCH_FORM)
    return answer(await request.app[CONTROL].search(search.words, search.limit))


async def _export(request: web.Request) -> web.StreamResponse:
    return await stream(request, request.app[CONTROL].export(), _line)


async def _forget(request: web.Request) -> web.StreamResponse:
    forget = await body(request, Forget, FORGET_FORM)
    return answer({"forgotten": await request.app[CONTROL].forget(forget.what)})


async def _forget_matching(request: web.Request) -> web.StreamResponse:
    match = await body(request, Match, MATCH_FORM)
    return answer({"forgotten": await request.app[CONTROL].forget_matching(match.text)})


async def _notes(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].notes())


async def _drop_notes(request: web.Request) -> web.StreamResponse:
    numbers = await body(request, Numbers, NUMBERS_FORM)
    return answer({"forgotten": await request.app[CONTROL].drop_notes(numbers.ids)})


async def _memory(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].memory())


async def _check(request: web.Request) -> web.StreamResponse:
    return answer({"wrong": await request.app[CONTROL].check_memory()})


async def _snapshot(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].snapshot())


async def _restore(request: web.Request) -> web.StreamResponse:
    return answer(await request.app[CONTROL].restore())


async def _protect(request: web.Request) -> web.StreamResponse:
    protect = await body(request, Protect, PROTECT_FORM)
    return answer(await request.app[CONTROL].protect(protect.passphrase))


async def _unlock(request: web.Request) -> web.StreamResponse:
    unlock = await body(request, Unlock, UNLOCK_FORM)
    await request.app[CONTROL].unlock(unlock.passphrase)
    return answer({})


def _line(record: dict[str, Any]) -> bytes:
    return msgspec.json.encode(record)


ROUTES = (
    web.post("/search", _search),
    web.get("/export", _export),
    web.post("/forget", _forget),
    web.post("/forget-matching", _forget_matching),
    web.get("/notes", _notes),
    web.post("/notes/forget", _drop_notes),
    web.get("/memory", _memory),
    web.post("/memory/check", _check),
    web.post("/memory/snapshot", _snapshot),
    web.post("/memory/restore", _restore),
    web.post("/memory/protect", _protect),
    web.post("/memory/unlock", _unlock),
)
