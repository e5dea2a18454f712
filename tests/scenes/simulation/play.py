"""The play: people and faults, as the dice fall, until enough turns have gone by."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import msgspec

from fakes.virtual import StandstillError, VirtualLoop
from roomtone.base.error import RoomtoneError
from roomtone.base.event import Event
from scenes.simulation.witness import Witness
from scenes.simulation.world import World

PARTS = ("ear", "transcriber", "thinker", "voice")
WORKERS = PARTS[1:]
HURT = 0.25
"""Share of the scenes in which something breaks."""


AMBUSHED = 0.4
"""Share of the scenes in which something waits for the very moment of an event."""

EVENTS = [kind.__name__ for kind in get_args(Event)]


class Told(msgspec.Struct, kw_only=True):
    """What became of a play."""

    seed: int
    turns: int
    broken: str
    faults: dict[str, int]
    seen: dict[str, int]
    worst: float
    """Seconds from the end of speech until the room heard or saw what became of it, at most."""
    virtual: float
    seconds: float


def play(
    seed: int,
    turns: int,
    *,
    state: Path | None = None,
    trace: Callable[[str], None] = lambda _: None,
    rests: Callable[[int], None] = lambda _: None,
    mortal: bool = True,
) -> Told:
    """Play `turns` turns by a seed; on the disk when there is a folder `state`.

    `rests` is told the turns so far whenever the room is quiet; a core that is not `mortal` is
    never killed.
    """
    began = time.monotonic()
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    world = World(loop, seed, state, trace)
    watcher = _Watcher(world.witness)
    logger = logging.getLogger("roomtone")
    logger.addHandler(watcher)
    logger.propagate = False
    try:
        with world.laid_out():
            loop.run_until_complete(_Play(world, rests, mortal=mortal).run(turns))
    except StandstillError:
        world.witness.breaks("everybody waits for ever")
    finally:
        logger.removeHandler(watcher)
        logger.propagate = True
        asyncio.set_event_loop(None)
        loop.set_exception_handler(lambda *_: None)  # what a Ctrl-C leaves behind is no news
        loop.close()
    return Told(
        seed=seed,
        turns=world.turns,
        broken=world.witness.broken,
        faults=dict(world.faults),
        seen=dict(world.witness.seen),
        worst=world.witness.worst,
        virtual=loop.now,
        seconds=time.monotonic() - began,
    )


class _Watcher(logging.Handler):
    """What the core logs as an error is one of its own."""

    def __init__(self, witness: Witness) -> None:
        super().__init__(logging.ERROR)
        self._witness = witness

    def emit(self, record: logging.LogRecord) -> None:
        error = getattr(record, "error", "")
        self._witness.breaks(f"the core logs an error: {record.getMessage()} {error}")


class _Play:
    def __init__(self, world: World, rests: Callable[[int], None], *, mortal: bool) -> None:
        self.world = world
        self._rests = rests
        self._mortal = mortal
        self.dice = world.dice
        self._doing: set[asyncio.Task[None]] = set()

    async def run(self, turns: int) -> None:
        world = self.world
        await world.start()
        await world.quiet()
        watch = asyncio.create_task(self._watch())
        self._doing.add(watch)
        while world.turns + world.core.conductor.turn < turns and not world.witness.broken:
            await self._scene()
        await self._mend()
        await world.quiet()
        self._doing.clear()
        await world.kill()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            self.world.look()

    async def _scene(self) -> None:
        dice, world = self.dice, self.world
        if dice.random() < HURT:
            for _ in range(dice.choice([1, 1, 1, 2, 3])):
                world.loop.call_later(dice.uniform(0, 8), self._hurt)
        while dice.random() < AMBUSHED:
            act = self._act if dice.random() < 0.7 else self._hurt
            world.ambush(
                dice.choice(EVENTS), dice.choice([0.0, 1e-6, 0.001, 0.003, 0.05, 0.5]), act
            )
        for _ in range(dice.choice([1, 1, 2, 3, 5])):
            for _ in range(dice.choice([1, 1, 1, 1, 2, 3])):
                self._act()
            await asyncio.sleep(dice.choice([0.05, 0.3, 1.0, 3.0, 8.0]))
        if dice.random() < 0.6:
            await self._unmute()
            await world.quiet()
            self._rests(world.turns + world.core.conductor.turn)
        if dice.random() < 0.01 and self._mortal:
            world.faults["core killed"] += 1
            self._doing.clear()
            await world.restart()
            self._doing.add(asyncio.create_task(self._watch()))

    async def _unmute(self) -> None:
        if self.world.witness.muted:
            await self.world.controls.mute(on=False)

    async def _mend(self) -> None:
        world = self.world
        world.disk_fault, world.disk_slow = "", 0.0
        world.sick.clear()
        for life in world.lives.values():
            life.late, life.garbage = 0.0, False
        await self._unmute()

    # --- what people do

    def _act(self) -> None:
        dice = self.dice
        kind = dice.random()
        if kind < 0.60:
            self._wake()
        elif kind < 0.82:
            self._say(self.world.order())
        else:
            acts = [self._press_hush, self._press_mute, self._press_listen, self._press_say]
            self._do(dice.choice([*acts, self._write, self._write]))

    def _wake(self) -> None:
        dice, world = self.dice, self.world
        text = world.order() if dice.random() < 0.8 else ""
        world.trace(f"somebody wakes it: {text[:60]!r}")
        length, silence = self._pace(text)
        world.ear.wakes("hey_jarvis", text, length, silence)
        if dice.random() < 0.08:
            again = dice.uniform(0.05, 0.9)
            world.loop.call_later(again, lambda: world.ear.wakes("hey_jarvis", text, length, 300))
        if not text and dice.random() < 0.7:
            more = world.order()
            world.loop.call_later(dice.uniform(0.7, 5.0), lambda: self._say(more))

    def _say(self, text: str) -> None:
        self.world.trace(f"somebody says: {text[:60]!r}")
        self.world.ear.says(text, *self._pace(text))

    def _pace(self, text: str) -> tuple[float, int]:
        """Length in seconds and the silence after it, in milliseconds."""
        length = 15.0 if self.dice.random() < 0.02 else min(14.0, 0.5 + len(text) * 0.06)
        return length, self.dice.choice([250, 320, 540, 1000])

    def _do(self, act: Callable[[], object]) -> None:
        async def acted() -> None:
            with contextlib.suppress(RoomtoneError):
                await act()  # type: ignore[misc]

        task = asyncio.create_task(acted())
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _press_hush(self) -> None:
        self.world.trace("somebody presses hush")
        await self.world.controls.hush()

    async def _press_mute(self) -> None:
        self.world.trace("somebody presses mute")
        await self.world.controls.mute(on=not self.world.witness.muted)

    async def _press_listen(self) -> None:
        self.world.trace("somebody presses listen")
        await self.world.controls.listen()

    async def _press_say(self) -> None:
        self.world.trace("somebody has it say something")
        await self.world.controls.say("Dinner is ready.")

    async def _write(self) -> None:
        text = self.world.order()
        self.world.trace(f"somebody writes: {text[:60]!r}")
        async for _ in self.world.controls.ask(text):
            pass

    # --- what breaks

    def _hurt(self) -> None:
        dice, world = self.dice, self.world
        name, hurt = dice.choice(
            [
                ("part killed", self._die),
                ("part killed", self._die),
                ("part hangs", self._hang),
                ("part late", self._late),
                ("part talks nonsense", self._nonsense),
                ("part fails its work", self._fail),
                ("part does not start", self._sicken),
                ("loudspeaker stalls", self._stall),
                ("disk fails", self._disk_fails),
                ("disk slow", self._disk_slow),
                ("clock jumps", self._jump),
                ("everything slow", self._all_slow),
            ]
        )
        world.faults[name] += 1
        hurt()

    def _after(self, seconds: float, mend: Callable[[], object]) -> None:
        self.world.loop.call_later(self.dice.uniform(seconds / 4, seconds), mend)

    def _die(self) -> None:
        part = self.dice.choice(PARTS)
        self.world.trace(f"FAULT {part} dies")
        self.world.lives[part].die()

    def _hang(self) -> None:
        part = self.dice.choice(PARTS)
        self.world.trace(f"FAULT {part} hangs")
        self.world.lives[part].hang()

    def _late(self) -> None:
        life = self.world.lives[self.dice.choice(PARTS)]
        life.late = self.dice.uniform(0.1, 2.0 if life.part == "ear" else 8.0)
        self.world.trace(f"FAULT {life.part} late by {life.late:.1f}")
        self._after(15, lambda: setattr(life, "late", 0.0))

    def _nonsense(self) -> None:
        life = self.world.lives[self.dice.choice(WORKERS)]
        self.world.trace(f"FAULT {life.part} talks nonsense")
        life.garbage = True
        self._after(20, lambda: setattr(life, "garbage", False))

    def _fail(self) -> None:
        worker = self.world.worker(self.dice.choice(WORKERS))
        self.world.trace(f"FAULT {worker.part} fails")
        worker.fails = True
        self._after(20, lambda: setattr(worker, "fails", False))

    def _sicken(self) -> None:
        part = self.dice.choice(PARTS)
        self.world.trace(f"FAULT {part} does not start")
        self.world.sick[part] += self.dice.choice([1, 2, 6])
        self.world.lives[part].die()

    def _stall(self) -> None:
        ear = self.world.ear
        self.world.trace("FAULT loudspeaker stalls")
        ear.stalled = True
        self._after(20, lambda: setattr(ear, "stalled", False))

    def _disk_fails(self) -> None:
        self.world.trace("FAULT disk fails")
        self.world.disk_fault = "broken"
        self._after(40, lambda: setattr(self.world, "disk_fault", ""))

    def _disk_slow(self) -> None:
        self.world.disk_slow = self.dice.choice([0.2, 1.0, 5.0, 30.0])
        self.world.trace(f"FAULT disk slow by {self.world.disk_slow}")
        self._after(20, lambda: setattr(self.world, "disk_slow", 0.0))

    def _jump(self) -> None:
        leap = self.dice.choice([1.0, -1.0]) * self.dice.choice([2.0, 3600.0, 86_400.0, 1e8])
        self.world.trace(f"FAULT clock jumps by {leap:.0f}")
        self.world.clock.offset += leap
        if abs(self.world.clock.offset) > 2e8:
            self.world.clock.offset = 0.0

    def _all_slow(self) -> None:
        lives = list(self.world.lives.values())
        self.world.trace("FAULT everything slow")
        for life in lives:
            life.late = self.dice.uniform(0.2, 1.0)
        self._after(15, lambda: [setattr(life, "late", 0.0) for life in lives])
