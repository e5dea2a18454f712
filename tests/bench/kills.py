"""Kills a writer at random moments and looks whether anything acknowledged is missing.

    python tests/bench/kills.py [KILLS] [SEED] [core|store]

The writer is the core's own memory over its own store, without models or sound: it keeps a turn,
sets and cancels timers and says so, line by line. It is killed between 0 and 40 ms after its first
word, started again on what is left, and every line of it must be found. With `store` it is a
light writer on the database itself; see `killing`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import multiprocessing
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.killing import kill_store
from roomtone.app.memory import Memory
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import WallClock
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store
from roomtone.turn.record import Turn

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["roomtone.app.memory"])

STORY = "Yes. " * 50

MEMORY = Path("/dev/shm")  # noqa: S108 - a kill takes nothing from the kernel's memory of files


def write(folder: Path, life: str, pipe: Connection) -> None:
    """Keep things and acknowledge each, until killed."""
    asyncio.run(_live(folder, life, pipe.send))


async def _live(folder: Path, life: str, told: Callable[[str], None]) -> None:
    store = Store(folder / "roomtone.db", folder / "key")
    memory = await Memory.open(store, WallClock(), Bulletin(), KeepSettings())
    for timer in await memory.timers():
        told(f"timer {timer.name}")
    for turn in await memory.archive.turns(1_000_000):
        told(f"turn {turn.heard}")
    told(f"volume {memory.volume}")
    told("begun")
    for number in itertools.count():
        name = f"{life}-{number}"
        memory.archive.add(Turn(started=time.time(), heard=name, reply=STORY))
        await memory.drain()
        told(f"turn {name}")
        timer = await memory.add_timer(3600, name, time.time())
        told(f"timer {name}")
        told("choosing")
        await memory.set_volume(number % 10 / 10)
        told(f"volume {number % 10 / 10}")
        if number % 3 == 2:
            told(f"cancelling {name}")
            await memory.cancel_timers((timer.id,))
            told(f"cancelled {name}")


class Toll(NamedTuple):
    """What became of it."""

    kills: int
    acknowledged: int
    lost: int
    slowest: float
    """Seconds of the slowest start."""


class Ledger:
    """What was acknowledged over all lives."""

    def __init__(self) -> None:
        self.turns: set[str] = set()
        self.timers: set[str] = set()
        self.struck: set[str] = set()
        self.volume = ""
        self.count = 0

    def note(self, line: str) -> None:
        """One acknowledgement."""
        kind, _, name = line.partition(" ")
        self.count += 1
        match kind:
            case "turn":
                self.turns.add(name)
            case "timer":
                self.timers.add(name)
            case "cancelling":
                self.timers.discard(name)
            case "cancelled":
                self.struck.add(name)
            case "choosing":
                self.volume = ""
            case "volume":
                self.volume = name

    def missing(self, found: list[str]) -> int:
        """How many things of it are not in what a new life has found, or should not be."""
        turns = {line[5:] for line in found if line.startswith("turn ")}
        timers = {line[6:] for line in found if line.startswith("timer ")}
        other = self.volume and f"volume {self.volume}" not in found
        gone = len(self.turns - turns) + len(self.timers - timers) + len(self.struck & timers)
        return gone + bool(other)


class Life:
    """One writer, from its start to its death."""

    def __init__(self, folder: Path, name: str) -> None:
        self._pipe, theirs = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=write, args=(folder, name, theirs))
        self._process.start()
        theirs.close()

    def found(self) -> tuple[list[str], float]:
        """What it found at its start, and the seconds until it said so."""
        began = time.monotonic()
        found: list[str] = []
        while (line := self._next()) != "begun":
            found.append(line)
        return found, time.monotonic() - began

    def die(self, after: float) -> list[str]:
        """Kill it after that many seconds; all that it acknowledged."""
        time.sleep(after)
        self._process.kill()
        self._process.join()
        said = []
        with contextlib.suppress(EOFError, OSError):
            while True:
                said.append(self._pipe.recv())
        self._pipe.close()
        return said

    def _next(self) -> str:
        if not self._pipe.poll(30):
            raise SystemExit("the writer does not start")
        return str(self._pipe.recv())


def kill_many(folder: Path, kills: int, seed: int) -> Toll:
    """Let a writer live and die `kills` times on `folder`."""
    draw = random.Random(seed)  # noqa: S311 - the same moments every time
    ledger, lost, slowest = Ledger(), 0, 0.0
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(kills + 1):
        life = Life(folder, str(number))
        found, seconds = life.found()
        slowest = max(slowest, seconds)
        lost += ledger.missing(found)
        for line in life.die(draw.uniform(0.0, 0.04)):
            ledger.note(line)
    return Toll(kills, ledger.count, lost, slowest)


def main() -> None:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench kills", description="Kill a writer at random moments; what is missing?"
    )
    parser.add_argument("kills", nargs="?", type=int, default=1000)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument(
        "who", nargs="?", default="core", choices=("core", "store"), help="store: a light writer"
    )
    options = parser.parse_args()
    kills, seed, who = options.kills, options.seed, options.who
    began = time.monotonic()
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        if who == "store":
            light = kill_store(Path(folder) / "state", kills, seed)
            lost, told = light.lost, f"by what was killed: {light.hit}"
            acknowledged = light.acknowledged
        else:
            toll = kill_many(Path(folder) / "state", kills, seed)
            lost, told = toll.lost, f"slowest start {toll.slowest:.2f} s"
            acknowledged = toll.acknowledged
    print(
        f"{kills} kills, seed {seed}: {acknowledged} acknowledged, {lost} lost, {told}, "
        f"{time.monotonic() - began:.0f} s in all"
    )
    raise SystemExit(1 if lost else 0)


if __name__ == "__main__":
    main()
