"""What an idle daemon writes to the disk: nothing.

    python tests/bench/idle.py [SECONDS]

Starts `roomtone run` in a virtual room, lets it come to rest, and then counts for SECONDS (60) what
the core and its children have the disk written (write_bytes of /proc/PID/io), and which files of
the state folder change.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sound.daemon import Daemon
from sound.sound_server import SoundServer

REST = 8.0
"""Seconds from the start to rest: models are warmed up and logs of the start written."""


class Idle(NamedTuple):
    """What happened while nothing happened."""

    written: dict[str, int]
    """Bytes by process."""
    changed: list[str]
    """Files of the state folder."""


def processes(pid: int) -> list[int]:
    """This process and all below it."""
    found, at = [pid], 0
    while at < len(found):
        for task in Path(f"/proc/{found[at]}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
        at += 1
    return found


def written(pids: list[int]) -> dict[int, int]:
    """Bytes that each has had written to a disk so far."""
    return {
        pid: int(line.split()[1])
        for pid in pids
        for line in Path(f"/proc/{pid}/io").read_text().splitlines()
        if line.startswith("write_bytes:")
    }


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file last changed, and its size."""
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_size)
        for path in folder.iterdir()
        if path.is_file()
    }


def name(pid: int) -> str:
    """The last word of its command line that names a module."""
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return next((word for word in reversed(words) if word.startswith("roomtone")), str(pid))


def watch(daemon: Daemon, folder: Path, seconds: float) -> Idle:
    """Watch an idle daemon."""
    time.sleep(REST)
    pids = processes(daemon.process.pid)
    files, before = stamps(folder), written(pids)
    time.sleep(seconds)
    after = written(pids)
    later = stamps(folder)
    return Idle(
        {f"{name(pid)} ({pid})": after[pid] - before[pid] for pid in pids},
        sorted(one for one in files | later if files.get(one) != later.get(one)),
    )


def main() -> None:
    """Watch, and tell."""
    seconds = float(next(iter(sys.argv[1:]), "60"))
    with TemporaryDirectory() as folder:
        room = SoundServer(Path(folder))
        room.start()
        try:
            daemon = Daemon(room, Path(folder))
            idle = watch(daemon, Path(folder) / "state", seconds)
            daemon.stop()
        finally:
            room.stop()
    for process, count in idle.written.items():
        print(f"{process}: {count} bytes in {seconds:.0f} s")
    print(f"changed files: {', '.join(idle.changed) or 'none'}")
    raise SystemExit(1 if sum(idle.written.values()) or idle.changed else 0)


if __name__ == "__main__":
    main()
