"""What a process has cost so far: processor time, wake-ups, memory; from /proc."""

from __future__ import annotations

from pathlib import Path

import msgspec

from roomtone.app.bench.product import cpu_of


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """Of one process, in so many seconds."""

    cpu: float
    """Percent of one core."""
    wakeups: float
    """Times a second that one of its threads, having waited, went on."""
    memory: float
    """Megabytes: its own pages, and its share of those that it has in common with others."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The counters of one process at one moment."""

    cpu: float
    wakeups: dict[str, int]
    """By thread."""


def reading(pid: int) -> Reading:
    """The counters now; nothing when the process is gone."""
    return Reading(cpu=cpu_of(pid), wakeups=_wakeups(pid))


def cost(pid: int, before: Reading, seconds: float) -> Cost:
    """What the process has cost in the `seconds` since `before`."""
    now = reading(pid)
    return Cost(
        cpu=100 * (now.cpu - before.cpu) / seconds,
        wakeups=_more(now.wakeups, before.wakeups) / seconds,
        memory=_own_memory(pid),
    )


def _wakeups(pid: int) -> dict[str, int]:
    """Voluntary context switches of each thread: each ends with a wake-up."""
    threads = Path(f"/proc/{pid}/task").glob("*")
    return {one.name: _field(one / "status", "voluntary_ctxt_switches:") for one in threads}


def _more(now: dict[str, int], before: dict[str, int]) -> int:
    """Threads come and go meanwhile: what one has done that has gone is not known."""
    return sum(count - before.get(thread, 0) for thread, count in now.items())


def _own_memory(pid: int) -> float:
    return _field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") * 1024 / 1e6


def _field(file: Path, name: str) -> int:
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
