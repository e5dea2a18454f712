"""What listening costs while nobody speaks to it, beside the stock openwakeword loop."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

import msgspec
import numpy as np

from roomtone.app.bench.plot import bars
from roomtone.app.bench.processes import Cost, Reading, cost, reading
from roomtone.app.bench.product import configured
from roomtone.app.bench.recording import Sound, write
from roomtone.app.bench.report import Report, Row
from roomtone.app.bench.shapes.models import Models, Tell, models
from roomtone.app.bench.television import programme
from roomtone.app.build import Core, build
from roomtone.app.command import positive
from roomtone.app.config import Config
from roomtone.app.run import running, whole
from roomtone.app.setups import Sounds
from roomtone.base import event
from roomtone.base.clock import StreamClock
from roomtone.base.frame import SAMPLE_RATE

SETTLING = 12.0
"""Seconds of each scene before anything is counted: models are warm, and the room is known."""

QUIET_DB = -60.0
"""Noise of the quiet room, dB of full scale."""

STOCK = "openwakeword"
"""Name of the stock loop among the processes."""

NOTHING = Cost(cpu=float("nan"), wakeups=float("nan"), memory=float("nan"))
"""Of a stock loop that is not installed."""

QUIET, SPEECH, TELEVISION, DEVICES = "quiet room", "speech", "television", "this room"


ABSENT = f"The stock loop is not installed: pip install {STOCK}==0.4.0"


class Demand(msgspec.Struct, frozen=True):
    """What the ear may cost in a scene."""

    cpu: float
    """Percent of a core."""
    ratio: float
    """How many times as much processor time the stock loop takes at least."""
    wakeups: float = float("inf")
    """A second."""
    memory: float = 80.0
    """Megabytes."""

    def words(self) -> str:
        """For the table."""
        wakeups = f", <= {self.wakeups:.0f} wake-ups" if self.wakeups < float("inf") else ""
        return f"<= {self.cpu} %, >= {self.ratio:.0f} times{wakeups}, <= {self.memory:.0f} MB"


DEMANDS = {
    QUIET: Demand(0.3, 10, 12),
    SPEECH: Demand(3.0, 2),
}


class Stock(NamedTuple):
    """The stock loop, waiting."""

    pid: int
    wire: IO[bytes]

    def begin(self) -> None:
        """Listen from now on."""
        self.wire.write(b"\n")
        self.wire.flush()


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One scene, measured."""

    name: str
    costs: dict[str, Cost]
    """Process -> what it cost; the ear, the core, the other parts, and the stock loop."""
    wakes: int


def add(parser: argparse.ArgumentParser) -> None:
    """Its own arguments."""
    parser.add_argument("--seconds", type=positive, default=60, help="of each scene; else 60")
    parser.add_argument(
        "--devices",
        action="store_true",
        help="listen to this room too, through its microphone, as it is now",
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw it too")


def run(options: argparse.Namespace, tell: Tell) -> Report:
    """Measure. Raises OwnerError, PartError."""
    found = models(options.shapes, options.configuration, tell)
    config = configured(options.configuration, found)
    length = SETTLING + options.seconds
    scenes = []
    with tempfile.TemporaryDirectory() as folder:
        for name, sound in _sounds(found, length):
            tell(f"{name}, {length:.0f} s")
            source = Path(folder) / "room.wav"
            write(source, sound)
            scenes.append(asyncio.run(_scene(name, config, source, options.seconds, heard=True)))
            if name == QUIET and options.devices:
                tell(f"{DEVICES}, {length:.0f} s")
                scene = _scene(DEVICES, config, source, options.seconds, heard=False)
                scenes.append(asyncio.run(scene))
    report = told(scenes, found.label, options.seconds)
    if options.svg:
        drawn = {
            f"{scene.name}, {who}": scene.costs[process].cpu
            for scene in scenes
            for who, process in (("Roomtone", "ear"), (STOCK, STOCK))
            if process in scene.costs
        }
        options.svg.write_text(bars("Listening: percent of a core", drawn, "%"), encoding="utf-8")
    return report


def told(scenes: Sequence[Scene], label: str, seconds: float) -> Report:
    """What was measured, as a report."""
    return Report(
        title="What listening costs",
        rows=[*(_ear(scene) for scene in scenes), *_processes(scenes)],
        notes=[
            f"Models: {label}.",
            f"Each scene {seconds:.0f} s after {SETTLING:.0f} s of settling, in real time; the "
            f"stock {STOCK} loop (one word, ONNX) hears the same at the same time, in a process "
            "of its own.",
            *([ABSENT] if any(STOCK not in scene.costs for scene in scenes) else []),
            f"Scenes come from files: noise at {QUIET_DB:.0f} dB, talk with pauses in it, talk "
            f"over music. A sound device's own threads are in `{DEVICES}` only (--devices); the "
            "stock loop hears the quiet room's file there.",
        ],
        series={
            f"{scene.name}: {name} CPU %": [one.cpu]
            for scene in scenes
            for name, one in scene.costs.items()
        },
    )


def _ear(scene: Scene) -> Row:
    ear, stock = scene.costs["ear"], scene.costs.get(STOCK, NOTHING)
    ratio = stock.cpu / ear.cpu if ear.cpu else float("inf")
    demand = DEMANDS.get(scene.name) if stock is not NOTHING else None
    met = (
        None
        if demand is None
        else (
            ear.cpu <= demand.cpu
            and ratio >= demand.ratio
            and ear.wakeups <= demand.wakeups
            and ear.memory <= demand.memory
        )
    )
    return Row(
        name=scene.name,
        table="The ear beside the stock loop",
        values={
            "CPU %": ear.cpu,
            "stock CPU %": stock.cpu,
            "times": ratio,
            "wake-ups/s": ear.wakeups,
            "stock wake-ups/s": stock.wakeups,
            "MB": ear.memory,
            "stock MB": stock.memory,
            "wakes": scene.wakes,
        },
        target=demand.words() if demand else "",
        met=met,
    )


def _processes(scenes: Sequence[Scene]) -> Iterator[Row]:
    for scene in scenes:
        for name, one in scene.costs.items():
            if name != STOCK:
                values = {"CPU %": one.cpu, "wake-ups/s": one.wakeups, "MB": one.memory}
                yield Row(name=name, table=f"All processes, {scene.name}", values={**values})


def _sounds(found: Models, length: float) -> Iterator[tuple[str, Sound]]:
    dice = np.random.default_rng(1)
    noise = dice.normal(0, 32768 * 10 ** (QUIET_DB / 20), round(length * SAMPLE_RATE))
    yield QUIET, np.rint(noise).astype(np.int16)
    talk = programme(found.voice, None, length, music=False)
    yield SPEECH, np.clip(talk + noise, -32768, 32767).astype(np.int16)
    yield TELEVISION, programme(found.voice, None, length)


async def _scene(name: str, config: Config, source: Path, seconds: float, *, heard: bool) -> Scene:
    """The product in this scene, and the stock loop beside it. Raises OwnerError, PartError."""
    sounds = Sounds(input_file=str(source), realtime=True) if heard else Sounds()
    clock = StreamClock(time.time())
    core = await build(config, sounds, clock=clock, private=True)
    wakes: list[event.Event] = []
    core.bulletin.listen(wakes.append)
    head = core.setups.ear().files.heads[next(iter(config.wake.words))]
    with _stock(source, head) as stock:
        async with running(core, whole):
            if stock is not None:
                stock.begin()
            await asyncio.sleep(SETTLING - 2)
            pids = _pids(core) | ({STOCK: stock.pid} if stock else {})
            before = {one: reading(pid) for one, pid in pids.items()}
            began = time.monotonic()
            await asyncio.sleep(seconds)
            costs = _costs(pids, before, time.monotonic() - began)
    count = sum(isinstance(one, event.WakeHeard) for one in wakes)
    return Scene(name=name, costs=costs, wakes=count)


def _pids(core: Core) -> dict[str, int]:
    children = {child.name: child.pid for child in core.children if child.pid}
    return {"ear": children.pop("ear", 0), "core": os.getpid()} | children


def _costs(pids: dict[str, int], before: dict[str, Reading], seconds: float) -> dict[str, Cost]:
    return {name: cost(pid, before[name], seconds) for name, pid in pids.items()}


@contextlib.contextmanager
def _stock(source: Path, head: str) -> Iterator[Stock | None]:
    """The stock loop, loaded; None when it is not installed."""
    command = [sys.executable, "-m", "roomtone.app.bench.stock_wake", str(source), head]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        try:
            wire, ready = process.stdin, process.stdout and process.stdout.readline()
            yield Stock(process.pid, wire) if wire and ready else None
        finally:
            process.kill()
