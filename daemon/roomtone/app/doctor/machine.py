"""The box: room on the disk, memory, heat, supply, clock."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from roomtone.app.doctor.finding import Finding, bad, ok, skipped, warn, within
from roomtone.app.doctor.mend import mend
from roomtone.system import health
from roomtone.system.health import ROOT, Brakes

ROOM_TIGHT, ROOM_NONE = 200.0, 20.0
"""MB: a year of turns takes a few; the journal and updates need the rest."""

FILES_NONE = 100
"""Files that have to be possible."""

MEMORY_TIGHT = 150.0
"""MB that should be free beside a running daemon."""

WARM_C = 75.0
"""Degrees from which little is left before the machine slows down."""

PRESSED = 40.0
"""Percent of a minute in which programs wait."""

BUILT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""No clock that is right shows an earlier time."""

PATIENCE = 3.0
"""Seconds for the service manager to answer."""


def check(state: Path, now: dt.datetime, root: Path = ROOT) -> Iterator[Finding]:
    """All of them; `state` is the folder of what is kept."""
    yield disk(state)
    yield _memory(root)
    yield _pressure("cpu", "cpu_starved", root)
    yield _pressure("memory", "memory_short", root)
    yield from _heat(root)
    yield clock(now, root)


def disk(state: Path) -> Finding:
    """Room for what is kept."""
    room, name = health.room(state), "disk"
    if room is None:
        return skipped(name, f"{state} cannot be looked at")
    free, said = round(room.free_mb), f"free for {state}"
    if room.read_only:
        return bad(name, f"{state} cannot be written: read-only", mend("disk_readonly"), free)
    few = room.free_files is not None and room.free_files < FILES_NONE
    if few or room.free_mb < ROOM_NONE:
        said = f"no more files fit in {state}" if few else f"no room is left for {state}"
        return within(bad(name, said, mend("disk_full"), free), "MB")
    if room.free_mb < ROOM_TIGHT:
        return within(warn(name, f"little room is left for {state}", mend("disk_full"), free), "MB")
    return ok(name, said, free, "MB")


def clock(now: dt.datetime, root: Path = ROOT) -> Finding:
    """Whether the time is right, as far as can be told."""
    name, shown = "clock", now.isoformat(timespec="seconds")
    advice = "`sudo timedatectl set-ntp true`; without a network `sudo date -s 'YYYY-MM-DD HH:MM'`"
    if now < BUILT:
        return bad(name, "the clock stands years in the past: alarms ring late", advice, shown)
    known = health.synchronised(root)
    if known is None and root == ROOT:
        known = _by_timedatectl()
    if known:
        return ok(name, "set by a time server", shown)
    if not health.has_clock(root):
        said = "no time server has set it, and it does not run without power"
        return warn(name, said, advice, shown)
    if known is None:
        return ok(name, "the machine's own; whether a time server sets it cannot be told", shown)
    return warn(name, "no time server has set it since the start", advice, shown)


def _by_timedatectl() -> bool | None:
    """What the service manager knows; None when it cannot be asked."""
    if shutil.which("timedatectl") is None:
        return None
    try:
        said = subprocess.run(
            ["timedatectl", "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return said.stdout.strip() == "yes"


def _memory(root: Path) -> Finding:
    memory = health.memory(root)
    if memory is None:
        return skipped("memory", "the kernel does not tell")
    said, free = f"available of {memory.total_mb:.0f} MB", round(memory.available_mb)
    if memory.available_mb < MEMORY_TIGHT:
        return within(warn("memory", said, mend("memory_short"), free), "MB")
    return ok("memory", said, free, "MB")


def _pressure(what: Literal["cpu", "memory"], kind: str, root: Path) -> Finding:
    found, name = health.pressure(what, root), f"pressure.{what}"
    if found is None:
        return skipped(name, "the kernel does not tell")
    if found.minute > PRESSED:
        said = f"programs wait for {what} most of the time"
        return within(warn(name, said, mend(kind), found.minute), "%")
    return ok(name, f"of the last minute some program waited for {what}", found.minute, "%")


def _heat(root: Path) -> Iterator[Finding]:
    degrees = health.temperature_c(root)
    if degrees is None:
        yield skipped("temperature", "the machine has no sensor")
    elif degrees >= health.TOO_HOT_C:
        yield within(bad("temperature", "so hot that it slows down", mend("hot"), degrees), "°C")
    elif degrees >= WARM_C:
        yield within(warn("temperature", "warm", mend("hot"), degrees), "°C")
    else:
        yield ok("temperature", "of the hottest part", degrees, "°C")
    found = health.brakes(root)
    if found is None:
        yield skipped("throttling", "the machine does not tell")
    else:
        yield from _brakes(found)


def _brakes(found: Brakes) -> Iterator[Finding]:
    if found.hot:
        yield bad("throttling", "it is slowed down by heat", mend("hot"))
    elif found.was_hot:
        yield warn("throttling", "it was slowed down by heat since it started", mend("hot"))
    else:
        yield ok("throttling", "not slowed down by heat")
    if found.under_voltage:
        yield bad("supply", "the voltage is too low", mend("under_voltage"))
    elif found.was_under_voltage:
        said = "the voltage was too low since it started"
        yield warn("supply", said, mend("under_voltage"))
    else:
        yield ok("supply", "the voltage holds")
