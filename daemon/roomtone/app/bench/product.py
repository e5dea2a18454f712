"""Roomtone itself on a recording, in real time: what its processes tell and what they cost."""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from roomtone.app.bench.oracle import PLACE, Known
from roomtone.app.bench.shapes.models import Models
from roomtone.app.build import Core, build
from roomtone.app.config import Config
from roomtone.app.replay import Stage
from roomtone.app.run import running, whole
from roomtone.app.setups import Sounds
from roomtone.base import message
from roomtone.base.clock import StreamClock
from roomtone.base.error import PartError
from roomtone.base.event import Event
from roomtone.system.settings import ModelSettings
from roomtone.turn.settings import FollowUpSettings
from roomtone.turn.state import State

TICKS = os.sysconf("SC_CLK_TCK")

AHEAD = 0.1
"""Seconds that the stream may run beyond the place that is waited for: more than a tick."""

RESTING = 0.15
"""Seconds without work after which all parts rest."""

RESTLESS = 4.0
"""Seconds after which that is not waited for any longer."""

FORCED = {
    "transcriber": "roomtone.app.bench.forced_transcriber",
    "thinker": "roomtone.app.bench.forced_thinker",
}


def configured(config: Config, models: Models) -> Config:
    """The configuration with these models, without cues and without anything of the cloud."""
    replace = msgspec.structs.replace
    return replace(
        config,
        models=ModelSettings(speech=models.speech, language=models.language, voice=models.voice),
        cues=replace(config.cues, enabled=False),
        cloud=replace(config.cloud, policy="local"),
        follow_up=FollowUpSettings(seconds=0),
        wake=replace(config.wake, words={"hey_jarvis": 0.5}),
    )


class Product:
    """The parts while they run."""

    def __init__(self, core: Core, stage: Stage) -> None:
        self.core = core
        self._stage = stage

    def cpu(self) -> dict[str, float]:
        """Processor seconds of each process so far; `core` is this one."""
        spent = {child.name: cpu_of(child.pid) for child in self.core.children if child.pid}
        return spent | {"core": time.process_time()}

    async def converse(self, end: float, until: float) -> None:
        """Let somebody speak until `end`, and wait for the answer, at the pace of a room.

        The rest of the place, until `until`, goes by as fast as it can, for all of the answer is
        made by then. One that is not over there is hushed. All parts rest at the end. Raises
        PartError.
        """
        await self._grant(until, timed=True)
        while self._t < end or (self._t < until and not self._answered):
            await self._tick()
        await self._grant(until, timed=False)
        while self._t < until:
            await self._tick()
        await self.rest()
        if not self._free:
            await self.core.conductor.hush()
            await self.rest()

    async def rest(self) -> None:
        """Wait until no part but the ear, which stands still, has had any work for a while."""
        began = quiet_since = time.monotonic()
        last = -1.0
        while (now := time.monotonic()) < min(quiet_since + RESTING, began + RESTLESS):
            spent = sum(used for name, used in self.cpu().items() if name not in {"ear", "core"})
            if spent > last + 1.5 / TICKS:
                quiet_since, last = now, spent
            await asyncio.sleep(0.02)

    async def over(self) -> None:
        """Wait for the end of the recording and of what it brought about. Raises OwnerError."""
        await self._grant(math.inf, timed=False)
        await self._stage.over()

    @property
    def _t(self) -> float:
        """Seconds of the recording that the ear has heard."""
        return self.core.ear.t

    @property
    def _answered(self) -> bool:
        """Whether nobody is listened to and all sound is made, though not yet played."""
        conductor = self.core.conductor
        waited_for = conductor.state in {State.LISTENING, State.THINKING} or conductor.making
        return not waited_for

    @property
    def _free(self) -> bool:
        conductor = self.core.conductor
        return conductor.state is State.ASLEEP and not conductor.busy

    async def _grant(self, t: float, *, timed: bool) -> None:
        await self.core.ear.send(message.Grant(t=t + AHEAD, timed=timed))

    async def _tick(self) -> None:
        await self.core.ear.tick()
        if not self.core.ear.child.up:
            raise PartError("ear", "went away")


@contextlib.asynccontextmanager
async def product(
    config: Config,
    source: Path,
    sink: Path,
    tell: Callable[[Event], None],
    forced: Known | None = None,
) -> AsyncIterator[Product]:
    """Roomtone with `source` as its microphone and `sink` as its loudspeaker; it stands still.

    `forced` gives its models their words. Raises OwnerError, PartError.
    """
    clock = StreamClock(time.time())
    sounds = Sounds(input_file=str(source), output_file=str(sink), realtime=False, live=True)
    core = await build(config, sounds, clock=clock, private=True)
    if forced is not None:
        place = source.with_suffix(".oracle.json")
        place.write_bytes(msgspec.json.encode(forced))
        os.environ[PLACE] = str(place)
        for part in core.workers:
            part.child.module = FORCED.get(part.child.name, part.child.module)
    core.bulletin.listen(tell)
    stage = Stage(core, clock, paced=True)
    core.bulletin.listen(stage.note)
    core.ear.tell(stage.heard)
    async with running(core, whole):
        yield Product(core, stage)


def cpu_of(pid: int) -> float:
    """Processor seconds of a process so far; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
