"""A light writer that is killed thousands of times, also while it snapshots, forgets and rekeys.

It works on the store's own database without the rest of the core. A life is a fork of this process.
One in four is killed at any moment from its first instruction on, so also while it opens what the
life before it has left; the others once they have told what they found.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from roomtone.base.room import Timer
from roomtone.store import choices, timers, turns
from roomtone.store.database import Database
from roomtone.store.key import Lock
from roomtone.turn.record import Turn

LONGEST = 0.02
"""Seconds that a life lasts at most, from its first instruction or from its first word."""

YOUNG = 0.25
"""Share of the lives that are killed without waiting for a word."""

MOST = 40
"""Turns beyond which the writer forgets old ones, so that a start stays short."""

DEAR = ("snapshot", "forget", "rotate")
"""Work that replaces whole files; a third of the lives begin with it."""

STORY = "Yes. " * 50


class Toll(NamedTuple):
    """What became of it."""

    kills: int
    acknowledged: int
    lost: int
    hit: dict[str, int]
    """Kills by what the writer was doing."""


class Ledger:
    """What must be there, over all lives."""

    def __init__(self) -> None:
        self.there: set[str] = set()
        self.gone: set[str] = set()
        self.doing = "open"
        self.count = 0

    def note(self, word: str, name: str) -> None:
        """One line of a life; `doing` may have happened or not, all else has."""
        if word == "doing":
            self.doing, *names = name.split()
            self.there.difference_update(names)
            return
        self.doing = "nothing"
        self.count += 1
        if word == "kept":
            self.there.add(name)
        elif word == "dropped":
            self.gone.update(name.split())

    def missing(self, found: set[str]) -> int:
        """How much of it is not there, or is there again."""
        return len(self.there - found) + len(self.gone & found)


class Writer:
    """One life."""

    def __init__(self, folder: Path, name: str, pipe: int) -> None:
        self._pipe = pipe
        self._name = name
        self._draw = random.Random(name)  # noqa: S311 - the same life every time
        self._number = 0
        self._lock = Lock(folder / "roomtone.db", folder / "key")
        self._database = Database(self._lock.database, self._lock.open())

    def live(self) -> NoReturn:
        """Tell what there is, then work until killed."""
        found = {turn.heard: turn.id for turn in turns.newest(self._database, 10_000)}
        running = {timer.name: timer.id for timer in timers.running(self._database)}
        chosen = {name for (name,) in self._database.read("SELECT name FROM choices")}
        self._tell("found", [*found, *running, *chosen])
        if self._draw.random() < 1 / 3:
            self._dear(self._draw.choice(DEAR), found)
        while True:
            self._work(found, running)

    def _work(self, found: dict[str, int], running: dict[str, int]) -> None:
        self._number += 1
        name = f"{self._name}-{self._number}"
        if len(found) > MOST:
            self._dear("forget", found)
        match self._draw.randrange(4):
            case 0 if running:
                old = next(iter(running))
                self._tell("doing", f"cancel {old}")
                timers.cancel(self._database, (running.pop(old),))
                self._tell("dropped", old)
            case 1:
                self._tell("doing", "choose")
                choices.put(self._database, f"c{self._number % 5}", name)
                self._tell("kept", f"c{self._number % 5}")
            case 2:
                self._tell("doing", "timer")
                timer = Timer(id=0, name=f"t{name}", seconds=60, due=60.0)
                running[timer.name] = timers.add(self._database, timer)
                self._tell("kept", timer.name)
            case _:
                self._tell("doing", "turn")
                turn = Turn(started=time.time(), heard=f"u{name}", reply=STORY)
                found[turn.heard] = turns.add(self._database, turn)
                self._tell("kept", turn.heard)

    def _dear(self, what: str, found: dict[str, int]) -> None:
        if what != "forget":
            self._tell("doing", what)
            if what == "snapshot":
                self._database.snapshot()
            else:
                self._database.rotate(self._lock)
            self._tell("done", what)
            return
        old = list(found)[: MOST // 2]
        self._tell("doing", " ".join(("forget", *old)))
        self._database.drop_copies()
        with self._database.transaction():
            for name in old:
                self._database.write("DELETE FROM turns WHERE id = ?", (found.pop(name),))
        self._database.forget()
        self._tell("dropped", " ".join(old))

    def _tell(self, word: str, what: Any) -> None:
        os.write(self._pipe, json.dumps([word, what]).encode() + b"\n")


def kill_store(folder: Path, kills: int, seed: int) -> Toll:
    """Let a writer live and die `kills` times on `folder`."""
    draw = random.Random(seed)  # noqa: S311 - the same moments every time
    ledger, lost, hit = Ledger(), 0, Counter[str]()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(kills):
        ledger.doing = "open"
        told = draw.random() >= YOUNG
        for word, what in _life(folder, f"{seed}.{number}", draw.uniform(0.0, LONGEST), told=told):
            if word == "found":
                lost += ledger.missing(set(what))
                ledger.doing = "nothing"
            else:
                ledger.note(word, what)
        hit[ledger.doing] += 1
    last = _life(folder, f"{seed}.last", 0.0, told=True)
    lost += ledger.missing(set(last[0][1]))
    return Toll(kills, ledger.count, lost, dict(hit))


def _life(folder: Path, name: str, seconds: float, *, told: bool) -> list[tuple[str, Any]]:
    """All that a life says that ends after so many seconds, or so many after its first word."""
    ours, theirs = os.pipe()
    if not (child := os.fork()):
        os.close(ours)
        try:
            Writer(folder, name, theirs).live()
        finally:
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.readline() if told else b""
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        said += pipe.read()
    _, status = os.waitpid(child, 0)
    if status != signal.SIGKILL:
        raise SystemExit(f"life {name} ended by itself")
    return [tuple(json.loads(line)) for line in said.splitlines(keepends=True) if b"\n" in line]
