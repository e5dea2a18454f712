"""The same pipeline with a file as the microphone and a file as the loudspeaker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from roomtone.app.build import Core, build
from roomtone.app.config import Config
from roomtone.app.run import beside, running, whole
from roomtone.app.setups import Sounds
from roomtone.base import message
from roomtone.base.clock import StreamClock
from roomtone.base.error import OwnerError
from roomtone.base.event import Event, Fault
from roomtone.turn.state import State

AHEAD = 0.1
"""Seconds the stream may run ahead of the core's last word while nobody waits for an answer."""

TAIL = 15.0
"""Seconds after the file within which a running timer is still waited for."""


async def replay(
    config: Config,
    source: Path,
    sink: Path | None,
    tell: Callable[[Event], None],
    *,
    realtime: bool = False,
) -> None:
    """Play `source` to Roomtone and write what it says to `sink`; `tell` hears every event.

    Without `realtime`, stretches in which nobody waits for an answer run as fast as the machine
    can; from the end of speech to the end of the answer's making, the stream keeps to the clock on
    the wall, so that delays in the output are true. Nothing is kept. Raises OwnerError, PartError.
    """
    _check(source, sink)
    clock = StreamClock(time.time())
    sounds = Sounds(
        input_file=str(source), output_file=str(sink) if sink else "", realtime=realtime
    )
    core = await build(config, sounds, clock=clock, private=True)
    core.bulletin.listen(tell)
    stage = Stage(core, clock, paced=realtime)
    core.bulletin.listen(stage.note)
    core.ear.tell(stage.heard)
    async with running(core, whole), beside(stage.pace()):
        await stage.over()


def _check(source: Path, sink: Path | None) -> None:
    if not source.is_file():
        fault = "is a folder" if source.is_dir() else "there is no such file"
        raise OwnerError(f"{source}: {fault}; give a recording (wav, flac, ogg, mp3)")
    if sink is not None and not sink.parent.is_dir():
        raise OwnerError(f"{sink}: there is no such folder; make it or change --out")
    if sink is not None and sink.exists() and sink.samefile(source):
        raise OwnerError(f"{sink}: is the recording itself; choose another file for --out")


class Stage:
    """Moves the file's clock along and knows when the play is over."""

    def __init__(self, core: Core, clock: StreamClock, *, paced: bool) -> None:
        self._core = core
        self._clock = clock
        self._paced = paced
        self._ended_at: float | None = None
        self._broken = ""
        self._quiet = asyncio.Event()
        self._ticked = asyncio.Event()

    async def heard(self, said: message.EarOut) -> None:
        """Move the clock, then let the conductor have the message."""
        if isinstance(said, message.Tick):
            await self._clock.move(said.t)
        elif isinstance(said, message.InputEnded):
            self._ended_at = said.t
        await self._core.conductor.heard(said)
        if isinstance(said, message.Tick):
            if await self._finished(said):
                self._quiet.set()
            self._ticked.set()

    def note(self, happened: Event) -> None:
        """Note what is wrong with the file; a lost ear ends the play, a short file does not."""
        if not isinstance(happened, Fault) or happened.recovered_ms is not None:
            return
        if happened.part == "ear":
            self._broken = happened.fault
            if happened.action == "restart":
                self._quiet.set()

    async def over(self) -> None:
        """Wait for the end. Raises OwnerError when something is wrong with a file."""
        await self._quiet.wait()
        if self._broken:
            raise OwnerError(f"{self._broken}; what could be read was heard")

    async def pace(self) -> None:
        """Grant stream time: freely while nobody waits, by the wall's clock while someone does."""
        if self._paced:
            return
        granted = AHEAD
        await self._core.ear.send(message.Grant(t=granted))
        while True:
            if self._core.conductor.making:
                began, base = time.monotonic(), granted
                while self._core.conductor.making:
                    await asyncio.sleep(0.02)
                    granted = base + time.monotonic() - began
                    await self._core.ear.send(message.Grant(t=granted))
            else:
                self._ticked.clear()
                granted = max(granted, self._core.ear.t + AHEAD)
                await self._core.ear.send(message.Grant(t=granted))
                await self._ticked.wait()

    async def _finished(self, tick: message.Tick) -> bool:
        conductor = self._core.conductor
        if self._ended_at is None or conductor.state is not State.ASLEEP or conductor.busy:
            return False
        if tick.queued > 0:
            return False
        timers = await self._core.memory.timers()
        return not timers or timers[0].due - self._clock.now() > TAIL
