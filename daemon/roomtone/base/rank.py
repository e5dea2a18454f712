"""Who gives way when the machine is short of processor time or memory."""

from __future__ import annotations

import contextlib
import os
import resource
from pathlib import Path

import msgspec

STARTING = 5
"""Most niceness of a process that is starting: a turn may be waiting for it."""

_VMSTAT = Path("/proc/vmstat")
_CGROUPS = Path("/sys/fs/cgroup")
_OWN_CGROUP = Path("/proc/self/cgroup")


class Rank(msgspec.Struct, frozen=True, kw_only=True):
    """How far a process stands behind the one that starts it."""

    nice: int = 0
    """Steps of niceness, 0..19. Only these are given: a process may lower itself, never rise."""
    oom: int = 0
    """-1000..1000 as in proc(5), oom_score_adj; the highest is killed first."""


def give(pid: int, rank: Rank) -> None:
    """Put a process that has just been started into its place, and let it leave no core dump.

    A dump would hold what was said. What the kernel refuses stays as it was.
    """
    with contextlib.suppress(OSError):
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    _lower(pid, min(STARTING, rank.nice))
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/oom_score_adj").write_text(str(rank.oom))


def settle(pid: int, rank: Rank) -> None:
    """Put a process that has come up into its full place, with every thread it has."""
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            _lower(int(thread.name), rank.nice)


def _lower(thread: int, nice: int) -> None:
    with contextlib.suppress(OSError):
        mine = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, thread, min(19, mine + nice))


def memory(pid: int) -> int:
    """Bytes of memory that are the process's own, without files mapped into it; 0 when it has gone.

    A model that is mapped from its file is not among them: the kernel may drop it at any time.
    """
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def oom_kills() -> int:
    """How many processes the kernel has killed for want of memory; 0 where it cannot be known.

    In this control group where it keeps count, else on the whole machine. It only grows.
    """
    with contextlib.suppress(OSError, ValueError):
        group = _OWN_CGROUP.read_text(encoding="ascii").rpartition("::")[2].strip().lstrip("/")
        return _count(_CGROUPS / group / "memory.events")
    with contextlib.suppress(OSError, ValueError):
        return _count(_VMSTAT)
    return 0


def _count(file: Path) -> int:
    """The `oom_kill` of a file of names and numbers. Raises OSError, ValueError."""
    for line in file.read_text(encoding="ascii").splitlines():
        name, _, number = line.partition(" ")
        if name == "oom_kill":
            return int(number)
    raise ValueError(f"{file} counts no kills")
