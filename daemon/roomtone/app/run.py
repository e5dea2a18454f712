"""Start the parts in order, keep them, stop them in the opposite order."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import importlib
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from roomtone.app import chronicle, receipt
from roomtone.app.build import Core, build
from roomtone.app.climate import Climate
from roomtone.app.cloud_process import CloudProcess
from roomtone.app.config import Config, places
from roomtone.app.control import Controls
from roomtone.app.liveness import Liveness
from roomtone.app.phrases import phrases
from roomtone.app.rehearsal import Rehearsal
from roomtone.app.relief import Relief
from roomtone.app.reload import Reloader
from roomtone.app.status import Standing
from roomtone.base.child import Child
from roomtone.base.error import OwnerError, PartError, first_of_group
from roomtone.base.event import Event, ReplyFinished
from roomtone.base.timed import timed
from roomtone.system import hooks
from roomtone.system.notify import Notifier
from roomtone.system.paths import SYSTEM_CLOUD_SOCKET
from roomtone.system.walls import probe
from roomtone.turn.state import State
from roomtone.web.door import claim

_log = logging.getLogger(__name__)

START_PATIENCE = 120.0
"""Seconds for the models to load; a large one from an SD card needs most of it."""

FIRST_FRAME = 10.0
"""Seconds from an ear that is up to its first frame; it tells by then what keeps it from it."""

FADE_PATIENCE = 1.5
"""Seconds that a sentence has to fade out when the daemon stops."""

SETTLING = 1.0
"""Seconds in which the ledger is completed at the end."""

DEVICE = 0.1
"""Seconds that a device may hold back more than it says."""


async def run(
    config: Config,
    reread: Callable[[], Config],
    tell: Callable[[Event], None] = chronicle.write,
    source: Path | None = None,
) -> None:
    """The daemon: until SIGINT or SIGTERM; SIGHUP reads the configuration again with `reread`.

    `tell` hears every event; `source` is the file of the configuration, if one was named. Raises
    OwnerError when it cannot hear and the owner must act.
    """
    faulthandler.enable()
    asyncio.get_running_loop().set_exception_handler(hooks.lost)
    notifier = Notifier()
    with claim(places(config).socket) as door:
        core = await build(config)
        core.bulletin.listen(tell)
        liveness = Liveness(core, notifier)
        relief = Relief(core.ear, core.thinker, core.transcriber, core.newsroom.tell)
        reloader = Reloader(core, reread, notifier)
        controls = Controls(
            core, Standing(core, liveness, await asyncio.to_thread(probe)), reloader.reload
        )
        async with (
            stoppable(reloader.begin) as stop,
            running(core, lambda core: unless(stop, come_up(core, notifier))),
            beside(liveness.run()),
            beside(relief.watch()),
            beside(rehearsal(core).run()),
            way_out(core, source),
            beside(Climate(core.newsroom.tell).watch()),
            serving(controls, door),
        ):
            await unless(stop, liveness.hears(FIRST_FRAME))
            if stop.is_set():
                return
            notifier.ready()
            _log.info("ready", extra={"event": "ready", "hears": core.ear.microphone})
            await stop.wait()
            notifier.stopping()
            await fall_silent(core)


@contextlib.asynccontextmanager
async def running(core: Core, come_up: Callable[[Core], Any]) -> AsyncIterator[None]:
    """All parts and the alarm, up as far as `come_up` demands; leaving stops them.

    What is kept and what must ring does not wait for the models. Raises OwnerError, PartError.
    """
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(core.memory.close)
        stack.push_async_callback(receipt.written, SETTLING)
        await stack.enter_async_context(beside(core.memory.write()))
        await stack.enter_async_context(beside(core.memory.retain()))
        await stack.enter_async_context(alive(*core.children))
        await stack.enter_async_context(beside(core.alarm.run()))
        await come_up(core)
        await stack.enter_async_context(beside(keep_warm(core)))
        yield


async def whole(core: Core) -> None:
    """Every part is up. Raises the first OwnerError or PartError."""
    with first_of_group():
        async with asyncio.TaskGroup() as group:
            for child in core.children:
                group.create_task(child.ready(START_PATIENCE))
    core.router.prepare()


async def come_up(core: Core, notifier: Notifier) -> None:
    """The ear is up, and every other part is, or has said why not: the house can use what works.

    Raises OwnerError, PartError.
    """
    notifier.loading(START_PATIENCE)
    notifier.status("Loading the models.")
    workers = [asyncio.create_task(_settled(part.child)) for part in core.workers]
    ahead = asyncio.create_task(asyncio.to_thread(_load_ahead, core))
    await core.ear.child.ready(START_PATIENCE)
    await asyncio.wait([*workers, ahead])


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Await `work`, but not beyond `stop`. Raises what it raises."""
    task, told = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([task, told], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        for one in (task, told):
            one.cancel()
        await asyncio.wait([task, told])


def rehearsal(core: Core) -> Rehearsal:
    """Set phrases get their sound while nobody speaks, listens or waits."""
    conductor = core.conductor
    return Rehearsal(
        core.voice,
        lambda: phrases(core.router, core.answerer.settings.name),
        core.bulletin,
        lambda: conductor.state is State.ASLEEP and not conductor.making,
    )


def _load_ahead(core: Core) -> None:
    """Do what hearing does not need, and what is slow, while the parts load."""
    importlib.import_module("roomtone.web.server")
    core.router.prepare()


async def _settled(child: Child[Any]) -> None:
    try:
        await child.ready(START_PATIENCE)
    except (OwnerError, PartError) as problem:
        _log.warning("starting without a part", extra={"part": child.name, "why": str(problem)})


async def fall_silent(core: Core) -> None:
    """Fade out what is being said."""
    if not core.conductor.busy:
        return
    with contextlib.suppress(PartError, TimeoutError):
        async with timed(FADE_PATIENCE):
            over = core.ear.next_ending() if core.ear.sounding else None
            await core.conductor.hush()
            if over is not None:
                await over
                await asyncio.sleep(DEVICE)


@contextlib.asynccontextmanager
async def stoppable(reload: Callable[[], None]) -> AsyncIterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set; SIGHUP calls `reload`."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, reload)
    yield stop


@contextlib.asynccontextmanager
async def serving(controls: Controls, door: socket.socket) -> AsyncIterator[None]:
    """The control socket answers."""
    from roomtone.web.server import serve

    async with serve(controls, door):
        yield


@contextlib.asynccontextmanager
async def way_out(core: Core, source: Path | None) -> AsyncIterator[None]:
    """The way to the internet, which a service manager starts; else it is started when needed."""
    if core.paths.cloud_socket == SYSTEM_CLOUD_SOCKET:
        yield
        return
    process = CloudProcess(source, core.paths.cloud_socket)
    core.outside.prepare = process.begin
    try:
        async with beside(core.outside.look()):  # where it may be asked, it starts meanwhile
            yield
    finally:
        await process.stop()


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
    """A task that runs beside the body and ends with it; an earlier end is told."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell_the_end)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _tell_the_end(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        # A traceback could hold what was said.
        extra = {"task": task.get_name(), "error": type(error).__name__}
        _log.error("a task was lost", extra=extra)


async def keep_warm(core: Core) -> None:
    """Have the thinker read each exchange when it is over: the next answer starts sooner."""
    async for happened in core.bulletin.follow():
        if isinstance(happened, ReplyFinished):
            await core.thinker.warm(*core.answerer.context())
