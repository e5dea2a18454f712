"""Start the parts in order, keep them, stop them in the opposite order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from typing import Any

from roomtone.app.build import Core
from roomtone.app.control import Controls
from roomtone.base.child import Child
from roomtone.base.error import RoomtoneError
from roomtone.base.event import ReplyFinished
from roomtone.web.server import serve

START_PATIENCE = 120.0
"""Seconds for the models to load; a large one from an SD card needs most of it."""


async def run(core: Core) -> None:
    """The daemon: until SIGINT or SIGTERM. Raises OwnerError when it cannot start."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(core), serving(core):
        await stop.wait()


@contextlib.asynccontextmanager
async def running(core: Core) -> AsyncIterator[None]:
    """All parts and the alarm, up; leaving stops them. Raises OwnerError, PartError."""
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(core.memory.close)
        children = [part.child for part in (core.ear, core.transcriber, core.thinker, core.voice)]
        await stack.enter_async_context(alive(*children))
        await all_ready(children)
        await stack.enter_async_context(beside(core.memory.write()))
        await stack.enter_async_context(beside(core.memory.forget()))
        await stack.enter_async_context(beside(core.alarm.run()))
        await stack.enter_async_context(beside(keep_warm(core)))
        yield


@contextlib.asynccontextmanager
async def serving(core: Core) -> AsyncIterator[None]:
    """The control socket. Raises OwnerError when another Roomtone holds it."""
    async with serve(Controls(core), core.paths.socket):
        yield


@contextlib.asynccontextmanager
async def alive(*children: Child[Any]) -> AsyncIterator[None]:
    """Supervised children, restarted while this lasts; they end side by side."""
    tasks = [asyncio.create_task(child.run()) for child in children]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


@contextlib.asynccontextmanager
async def beside(work: Any) -> AsyncIterator[None]:
    """A task that runs beside the body and ends with it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def keep_warm(core: Core) -> None:
    """Have the thinker read each exchange when it is over: the next answer starts sooner."""
    async for happened in core.bulletin.follow():
        if isinstance(happened, ReplyFinished):
            await core.thinker.warm(*core.answerer.context())


async def all_ready(children: list[Child[Any]]) -> None:
    """Wait until all are up. Raises the first OwnerError or PartError."""
    try:
        async with asyncio.TaskGroup() as group:
            for child in children:
                group.create_task(child.ready(START_PATIENCE))
    except* RoomtoneError as several:
        raise several.exceptions[0] from None
