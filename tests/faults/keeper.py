"""A process that keeps what the core keeps, through the core's own memory and store.

It takes one order a line and answers each with one line of JSON, so that a test can break the
disk under it, kill it, and ask what it knows. Run with the state folder as the argument.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from roomtone.app.faults import Faults
from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import WallClock
from roomtone.store.store import Store
from roomtone.system import paths
from roomtone.turn.record import Turn


class Keeper:
    """Does what the orders say."""

    def __init__(self, folder: Path) -> None:
        self.faults = Faults()
        self.recovered: list[int] = []
        self._bulletin = Bulletin()
        self._bulletin.listen(self.faults.note)
        self._bulletin.listen(self._note)
        self._store = Store(
            folder / "roomtone.db", folder / "key", prepare=lambda: paths.private_folder(folder)
        )

    async def open(self) -> None:
        self._memory = await Memory.open(self._store, WallClock(), self._bulletin, 30)
        self._writing = asyncio.create_task(self._memory.write())

    async def do(self, order: str, *rest: str) -> object:
        """Seconds for `timer`, a list for a question, None for all else."""
        memory = self._memory
        began = time.monotonic()
        answer: object = None
        match order:
            case "timer":
                await memory.add_timer(3600, rest[0], time.time())
                answer = time.monotonic() - began
            case "cancel":
                running = await memory.timers()
                await memory.cancel_timers(tuple(one.id for one in running if one.name == rest[0]))
            case "volume":
                await memory.set_volume(float(rest[0]))
            case "turn":
                memory.add(Turn(started=time.time(), heard=" ".join(rest), reply="Yes."))
                await memory.drain()
            case "timers":
                answer = sorted(one.name for one in await memory.timers())
            case "heard":
                answer = [turn.heard for turn in await memory.history(10_000)]
            case "faults":
                answer = [one.kind for one in self.faults.active()]
            case "action":
                answer = [f"{one.fault} | {one.action}" for one in self.faults.active()]
            case "recovered":
                answer = self.recovered
            case "close":
                await memory.close()
        return answer

    def _note(self, happened: event.Event) -> None:
        if isinstance(happened, event.Fault) and happened.recovered_ms is not None:
            self.recovered.append(happened.recovered_ms)


async def main(folder: Path) -> None:
    keeper = Keeper(folder)
    await keeper.open()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        sys.stdout.write(json.dumps(await keeper.do(*line.split())) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
