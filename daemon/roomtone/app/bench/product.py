"""Roomtone itself on a recording, in real time: what its processes tell and what they cost."""

from __future__ import annotations

import contextlib
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
from roomtone.base.clock import StreamClock
from roomtone.base.event import Event
from roomtone.system.settings import ModelSettings
from roomtone.turn.settings import FollowUpSettings

TICKS = os.sysconf("SC_CLK_TCK")

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

    @property
    def t(self) -> float:
        """Seconds of the recording that the ear has heard."""
        return self.core.ear.t

    def cpu(self) -> dict[str, float]:
        """Processor seconds of each process so far; `core` is this one."""
        spent = {child.name: cpu_of(child.pid) for child in self.core.children if child.pid}
        return spent | {"core": time.process_time()}

    async def reach(self, t: float) -> None:
        """Wait until it has heard `t` seconds."""
        while self.t < t:
            await self.core.ear.tick()

    async def over(self) -> None:
        """Wait for the end of the recording and of what it brought about. Raises OwnerError."""
        await self._stage.over()


@contextlib.asynccontextmanager
async def product(
    config: Config,
    source: Path,
    sink: Path,
    tell: Callable[[Event], None],
    forced: Known | None = None,
) -> AsyncIterator[Product]:
    """Roomtone with `source` as its microphone, in real time, and `sink` as its loudspeaker.

    `forced` gives its models their words. Raises OwnerError, PartError.
    """
    clock = StreamClock(time.time())
    sounds = Sounds(input_file=str(source), output_file=str(sink), realtime=True)
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
