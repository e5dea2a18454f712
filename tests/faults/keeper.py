"""A process that keeps what the core keeps, through the core's own memory and store.

It takes one order a line and answers each with one line of JSON, so that a test can break the
disk under it, set its clock, kill it, and ask what it knows. Run with the state folder as the
argument; $BOOT names the run of the machine, which is then as old as the process, and $AHEAD is by
how many seconds its wall clock is ahead.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from roomtone.app.alarm import Alarm
from roomtone.app.faults import Faults
from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import Moment, WallClock, local
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store
from roomtone.system import paths
from roomtone.turn.port import Sound
from roomtone.turn.record import Turn

QUESTIONS = (
    *("action", "alarms", "faults", "heard", "muted", "rang", "restored", "time", "timers"),
    "told",
)


class Clock(WallClock):
    """The machine's clocks, of which the one on the wall can be set."""

    def __init__(self) -> None:
        self.ahead = float(os.environ.get("AHEAD", "0"))
        self._began = super().read().elapsed

    def now(self) -> float:
        return super().now() + self.ahead

    def read(self) -> Moment:
        true = super().read()
        boot = os.environ.get("BOOT", "")
        return Moment(
            wall=true.wall + self.ahead,
            elapsed=true.elapsed - (self._began if boot else 0.0),
            boot=boot or true.boot,
        )


class Keeper:
    """Does what the orders say."""

    def __init__(self, folder: Path) -> None:
        self.faults = Faults()
        self.told: list[str] = []
        self.rang: list[str] = []
        self.clock = Clock()
        self._bulletin = Bulletin()
        self._bulletin.listen(self.faults.note)
        self._bulletin.listen(self._note)
        self._store = Store(
            folder / "roomtone.db", folder / "key", prepare=lambda: paths.private_folder(folder)
        )

    async def open(self) -> None:
        self._memory = await Memory.open(self._store, self.clock, self._bulletin, KeepSettings())
        alarm = Alarm(self._memory, self._announce, self.clock, 1.0, self._bulletin)
        self._memory.on_timers(alarm.changed)
        self._tasks = [
            asyncio.create_task(work)
            for work in (self._memory.write(), self._memory.retain(), alarm.run())
        ]

    async def _announce(
        self, pieces: AsyncIterator[str | Sound], why: event.TimerFired | None = None
    ) -> bool:
        self.rang += [piece async for piece in pieces if isinstance(piece, str)]
        return True

    async def do(self, order: str, *rest: str) -> object:
        """Carry out an order, or answer a question; seconds for `timer`."""
        if order in QUESTIONS:
            return await self._answer(order)
        began = time.monotonic()
        memory = self._memory
        match order:
            case "timer":
                length = int(rest[1]) if rest[1:] else 3600
                await memory.add_timer(length, rest[0], self.clock.now())
            case "alarm":
                await memory.add_alarm(dt.datetime.fromisoformat(rest[0]))
            case "cancel":
                running = await memory.timers()
                await memory.cancel_timers(tuple(one.id for one in running if one.name == rest[0]))
            case "volume":
                await memory.set_volume(float(rest[0]))
            case "turn":
                memory.archive.add(
                    Turn(started=self.clock.now(), heard=" ".join(rest), reply="Yes.")
                )
                await memory.drain()
            case "ahead":
                self.clock.ahead = float(rest[0])
            case "mute":
                self._bulletin.publish(event.Muted(on=rest[0] == "on"))
                await memory.drain()
            case "snapshot":
                await self._store.snapshot()
            case "close":
                await memory.close()
        return time.monotonic() - began

    async def _answer(self, question: str) -> object:
        memory = self._memory
        found: object = None
        match question:
            case "timers":
                found = sorted(one.name for one in await memory.timers())
            case "alarms":
                found = [one.at.isoformat() for one in await memory.alarms()]
            case "heard":
                found = [turn.heard for turn in await memory.archive.turns(10_000)]
            case "action":
                found = [f"{one.fault} | {one.action}" for one in self.faults.active()]
            case "faults":
                found = [one.kind for one in self.faults.active()]
            case "restored":
                restored = await self._store.restored()
                found = restored and restored.lost_s
            case "time":
                found = local(self.clock.now()).replace(tzinfo=None).isoformat()
            case "muted":
                found = memory.muted
            case "rang":
                found = self.rang
            case "told":
                found = self.told
        return found

    def _note(self, happened: event.Event) -> None:
        if isinstance(happened, event.Fault):
            self.told.append(happened.kind)


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
