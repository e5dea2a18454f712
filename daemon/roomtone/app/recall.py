"""What is kept, read and changed by way of the daemon, or in its file where none runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, TypeVar

import msgspec

from roomtone.app.alone import daemon
from roomtone.app.archive import Archive
from roomtone.app.choices import guests
from roomtone.app.cloud_account import of_nothing, on_disk
from roomtone.app.config import Config
from roomtone.app.config import kept as kept_places
from roomtone.app.kept import as_data
from roomtone.base import countdown
from roomtone.base.clock import WallClock, local
from roomtone.base.error import OwnerError
from roomtone.base.room import AlarmClock, Note, Timer
from roomtone.store.forgetting import CONTEXT
from roomtone.store.store import Store
from roomtone.system.owner import acting_for
from roomtone.system.paths import SYSTEM_STATE, Paths
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn
from roomtone.web.client import STARTING
from roomtone.web.door import claim, starting, take_down

T = TypeVar("T")

MOST = 1000
"""Turns that a daemon lists at a time."""

NO_STANDING: dict[str, Any] = {}
NO_TIMERS: tuple[Timer, ...] = ()
NO_ALARMS: tuple[AlarmClock, ...] = ()
NO_TURNS: list[Turn] = []
NO_ENTRIES: list[Entry] = []
NO_NOTES: tuple[Note, ...] = ()


def timers(config: Config) -> list[dict[str, Any]]:
    """Running timers with the seconds that are left."""
    now = WallClock().read()
    client = daemon(config)
    found = (
        msgspec.convert(client.timers(), list[Timer])
        if client.running()
        else list(read(config, lambda store: store.timers(), NO_TIMERS))
    )
    return [
        msgspec.to_builtins(timer) | {"left_s": max(0, round(countdown.left(timer, now)))}
        for timer in found
    ]


def alarms(config: Config) -> list[dict[str, Any]]:
    """Alarms that are set; `at` is local time."""
    client = daemon(config)
    if client.running():
        return client.alarms()
    return [
        msgspec.to_builtins(alarm)
        for alarm in read(config, lambda store: store.alarms(), NO_ALARMS)
    ]


def history(config: Config, limit: int) -> list[dict[str, Any]]:
    """The newest turns."""
    client = daemon(config)
    if client.running():
        return client.history(limit)
    return [as_data(turn) for turn in read(config, lambda store: store.turns(limit), NO_TURNS)]


def search(config: Config, words: str, limit: int) -> list[dict[str, Any]]:
    """The newest turns in which all of `words` were said."""
    client = daemon(config)
    if client.running():
        return client.search(words, limit)
    found = read(config, lambda store: store.search(words, limit), NO_TURNS)
    return [as_data(turn) for turn in found]


def explain(config: Config, turn: str) -> dict[str, Any]:
    """One turn by number, or `last`, with its `ledger`. Raises OwnerError when it is not kept."""
    if turn != "last" and not turn.isdigit():
        raise OwnerError(f"{turn!r} is no turn; give `last` or a number of `history list`")
    number = None if turn == "last" else int(turn)
    client = daemon(config)
    if client.running():
        return client.explain(number)

    found = read(config, lambda store: _with_ledger(store, number), None)
    if found is None:
        raise OwnerError("that turn is not kept; see `roomtone history list`")
    return found


def ledger(config: Config, limit: int, turn: int | None) -> list[dict[str, Any]]:
    """The newest entries of the ledger, or those of one turn."""
    client = daemon(config)
    if client.running():
        return client.ledger(limit, turn)
    found = read(config, lambda store: store.ledger(limit, turn), NO_ENTRIES)
    return [msgspec.to_builtins(entry) for entry in found]


def notes(config: Config) -> list[dict[str, Any]]:
    """What is to be remembered, the oldest first."""
    client = daemon(config)
    if client.running():
        return client.notes()
    found = read(config, lambda store: store.notes(), NO_NOTES)
    return [
        msgspec.to_builtins(note) | {"at": local(note.at).isoformat(timespec="seconds")}
        for note in found
    ]


def memory(config: Config) -> dict[str, Any]:
    """File, size, age and protection of what is kept. Raises OwnerError before anything is."""
    client = daemon(config)
    if client.running():
        return client.memory()
    where = kept_places(config)
    found = read(config, lambda store: _standing(store, config), NO_STANDING)
    if not found:
        raise OwnerError(
            f"nothing is kept yet: the daemon makes {where.database} when it first starts, "
            "as by `roomtone run`"
        )
    return {"file": str(where.database), "faults": []} | found


def cloud(config: Config) -> dict[str, Any]:
    """Whether the cloud may be asked, and how it stands."""
    client = daemon(config)
    if client.running():
        return client.cloud()
    at, settings = kept_places(config), config.cloud
    why = f"no daemon runs that could ask it; {at.start} starts one"
    why = STARTING if client.starting() else why
    return read(config, lambda store: on_disk(store, settings, at.state, why), of_nothing(settings))


def export(config: Config) -> Iterator[dict[str, Any]]:
    """Everything that is kept, one record after the other."""
    client = daemon(config)
    if client.running():
        yield from client.export()
        return
    where = kept_places(config)
    if not _there(where):
        return
    with asyncio.Runner() as runner:

        def run(work: Coroutine[Any, Any, T]) -> T:
            with acting_for(where.state):
                return runner.run(work)

        store = run(_opened(where, readonly=True))
        records = store.export()
        try:
            while record := run(_next(records)):
                yield record
        finally:
            run(store.close())


def kept(config: Config, what: str) -> int:
    """How many turns are kept: of `today`, or `all`."""
    since = midnight() if what == "today" else 0.0
    client = daemon(config)
    if not client.running():
        return read(config, lambda store: store.count(since), 0)
    if what == "all":
        return int(client.memory()["turns"])
    return sum(turn["started"] >= since for turn in client.history(MOST))


def forget(config: Config, what: str) -> int:
    """Forget `last`, `today`, `all`, or the turn of a number; how many. Raises OwnerError."""
    client = daemon(config)
    if client.running():
        return client.forget(what)
    return _changed(config, lambda store: _forget(store, what))


def forget_matching(config: Config, text: str) -> int:
    """Forget everything that holds `text`; how many."""
    client = daemon(config)
    if client.running():
        return client.forget_matching(text)
    return _changed(config, lambda store: store.forget_matching(text))


def midnight() -> float:
    """Unix time at which today began here."""
    today = local(WallClock().now())
    return today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


async def _with_ledger(store: Store, number: int | None) -> dict[str, Any] | None:
    found = await store.turn(number)
    if found is None:
        return None
    entries = await store.ledger(len(found.entries), found.id) if found.entries else NO_ENTRIES
    return as_data(found) | {"ledger": [msgspec.to_builtins(entry) for entry in entries]}


async def _forget(store: Store, what: str) -> int:
    match what:
        case "all":
            return await store.forget_all()
        case "today":
            return await store.forget_day(midnight(), WallClock().now() + 1.0)
    turn = await store.turn(None if what == "last" else int(what))
    if turn is not None:
        return int(await store.forget_turn(turn.id))
    if what != "last":
        raise OwnerError(f"there is no turn {what}; see `roomtone history list`")
    return await store.forget_strays(WallClock().now() - CONTEXT)


async def _standing(store: Store, config: Config) -> dict[str, Any]:
    archive = Archive(store, WallClock(), keeps=config.keep.days > 0)
    archive.guest = await guests(store)
    return await archive.standing()


async def _next(records: AsyncIterator[dict[str, Any]]) -> dict[str, Any] | None:
    return await anext(records, None)


def _changed(config: Config, change: Callable[[Store], Coroutine[Any, Any, int]]) -> int:
    """Change the store on disk, which no daemon may have open; 0 when there is none yet."""
    where = kept_places(config)
    if not _there(where):
        return 0
    if starting(where.socket):
        raise OwnerError(STARTING)

    async def changing() -> int:
        store = await _opened(where)
        try:
            return await change(store)
        finally:
            await store.close()

    with acting_for(where.state), claim(where.socket) as door:
        take_down(door)  # no daemon is starting here
        return asyncio.run(changing())


def read(config: Config, read: Callable[[Store], Coroutine[Any, Any, T]], nothing: T) -> T:
    """Read from the store on disk; `nothing` when there is none yet."""
    where = kept_places(config)

    async def reading() -> T:
        store = await _opened(where, readonly=True)
        try:
            return await read(store)
        finally:
            await store.close()

    if not _there(where):
        return nothing
    with acting_for(where.state):
        return asyncio.run(reading())


async def _opened(where: Paths, *, readonly: bool = False) -> Store:
    """The store on disk. Raises OwnerError; a passphrase is typed to a daemon alone."""
    try:
        return await Store.open(where.database, where.key, readonly=readonly)
    except OwnerError as problem:
        if problem.kind != "locked":
            raise
        advice = (
            "the memory is locked by its passphrase and no daemon runs: start one with "
            f"{where.start}, then `roomtone memory unlock`"
        )
        raise OwnerError(
            STARTING if starting(where.socket) else advice, kind=problem.kind
        ) from None


def _there(where: Paths) -> bool:
    """Whether there is a store. Raises OwnerError when it or its key is closed to this command."""
    with acting_for(where.state):
        there = where.database.exists()
        if there and where.state == SYSTEM_STATE and not where.key.exists():
            raise OwnerError(
                "no daemon runs, and systemd hands the key of the memory to the service alone: "
                f"{where.start}, then ask again"
            )
        return there
