"""One life of a part: a process and a socket to it, watched from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from roomtone.base import message
from roomtone.base.pulse import Patience, Pulse, vitals
from roomtone.base.rank import Rank, give, memory, oom_kills, settle
from roomtone.base.rhythm import moment
from roomtone.base.timed import timed
from roomtone.base.wire import CoreWire

GRACE = 1.0
"""Seconds a process has to leave after its socket was closed, before it is killed."""

LAST_WORD = 0.3
"""Seconds to wait for the exit status of a process that has closed its socket."""

WEIGHING = 10.0
"""Seconds between two looks at its memory."""

REST = 30.0
"""Seconds without work after which a process that has grown is given up."""

GROWTH, SLACK = 1.3, 64 * 1024 * 1024
"""It has grown when it holds more than `GROWTH` times what it held at first, and `SLACK` bytes."""

_ENVIRONMENT = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "GOMP_SPINCOUNT": "2000",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
"""Libraries spin for some hundredths of a millisecond while they wait, which is what lies between
two pieces of one token (without it llama.cpp takes twice as long on two cores), and then sleep; the
allocator does not keep an arena for each thread."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How a part is kept."""

    patience: Patience = Patience()
    rank: Rank = Rank()
    retry: float = 30.0
    """Seconds between two tries to start it while it is degraded."""
    renewed: bool = True
    """Whether a process that has grown is replaced while it rests."""
    unable: str = "part_unable"
    """Kind of the fault when it says that it cannot start."""
    environment: dict[str, str] = {}
    """What it is told besides what all are."""


class End(msgspec.Struct, frozen=True, kw_only=True):
    """How a life ended."""

    kind: str
    """As `event.Fault.kind`; empty when it was wanted."""
    fault: str
    """One line for a person."""
    since: float
    """Time of the monotonic clock until which all had been well."""


class Life:
    """Begun with `begin`; `messages` lasts as long as the process, `end` makes sure of its end."""

    def __init__(
        self, process: asyncio.subprocess.Process, wire: CoreWire[Any], policy: Policy
    ) -> None:
        self.pid = process.pid
        self.said_at = time.monotonic()
        """Time of the monotonic clock of its last word; of its start, before the first."""
        self.memory = 0
        """Bytes of its own that it held when it was last weighed."""
        self._process = process
        self._wire = wire
        self._policy = policy
        self._pulse = Pulse(policy.patience)
        self._handing = False
        self._hung = ""
        self._renewed = False
        self._first_memory = 0
        self._kills = oom_kills()

    @classmethod
    async def begin(cls, module: str, incoming: Any, policy: Policy) -> Life:
        """Start `python -m MODULE --wire FD`. Raises OSError when no process is to be had."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    module,
                    "--wire",
                    str(theirs.fileno()),
                    pass_fds=(theirs.fileno(),),
                    env=os.environ | _ENVIRONMENT | policy.environment,
                )
        except OSError:
            ours.close()
            raise
        give(process.pid, policy.rank)
        return cls(process, await CoreWire.over(ours, incoming), policy)

    async def send(self, request: msgspec.Struct) -> None:
        """Send a request. Raises OSError when the process has gone."""
        if (job := getattr(request, "job", None)) and not isinstance(request, message.Cancel):
            self._pulse.gave(job)
        await self._wire.send(request)

    async def messages(self) -> AsyncIterator[Any]:
        """What it says, but for its beats, until it has gone."""
        try:
            while (said := await self._wire.receive()) is not None:
                self.said_at = time.monotonic()
                if isinstance(said, message.Beat):
                    self._pulse.beat(said.steps, busy=said.busy)
                    continue
                self._note(said)
                self._handing = True
                yield said
                self._handing = False
        except msgspec.MsgspecError:
            self._kill("spoke what nobody understands")

    def _note(self, said: Any) -> None:
        match said:
            case message.Ready():
                self._pulse.ready()
                settle(self.pid, self._policy.rank)
            case message.Done():
                self._pulse.done(said.job)
            case _:
                self._pulse.said()

    async def watch(self) -> None:
        """Look after it; kill it when it does not live, give it up when it has grown."""
        looked = weighed = time.monotonic()
        while True:
            await moment(self._pulse.next_look)
            now = time.monotonic()
            seen = vitals(self.pid)
            if self._handing:  # its words wait for the core: what it does meanwhile is waiting
                self._pulse.said()
            if seen is not None and (hung := self._pulse.look(now - looked, seen)):
                self._kill(hung)
                return
            looked = now
            if now - weighed >= WEIGHING:
                weighed = now
                if self._weigh():
                    self.give_up()
                    return

    def _weigh(self) -> bool:
        """Say whether it has grown and rests."""
        self._kills = oom_kills()
        self.memory = memory(self.pid)
        if not self._pulse.is_ready:
            return False
        self._first_memory = self._first_memory or self.memory
        grown = self.memory > GROWTH * self._first_memory + SLACK
        return grown and self._policy.renewed and self._pulse.rested >= REST

    def _kill(self, why: str) -> None:
        self._hung = why
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._wire.close()

    def give_up(self) -> None:
        """End this life, which is no fault of its."""
        self._renewed = True
        self._wire.close()

    async def epitaph(self) -> End:
        """How it ended; `messages` is over."""
        if self._hung:
            return End(kind="part_hung", fault=self._hung, since=self.said_at)
        if self._renewed:
            return End(kind="", fault="", since=self.said_at)
        now = time.monotonic()
        code = await self._status(LAST_WORD)
        if code == -signal.SIGKILL and oom_kills() > self._kills:
            return End(kind="memory_short", fault="was killed for want of memory", since=now)
        return End(kind="part_died", fault=_words(code), since=now)

    async def end(self) -> None:
        """Close the socket; kill the process if it does not leave. Returns when it has gone.

        A process that the kernel does not let go of is left behind.
        """
        self._wire.close()
        try:
            if await self._status(GRACE) is not None:
                return
        except asyncio.CancelledError:
            self._kill(self._hung)
            await self._status(GRACE)
            raise
        self._kill(self._hung)
        await self._status(GRACE)

    async def _status(self, within: float) -> int | None:
        """Give its exit status, None while it has none after `within` seconds."""
        with contextlib.suppress(TimeoutError):
            async with timed(within):
                return await self._process.wait()
        return None


def _words(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
    return "closed its socket" if code is None else f"ended with status {code}"
