"""The way to the internet: a process of its own that asks the provider for the core."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from roomtone.app import config as configuration
from roomtone.app.cloud_desk import Desk
from roomtone.app.config import Config
from roomtone.base.message.cloud import Ask, CloudIn, Ended, Look, Noted
from roomtone.base.timed import timed
from roomtone.base.wire import CoreWire
from roomtone.system import hooks, logs
from roomtone.system.notify import Notifier

MOST_VISITS = 4
"""Connections at a time; one more is told so and closed."""

CURT = 0.5
"""Seconds in which somebody for whom there is no room must say what he wants."""

PATIENCE = 5.0
"""Seconds within which somebody who has connected must say what he wants."""

LONGEST_ASK = 256 * 1024
"""Bytes of a question. A household's longest is a hundredth of it."""

RESOLVER = "timeout:1 attempts:2"
"""For resolv.conf(5): a name server that is silent is given up soon, not after half a minute."""

_log = logging.getLogger(__name__)


def serve(
    config: Config,
    door: socket.socket,
    again: Callable[[], Config] | None = None,
    core: socket.socket | None = None,
) -> int:
    """Answer at `door`, a listening Unix socket, until SIGTERM or SIGINT; the exit code.

    `again` reads the configuration anew, when the core speaks of another provider than `config`.
    `core` is a socket to the core that has started this: when it closes, the end has come.
    """
    logs.configure(config.log.level)
    asyncio.run(_serve(Desk(config.cloud, dict(os.environ), again), door, core))
    return 0


async def _serve(desk: Desk, door: socket.socket, core: socket.socket | None) -> None:
    os.environ.setdefault("RES_OPTIONS", RESOLVER)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(hooks.lost)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if core is not None:
        loop.add_reader(core, stop.set)
    notifier = Notifier()
    visits = Visits(desk, _welcome(door))
    await desk.prepare()
    server = await asyncio.start_unix_server(visits.visit, sock=door, backlog=8)
    async with server:
        notifier.ready()
        await stop.wait()
        notifier.stopping()
        server.close()
        await visits.end()
        await desk.close()


class Visits:
    """Connections of the core, each with one question."""

    def __init__(self, desk: Desk, welcome: set[int]) -> None:
        self._desk = desk
        self._welcome = welcome
        self._going: set[asyncio.Task[Any] | None] = set()

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Look after one connection until it is closed."""
        task = asyncio.current_task()
        wire: CoreWire[CloudIn] = CoreWire(reader, writer, CloudIn, LONGEST_ASK)
        try:
            if _caller(writer) not in self._welcome:
                _log.warning("a stranger was turned away")
            elif len(self._going) >= MOST_VISITS:
                async with timed(CURT):  # unread words would take the refusal along
                    await wire.receive()
                await wire.send(Ended(failure="failing", detail="too many questions at once"))
            else:
                self._going.add(task)
                await self._hear(wire)
        except (OSError, TimeoutError, msgspec.MsgspecError):
            _log.debug("a connection broke off")
        finally:
            self._going.discard(task)
            wire.close()

    async def end(self) -> None:
        """Break off what goes on."""
        going = [task for task in self._going if task is not None]
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    async def _hear(self, wire: CoreWire[CloudIn]) -> None:
        async with timed(PATIENCE):
            first = await wire.receive()
        match first:
            case Look():
                await wire.send(self._desk.standing())
            case Ask():
                await self._answer(first, wire)

    async def _answer(self, ask: Ask, wire: CoreWire[CloudIn]) -> None:
        """Answer; give it up the moment the core closes its end or says what makes no sense."""
        noted = asyncio.Event()
        answering = asyncio.ensure_future(self._desk.answer(ask, wire, noted))
        listening = asyncio.ensure_future(_listen(wire, noted))
        try:
            await asyncio.wait({answering, listening}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (answering, listening):
                task.cancel()
            ended = await asyncio.gather(answering, listening, return_exceptions=True)
        if isinstance(ended[0], Exception):
            raise ended[0]


async def _listen(wire: CoreWire[CloudIn], noted: asyncio.Event) -> None:
    """Returns when the core has closed its end."""
    while isinstance(await wire.receive(), Noted):
        noted.set()


def _caller(writer: asyncio.StreamWriter) -> int:
    """User id of who has connected (unix(7), SO_PEERCRED)."""
    sock = writer.get_extra_info("socket")
    pid_uid_gid = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", pid_uid_gid)[1])


def _welcome(door: socket.socket) -> set[int]:
    """Who may speak: root, this user, and whom the service manager has given the socket to."""
    users = {0, os.getuid()}
    with contextlib.suppress(OSError):
        users.add(Path(os.fsdecode(door.getsockname())).stat().st_uid)
    return users


def main(argv: list[str] | None = None) -> int:
    """Be the part of a core that has no service manager."""
    parser = argparse.ArgumentParser(prog="roomtone.app.cloud")
    parser.add_argument("--door", type=int, required=True, help="a listening Unix socket")
    parser.add_argument("--core", type=int, required=True, help="a socket that the core closes")
    parser.add_argument("--config", type=Path, default=None)
    options = parser.parse_args(argv)

    def load() -> Config:
        return configuration.load(options.config)

    door, core = (socket.socket(fileno=number) for number in (options.door, options.core))
    return serve(load(), door, load, core)


if __name__ == "__main__":
    raise SystemExit(main())
