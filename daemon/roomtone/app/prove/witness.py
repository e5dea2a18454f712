"""Watches the recorded visitor's visit from beside it, in a world of its own.

`python -m roomtone.app.prove.witness`, with `Orders` on its standard input, prints `Witnessed`. In
its network every address is heard, in its mounts one folder can be written to, and in the place
of the machine's resolvers and buses it listens itself. Each of these is tried first: a detector
that has not seen what was done on purpose proves nothing.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from roomtone.app.prove import counters, namespace
from roomtone.app.prove.counters import Counters
from roomtone.app.prove.packets import Listener
from roomtone.app.prove.traces import Traces
from roomtone.system.walls import BUSES, ELSEWHERE, RESOLVERS

LOOK = 0.03
"""Seconds between two looks."""

QUESTION = bytes.fromhex("2a2a01000001000000000000") + b"\x08roomtone\x07invalid\0\0\x01\0\x01"
"""A question for the address of roomtone.invalid, which cannot exist (RFC 6761)."""


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What the witness is told."""

    folder: str
    """All that may be written to."""
    guest: list[str]
    """The command line of the visit; the descriptor for its events is added to it."""
    patience: float
    """Seconds that the visit may take."""


class Witnessed(msgspec.Struct, frozen=True, kw_only=True):
    """What the witness saw."""

    refused: str = ""
    """Why the system gives no such world; nothing else counts then."""
    blind: tuple[str, ...] = ()
    """What was done on purpose and not seen."""
    status: int = 0
    """The visit's exit status."""
    packets: int = 0
    names: int = 0
    """Questions for names among the packets."""
    asked: tuple[str, ...] = ()
    """Sockets of the machine that were asked for something."""
    counted: dict[str, int] = {}
    """What the kernel counted, without what stayed as it was."""
    interfaces: tuple[str, ...] = ()
    files: int = 0
    """How many files were written, those that were gone again included."""
    events: list[msgspec.Raw] = []


def main() -> None:
    """Watch one visit."""
    orders = msgspec.json.decode(sys.stdin.buffer.read(), type=Orders)
    folder = Path(orders.folder)
    try:
        namespace.leave()
        namespace.let_write_only(folder, folder / "shm")
        namespace.empty(Path("/run"))
        doors = Doors((*RESOLVERS, *BUSES))
        namespace.close(Path("/run"))
        namespace.hear_every_address()
        listener = Listener()
    except OSError as problem:
        seen = Witnessed(refused=problem.strerror or type(problem).__name__)
    else:
        seen = watch(orders, listener, doors)
    sys.stdout.buffer.write(msgspec.json.encode(seen))


def watch(orders: Orders, listener: Listener, doors: Doors) -> Witnessed:
    """Try the detectors, then let the visitor in."""
    traces = Traces(Path(orders.folder))
    blind = _trial(listener, doors, traces)
    listener.seen.clear()
    doors.asked.clear()
    before = counters.read()
    status, events = _visit(orders, listener, doors, traces)
    after = counters.read()
    return Witnessed(
        blind=blind,
        status=status,
        packets=listener.seen["packets"],
        names=listener.seen["questions for names"],
        asked=tuple(doors.asked),
        counted=after.since(before),
        interfaces=after.interfaces,
        files=traces.count,
        events=events,
    )


class Doors:
    """Listens in the place of programs of the machine.

    Whoever only looks whether they are there asks for nothing.
    """

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.asked: list[str] = []
        self._doors: dict[str, socket.socket] = {}
        self._callers: list[tuple[str, socket.socket]] = []
        for path in dict.fromkeys(os.path.realpath(path) for path in paths):
            with contextlib.suppress(OSError):
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                door = socket.socket(socket.AF_UNIX)
                door.bind(path)
                door.listen(64)
                door.settimeout(0)
                self._doors[path] = door

    @property
    def paths(self) -> tuple[str, ...]:
        """Where it listens."""
        return tuple(self._doors)

    def look(self) -> None:
        """Note who has asked."""
        for path, door in self._doors.items():
            with contextlib.suppress(BlockingIOError):
                while True:
                    caller, _ = door.accept()
                    caller.settimeout(0)
                    self._callers.append((path, caller))
        waiting = []
        for path, caller in self._callers:
            try:
                if caller.recv(4096):
                    self.asked.append(path)
                caller.close()
            except BlockingIOError:
                waiting.append((path, caller))
        self._callers = waiting


def _trial(listener: Listener, doors: Doors, traces: Traces) -> tuple[str, ...]:
    """Do on purpose what must be seen; what was not."""
    before: Counters = counters.read()
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(QUESTION, (ELSEWHERE, 53))
    for path in doors.paths:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(path)
            sock.send(b"?")
            doors.look()
    listener.drain()
    outside = Path("/var/tmp/roomtone-prove")  # noqa: S108 - to see that it cannot be written
    with contextlib.suppress(OSError):
        outside.write_bytes(b"")
    seen = {
        "a packet": listener.seen["packets"] > 0,
        "a question for a name": listener.seen["questions for names"] == 1,
        "the kernel's counters": counters.read().since(before).get("datagrams") == 1,
        "a question to a resolver": bool(doors.paths) and set(doors.asked) == set(doors.paths),
        "a file elsewhere": not outside.exists(),
        "a file that is deleted at once": traces.trial(),
    }
    return tuple(name for name, well in seen.items() if not well)


def _visit(
    orders: Orders, listener: Listener, doors: Doors, traces: Traces
) -> tuple[int, list[msgspec.Raw]]:
    """Let the visitor in; its exit status, and what happened."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    guest = subprocess.Popen(
        [*orders.guest, str(writing)],
        pass_fds=(writing,),
        stdout=sys.stderr,
        stdin=subprocess.DEVNULL,
    )
    os.close(writing)
    told, end = b"", time.monotonic() + orders.patience
    while guest.poll() is None:
        if time.monotonic() > end:
            guest.kill()
        for look in (listener.drain, doors.look, traces.look):
            look()
        told += _read(reading)
        time.sleep(LOOK)
    for look in (listener.drain, doors.look, traces.look):
        look()
    told += _read(reading)
    return guest.returncode, [msgspec.Raw(line) for line in told.splitlines()]


def _read(pipe: int) -> bytes:
    found = b""
    with contextlib.suppress(BlockingIOError):
        while piece := os.read(pipe, 65536):
            found += piece
    return found


if __name__ == "__main__":
    main()
