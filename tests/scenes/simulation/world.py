"""One simulated room: the core as it is built and run, at the seed's mercy."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import random
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import msgspec

from fakes.virtual import VirtualLoop
from roomtone.app import build, disk, duplex, newsroom, setups
from roomtone.app.build import Core
from roomtone.app.config import Config
from roomtone.app.control import Controls
from roomtone.app.faults import Faults
from roomtone.app.run import keep_warm
from roomtone.base import child, event
from roomtone.base.clock import Moment
from roomtone.base.error import PartError
from roomtone.base.room import Timer
from roomtone.respond.route import Router
from roomtone.store.store import Store
from roomtone.turn.state import State
from scenes.simulation import people
from scenes.simulation.ear import SimEar
from scenes.simulation.lives import WORKERS, SimLife, SimTranscriber, SimWorker
from scenes.simulation.witness import Witness

EPOCH = 1_790_000_000.0
ORDERED = 60.0
"""Seconds in which an order for a timer has been carried out, or never will be."""

LATE = 60.0
"""Seconds in a quiet room in which every timer has rung."""

SETTLED = 240.0
"""Seconds in which every room is quiet again."""

router = functools.cache(Router)


class SimClock:
    """The clocks of a machine whose wall clock somebody may set."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        return EPOCH + self.offset + asyncio.get_running_loop().time()

    def read(self) -> Moment:
        elapsed = asyncio.get_running_loop().time()
        return Moment(wall=self.now(), elapsed=elapsed, boot="simulated", synchronised=False)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class World:
    """Holds the core, its simulated parts, and who watches them."""

    def __init__(
        self, loop: VirtualLoop, seed: int, state: Path | None, trace: Callable[[str], None]
    ) -> None:
        self.loop = loop
        self.dice = random.Random(seed)  # noqa: S311 - dice
        self.clock = SimClock()
        self.lives: dict[str, SimLife] = {}
        self.sick: Counter[str] = Counter()
        """Part -> starts that it will not survive."""
        self.faults: Counter[str] = Counter()
        self.turns = 0
        self.disk_fault = ""
        self.disk_slow = 0.0
        self.witness = Witness(self.trace)
        self.core: Core
        self._state = state
        self._store: Store | None = None
        self._tell = trace
        self._tasks: list[asyncio.Task[Any]] = []
        self._baseline = 0
        self._ordered: dict[str, float] = {}
        self._ambushes: dict[str, tuple[float, Callable[[], object]]] = {}
        self._unchecked = True
        loop.disk = self._disk
        loop.set_exception_handler(self._lost)

    def trace(self, line: str) -> None:
        """Tell what happens to whoever wants to know."""
        self._tell(f"{self.loop.time():12.3f} {line}")

    @contextlib.contextmanager
    def laid_out(self) -> Iterator[None]:
        """The core's edges replaced by simulated ones."""
        virtual = SimpleNamespace(monotonic=self.loop.time, time=self.clock.now)
        with contextlib.ExitStack() as stack:
            for module in (child, duplex, disk, newsroom):
                stack.enter_context(mock.patch.object(module, "time", virtual))
            stack.enter_context(mock.patch.object(child, "Life", self))
            stack.enter_context(mock.patch.object(setups.Setups, "_find", return_value="model"))
            stack.enter_context(mock.patch.object(build, "Router", router))
            faults = functools.partial(Faults, self.loop.time)
            stack.enter_context(mock.patch.object(newsroom, "Faults", faults))
            stack.enter_context(mock.patch.object(build, "_store", self._opened))
            yield

    async def begin(self, module: str, _incoming: Any, _policy: Any) -> SimLife:
        """Start a simulated process, in the place of `Life.begin`."""
        part = module.rpartition(".")[2]
        birth = SimEar if part == "ear" else WORKERS[part]
        dice = random.Random(self.dice.random())  # noqa: S311 - dice
        life = birth(dice, self.dice.uniform(0.2, 1.0))
        self.lives[part] = life
        if self.sick[part] > 0:
            self.sick[part] -= 1
            self.loop.call_later(0.1, life.die)
        if isinstance(life, SimTranscriber):
            life.asked = self._reads
        return life

    @property
    def ear(self) -> SimEar:
        """The ear that lives, or lived last."""
        ear = self.lives["ear"]
        assert isinstance(ear, SimEar)
        return ear

    def worker(self, part: str) -> SimWorker:
        """A worker that lives, or lived last."""
        worker = self.lives[part]
        assert isinstance(worker, SimWorker)
        return worker

    # --- the core

    async def start(self) -> None:
        """Build the core and start its parts."""
        config = Config()
        config = msgspec.structs.replace(
            config,
            timers=msgspec.structs.replace(config.timers, ring_seconds=6),
            hearing=msgspec.structs.replace(config.hearing, partials=self.dice.random() < 0.5),
        )
        self.core = core = await build.build(config, clock=self.clock, private=self._state is None)
        core.bulletin.listen(self.witness.note)
        core.bulletin.listen(self._spring)
        self._spy()
        works = [kept.run() for kept in core.children]
        works += [core.memory.write(), core.memory.retain(), core.alarm.run(), keep_warm(core)]
        self._tasks = [asyncio.create_task(work) for work in works]
        self.controls = Controls(core)
        for kept in core.children:
            with contextlib.suppress(PartError):
                await kept.ready(60)
        self._unchecked = True

    def ambush(self, kind: str, delay: float, act: Callable[[], object]) -> None:
        """Have something happen `delay` seconds after the next event of a kind."""
        self._ambushes[kind] = (delay, act)

    def _spring(self, happened: event.Event) -> None:
        delay, act = self._ambushes.pop(type(happened).__name__, (0.0, None))
        if act is not None:
            self.loop.call_later(delay, act)

    async def kill(self) -> None:
        """End the core as SIGKILL does: nothing more is written; all parts go with it."""
        self.trace("KILLED")
        self._ambushes.clear()
        self.turns += self.core.conductor.turn
        fault, self.disk_fault = self.disk_fault, "killed"
        for life in self.lives.values():
            life.die("", "")
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others)
        self.disk_fault = fault if fault != "killed" else ""
        self.witness.restarted()

    async def restart(self) -> None:
        """SIGKILL, and a new start."""
        await self.kill()
        await self.start()

    def _opened(self, where: Any, *, private: bool) -> Store:
        if self._state is not None:
            return Store(self._state / "roomtone.db", self._state / "key")
        if self._store is None:
            self._store = Store()
        return self._store

    def _lost(self, _loop: Any, what: dict[str, Any]) -> None:
        """An exception that nobody has caught."""
        error = what.get("exception")
        traced = "".join(traceback.format_exception(error)) if error else ""
        self.trace(f"{what['message']}\n{traced}")
        self.witness.breaks(f"{what['message']}: {error!r}")

    def _disk(self) -> float:
        if self.disk_fault:
            raise PartError("store", "the disk failed", kind="disk_failed")
        return self.disk_slow

    def _spy(self) -> None:
        memory = self.core.memory
        add, cancel = memory.add_timer, memory.cancel_timers

        async def added(seconds: int, name: str, now: float) -> Timer:
            self.witness.doubtful.add(name)  # until somebody says that it runs
            timer = await add(seconds, name, now)
            if any(one.id == timer.id for one in memory._timers.all()):  # not cancelled meanwhile
                self.witness.doubtful.discard(name)
                self.witness.set(timer, durable=memory._disk.well)
            return timer

        async def cancelled(ids: tuple[int, ...]) -> None:
            names = [timer.name for timer in await memory.timers() if timer.id in ids]
            for name in names:
                self.witness.cancelled(name, durable=False)
            await cancel(ids)
            if memory._disk.well:
                self.witness.doubtful.difference_update(names)

        memory.add_timer, memory.cancel_timers = added, cancelled

    def running(self) -> set[str]:
        """Names of the timers that run, as far as anybody knows, or were ordered just now."""
        now = self.loop.time()
        ordered = {name for name, at in self._ordered.items() if now - at < ORDERED}
        kept = {timer.name for timer in self.core.memory._timers.all()}
        return kept | ordered | set(self.witness.timers)

    def order(self) -> str:
        """Something to say; no two timers that run have the same name."""
        text = people.sentence(self.dice, self.running())
        self._ordered |= {name: self.loop.time() for name in people.NAMES if name in text}
        return text

    def _check_kept(self, running: tuple[Timer, ...]) -> None:
        """After a start: whether all that was acknowledged is there."""
        self._unchecked = False
        names = {timer.name for timer in running}
        for name, kept in list(self.witness.timers.items()):
            if name not in names:
                if kept.durable:
                    self.witness.breaks("an acknowledged timer is lost")
                del self.witness.timers[name]
        for timer in running:
            self.witness.doubtful.discard(timer.name)
            if timer.name not in self.witness.timers:
                self.witness.set(timer, durable=True)

    def _reads(self) -> None:
        if self.core.conductor.muted and self.witness.muted:
            self.witness.breaks("speech is read while the microphone is closed")

    # --- what is always true

    async def quiet(self) -> None:
        """Wait until nobody does anything, and look whether everything is in its place."""
        ends = self.loop.time() + SETTLED
        while not self._rests():
            self.look()
            if self.loop.time() > ends:
                self.witness.breaks(f"never quiet again: {self.describe()}")
                return
            await asyncio.sleep(0.5)
        await asyncio.sleep(2.0)
        if self._rests():
            await self._orderly()

    def look(self) -> None:
        """What can be seen at any time."""
        if "ear" in self.lives and self.ear.open:
            self.witness.spoken()
        self.witness.look()
        if any(isinstance(life, SimEar) and life.two_voices for life in self.lives.values()):
            self.witness.breaks("two turns speak at once")

    def describe(self) -> str:
        """Where everybody stands, for the trace."""
        core = self.core
        ear = self.ear
        parts = {kept.name: kept.up for kept in core.children}
        return (
            f"{core.conductor.state} busy={core.conductor.busy} ear={ear.mode} open={ear.open} "
            f"queued={ear.queued:.1f} parts={parts} disk={core.memory._disk.well}"
        )

    def _rests(self) -> bool:
        core = self.core
        ear = self.ear
        return (
            core.conductor.state is State.ASLEEP
            and not core.conductor.busy
            and not core.conductor.making
            and all(kept.up for kept in core.children)
            and not (ear.open or ear.queued)
            and all(life.calm for life in self.lives.values())
            and core.memory._disk.well
            and not self.disk_slow
        )

    async def _orderly(self) -> None:
        core = self.core
        if self.ear.mode != "asleep" and not self.ear.muted:
            self.witness.breaks(f"the room is quiet and the ear is {self.ear.mode}")
        if self.ear.muted != self.witness.muted:
            self.witness.breaks("the microphone is not as it was told")
        names = Counter(_name(task) for task in asyncio.all_tasks())
        del names[""]
        tasks = names.total()
        self._baseline = self._baseline or tasks
        if tasks > self._baseline:
            self.witness.breaks(f"{tasks - self._baseline} tasks are left over: {dict(names)}")
        left = {
            "sounds": len(core.ear._endings) + len(core.ear._given),
            **{part.child.name: len(part._open) for part in core.workers},
        }
        if any(left.values()):
            self.witness.breaks(f"jobs are left over: {left}")
        if self._unchecked:
            self._check_kept(await core.memory.timers())
        for kept in self.witness.timers.values():
            kept.durable = True
        if len(core.memory.archive._waiting) or core.memory._choices._owed:
            self.witness.breaks("something waits for a disk that is well")
        self.witness.overdue(LATE)


def _name(task: asyncio.Task[Any]) -> str:
    """What a task of the core runs; empty for our own."""
    name = str(getattr(task.get_coro(), "__qualname__", "unknown"))
    return "" if name.startswith("_Play.") else name
