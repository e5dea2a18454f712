"""The same commands with and without a daemon: asked over its socket, else done on the spot."""

from __future__ import annotations

import asyncio
import contextlib
import wave
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from roomtone.app.config import Config, places
from roomtone.app.kept import as_data
from roomtone.base import countdown
from roomtone.base.clock import WallClock
from roomtone.base.error import OwnerError
from roomtone.base.event import Event
from roomtone.base.room import AlarmClock, Timer
from roomtone.store.store import Store
from roomtone.turn.record import Turn
from roomtone.web.client import Client

if TYPE_CHECKING:
    from roomtone.app.build import Core

T = TypeVar("T")

NO_TIMERS: tuple[Timer, ...] = ()
NO_ALARMS: tuple[AlarmClock, ...] = ()
NO_TURNS: list[Turn] = []


def daemon(config: Config) -> Client:
    """The running daemon's client; each call raises OwnerError when none runs."""
    return Client(places(config).sockets)


def ask(config: Config, text: str) -> Iterator[Event]:
    """The events of one question in writing. Raises OwnerError, PartError."""
    client = daemon(config)
    if client.running():
        for event in client.ask(text):
            yield msgspec.convert(event, Event)
    else:
        yield from asyncio.run(_ask(config, text))


def say(config: Config, text: str, out: Path | None) -> None:
    """Speak `text` in the room, or into the WAV file `out`. Raises OwnerError, PartError."""
    if out is not None:
        if not out.parent.is_dir():
            raise OwnerError(f"{out}: there is no such folder; make it or change --out")
        asyncio.run(_say(config, text, out))
        return
    client = daemon(config)
    if not client.running():
        raise OwnerError("no daemon is running; start it, or give --out FILE.wav")
    client.say(text)


def timers(config: Config) -> list[dict[str, Any]]:
    """Running timers with the seconds that are left."""
    now = WallClock().read()
    client = daemon(config)
    found = (
        msgspec.convert(client.timers(), list[Timer])
        if client.running()
        else list(_kept(config, lambda store: store.timers(), NO_TIMERS))
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
        for alarm in _kept(config, lambda store: store.alarms(), NO_ALARMS)
    ]


def history(config: Config, limit: int) -> list[dict[str, Any]]:
    """The newest turns."""
    client = daemon(config)
    if client.running():
        return client.history(limit)
    return [as_data(turn) for turn in _kept(config, lambda store: store.turns(limit), NO_TURNS)]


def explain(config: Config, turn: str) -> dict[str, Any]:
    """One turn by number, or `last`. Raises OwnerError when it is not kept."""
    if turn != "last" and not turn.isdigit():
        raise OwnerError(f"{turn!r} is no turn; give `last` or a number of `history list`")
    number = None if turn == "last" else int(turn)
    client = daemon(config)
    if client.running():
        return client.explain(number)
    found = _kept(config, lambda store: store.turn(number), None)
    if found is None:
        raise OwnerError("that turn is not kept; see `roomtone history list`")
    return as_data(found)


def _kept(config: Config, read: Callable[[Store], Coroutine[Any, Any, T]], nothing: T) -> T:
    """Read from the store on disk; `nothing` when there is none yet."""
    where = places(config)

    async def reading() -> T:
        store = await Store.open(where.database, where.key, readonly=True)
        try:
            return await read(store)
        finally:
            await store.close()

    return asyncio.run(reading()) if where.database.exists() else nothing


@contextlib.asynccontextmanager
async def _core(config: Config) -> AsyncIterator[Core]:
    from roomtone.app.build import build

    core = await build(config)
    try:
        yield core
    finally:
        await core.memory.close()


async def _ask(config: Config, text: str) -> list[Event]:
    from roomtone.app.control import Controls
    from roomtone.app.run import START_PATIENCE, alive

    async with _core(config) as core, alive(core.thinker.child):
        await core.thinker.child.ready(START_PATIENCE)
        return [happened async for happened in Controls(core).ask(text)]


async def _say(config: Config, text: str, out: Path) -> None:
    from roomtone.app.run import START_PATIENCE, alive

    async with _core(config) as core, alive(core.voice.child):
        await core.voice.child.ready(START_PATIENCE)
        sound = [piece async for piece in core.voice.voice(text)]
    try:
        with out.open("wb") as plain, wave.open(plain, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(sound[0][1] if sound else 16_000)
            file.writeframes(b"".join(pcm for pcm, _ in sound))
    except OSError as problem:
        raise OwnerError(
            f"cannot write {out} ({problem.strerror}); choose another --out"
        ) from problem
