"""Whether a process lives: told from its heartbeat, from its work and from the kernel's account."""

from __future__ import annotations

import os

import msgspec

LOOK = 0.1
"""Seconds between two looks at a process that works or starts."""

CALM = 0.25
"""The same while nobody waits for it; an even share of a second, so that beats come with a look."""

HELD_UP = 0.3
"""Most seconds that count between two looks: a watcher that comes later was held up itself."""

_TICKS = os.sysconf("SC_CLK_TCK")


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds after which a process counts as hung."""

    start: float = 120.0
    """From its start until it is ready; a large model from an SD card needs most of it."""
    stopped: float = 0.4
    """Stopped by a signal or a debugger."""
    silent: float = 3.0
    """Without a sign of life. Beats come about once a second."""
    starved: float = 10.0
    """The same while it waits for the processor or the disk, which is not its own fault."""
    working: float = 20.0
    """On one piece of work, though it uses the processor."""


class Vitals(msgspec.Struct, frozen=True, kw_only=True):
    """What the kernel tells of a process."""

    state: str
    """One letter of proc(5): R, S, D, T, t, Z."""
    cpu: float
    """Seconds of processor time that all of its threads have used."""


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a process at one moment; all times in seconds."""

    age: float
    """Since its start."""
    ready: bool
    stopped: float
    """For how long it has been stopped; 0 when it is not."""
    silent: float
    """Since its last word or beat."""
    resting: float
    """Since it last used the processor."""
    queueing: bool
    """It wants the processor or the disk at this moment."""
    working: float | None
    """Since its work last went forward; None when it has none."""
    refusing: bool = False
    """It has work and says that it waits for some."""


def verdict(signs: Signs, patience: Patience) -> str:
    """What keeps the process from living, for a person; empty when it lives."""
    if signs.stopped >= patience.stopped:
        return "was stopped"
    if not signs.ready:
        return "does not get ready" if signs.age >= patience.start else ""
    limit = patience.starved if signs.queueing else patience.silent
    if signs.working is None:
        return "stands still" if signs.silent >= limit else ""
    if signs.refusing:
        return "does not take up its work" if signs.working >= limit else ""
    if signs.working >= patience.working:
        return "does not come to an end"
    still = min(signs.silent, signs.resting, signs.working)
    return "stands still in its work" if still >= limit else ""


class Pulse:
    """Takes down what a process says and what the kernel tells of it.

    Its time is the time it was watched: a watcher that was itself held up blames nobody.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._t = 0.0
        self._ready = False
        self._owed: set[int] = set()
        self._steps = 0
        self._waits = False
        self._running_at = self._said_at = self._used_at = self._forward_at = 0.0
        self._cpu = -1.0

    @property
    def is_ready(self) -> bool:
        """True once it has come up."""
        return self._ready

    @property
    def rested(self) -> float:
        """Seconds since it was through with its last job; 0 while it owes one."""
        return 0.0 if self._owed else self._t - self._forward_at

    @property
    def next_look(self) -> float:
        """Seconds until it is to be looked at again."""
        return LOOK if self._owed or not self._ready else CALM

    def ready(self) -> None:
        """It has come up."""
        self._ready = True
        self.said()

    def said(self) -> None:
        """It said something that took work: that is a sign of life, and its work went forward."""
        self._said_at = self._forward_at = self._t
        self._waits = False

    def beat(self, steps: int, *, busy: bool) -> None:
        """It said that it lives; see `message.Beat`."""
        self._said_at = self._t
        self._waits = not busy
        if steps != self._steps:
            self._steps, self._forward_at = steps, self._t

    def gave(self, job: int) -> None:
        """A job was given to it."""
        if not self._owed:
            self._forward_at = self._t
        self._owed.add(job)
        self._waits = False

    def done(self, job: int) -> None:
        """It is through with a job."""
        self._owed.discard(job)
        self.said()

    def look(self, elapsed: float, seen: Vitals) -> str:
        """The verdict, `elapsed` seconds after the last look."""
        self._t += min(elapsed, HELD_UP)
        if seen.state not in "Tt":
            self._running_at = self._t
        if seen.cpu > self._cpu:
            self._cpu, self._used_at = seen.cpu, self._t
        return verdict(self._signs(seen), self._patience)

    def _signs(self, seen: Vitals) -> Signs:
        return Signs(
            age=self._t,
            ready=self._ready,
            stopped=self._t - self._running_at,
            silent=self._t - self._said_at,
            resting=self._t - self._used_at,
            queueing=seen.state in "RD",
            working=self._t - self._forward_at if self._owed else None,
            refusing=bool(self._owed) and self._waits,
        )


def vitals(pid: int) -> Vitals | None:
    """What the kernel tells of a process; None when it has gone."""
    try:
        file = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
        try:
            text = os.read(file, 4096)
        finally:
            os.close(file)
    except OSError:
        return None
    fields = text.rpartition(b")")[2].split()
    return Vitals(state=fields[0].decode("ascii"), cpu=(int(fields[11]) + int(fields[12])) / _TICKS)
