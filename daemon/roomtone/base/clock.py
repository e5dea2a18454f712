"""Time as a parameter: what the core waits by; tests and replays bring their own."""

from __future__ import annotations

import asyncio
import ctypes
import datetime as dt
import functools
import time
from pathlib import Path
from typing import Protocol

import msgspec

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
"""There once systemd-timesyncd has set the clock in this run of the machine."""

_UNSYNCHRONISED = 5
"""TIME_ERROR of adjtimex(2)."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What all clocks show at one time."""

    wall: float
    """Unix time in seconds; may jump, in either direction and by years."""
    elapsed: float
    """Seconds since the machine started, sleep included; never jumps."""
    boot: str = ""
    """Name of this run of the machine; `elapsed` compares only within one."""
    synchronised: bool = False
    """The wall clock has been set by a time server since the machine started."""


class Clock(Protocol):
    """Now and later."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    def read(self) -> Moment:
        """All clocks at once."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when that much time has passed, whatever becomes of the wall clock."""
        ...


class WallClock:
    """The clocks of the machine."""

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time()

    def read(self) -> Moment:
        """All clocks at once; `elapsed` is CLOCK_BOOTTIME."""
        return Moment(
            wall=time.time(),
            elapsed=time.clock_gettime(time.CLOCK_BOOTTIME),
            boot=_boot(),
            synchronised=_synchronised(),
        )

    async def sleep(self, seconds: float) -> None:
        """Wait; a machine that sleeps meanwhile waits longer."""
        await asyncio.sleep(seconds)


class StreamClock:
    """A clock that the samples of a file move: second 0 of the stream is `start`."""

    def __init__(self, start: float) -> None:
        self._start = start
        self._t = 0.0
        self._moved = asyncio.Condition()

    def now(self) -> float:
        """Unix time in seconds."""
        return self._start + self._t

    def read(self) -> Moment:
        """All clocks at once; the machine started with the stream."""
        return Moment(wall=self.now(), elapsed=self._t, boot="stream", synchronised=True)

    async def move(self, t: float) -> None:
        """Set the stream time, in seconds; it never goes back."""
        async with self._moved:
            self._t = max(self._t, t)
            self._moved.notify_all()

    async def sleep(self, seconds: float) -> None:
        """Return when the stream has gone on by `seconds`."""
        due = self._t + seconds
        async with self._moved:
            await self._moved.wait_for(lambda: self._t >= due)


def local(unix: float) -> dt.datetime:
    """Unix time as local time with its zone, also after the zone was changed."""
    time.tzset()
    return dt.datetime.fromtimestamp(unix).astimezone()


def unix(there: dt.datetime) -> float:
    """Unix time of a local time without zone.

    One that the clocks skip in spring counts as if they had not been put forward (2:30 is the
    moment at which they show 3:30); of one that comes twice in autumn it is the first.
    """
    time.tzset()
    return there.replace(fold=0).timestamp()


def _synchronised() -> bool:
    """Ask the kernel, which knows of any time server; a sandbox may forbid that."""
    state = _libc().adjtimex(ctypes.create_string_buffer(512))
    return bool(0 <= state < _UNSYNCHRONISED) or (state < 0 and _SYNCHRONISED.exists())


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)


@functools.cache
def _boot() -> str:
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return ""
