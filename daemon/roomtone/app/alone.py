"""The same commands with and without a daemon: asked over its socket, else done on the spot."""

from __future__ import annotations

import asyncio
import contextlib
import time
import wave
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from roomtone.app.config import Config, kept, places
from roomtone.base.error import OwnerError
from roomtone.base.event import Event
from roomtone.base.message import KnownVoice
from roomtone.base.port import Control
from roomtone.system.paths import Paths
from roomtone.web.client import Client

if TYPE_CHECKING:
    from roomtone.app.build import Core

T = TypeVar("T")

BEGINNING = 5.0
"""Seconds that a daemon has, which somebody has started just now, until it can be seen."""

COMING_UP = 180.0
"""Seconds that a daemon which starts is waited for: more than it gives its parts."""

PAUSE = 0.1
"""Seconds from one look for a daemon to the next."""


def daemon(config: Config) -> Client:
    """The running daemon's client; each call raises OwnerError when none runs."""
    return Client(sockets(config))


def sockets(config: Config) -> tuple[Path, ...]:
    """Where a daemon may answer, the one that this command is about first."""
    return tuple(dict.fromkeys((*kept(config).sockets, *places(config).sockets)))


def whereabouts(config: Config) -> Paths:
    """The places of the daemon that answers; else of the one that this command is about.

    Raises OwnerError when it belongs to another user.
    """
    own = kept(config)
    several = (own, places(config), kept(config, served=True))
    return next((where for where in several if Client([where.socket]).running()), own)


def up(config: Config, now: Callable[[], float] = time.monotonic) -> Client:
    """The daemon's client, once it answers, or when waiting is of no use any more.

    Raises OwnerError when the daemon belongs to another user.
    """
    client, began = daemon(config), now()
    seen = began
    while not client.running():
        seen = now() if client.starting() else seen
        if now() - seen > BEGINNING or now() - began > COMING_UP:
            break
        time.sleep(PAUSE)
    return client


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
    if not client.running() and not client.starting():
        raise OwnerError("no daemon is running; start it, or give --out FILE.wav")
    client.say(text)


def learnt(config: Config) -> dict[str, Any]:
    """Whose voices are enrolled, and how many false alarms are remembered. Raises OwnerError."""
    client = daemon(config)
    if client.running():
        return client.learnt()
    return asyncio.run(_control(config, lambda control: control.learnt()))


def enroll(config: Config, voice: KnownVoice) -> None:
    """Have a voice known from now on. Raises OwnerError, PartError."""
    told = (voice.word, voice.name, voice.weights, voice.bias)
    client = daemon(config)
    if client.running():
        client.enroll(*told)
    else:
        asyncio.run(_control(config, lambda control: control.enroll(*told)))


def forget_voice(config: Config, name: str | None) -> int:
    """Forget a voice, or all that is learnt; how much went. Raises OwnerError, PartError."""
    client = daemon(config)
    if client.running():
        return client.forget_voice(name)
    return asyncio.run(_control(config, lambda control: control.forget_voice(name)))


async def _control(config: Config, do: Callable[[Control], Awaitable[T]]) -> T:
    from roomtone.app.control import Controls

    async with _core(config) as core:
        return await do(Controls(core))


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
