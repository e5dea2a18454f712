"""Runs in the place of a unit's program, behind its walls, and prints as JSON what it could do."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import socket
import sys
from pathlib import Path

from roomtone.system.walls import probe

CLONE_NEWUSER = 0x10000000


def how(attempt, *arguments) -> str:
    """What came of it: "done", or the name of the error."""
    try:
        attempt(*arguments)
    except OSError as problem:
        return errno.errorcode[problem.errno or 0]
    return "done"


def write(folder: str) -> None:
    path = Path(folder) / "written-by-insider"
    path.write_text("x")
    path.unlink()


def datagram(address: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", (address, 9))


def connect(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(path)


def open_device(path: str) -> None:
    os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))


def new_namespace() -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")


def first_in_line() -> None:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


def below(folder: str) -> list[str]:
    found = []
    for path, _folders, files in os.walk(folder):
        found += [f"{path}/{name}" for name in files]
    return sorted(found)


def strangers() -> int:
    """Processes of others that it sees."""
    count = 0
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            count += entry.name.isdigit() and entry.stat().st_uid != os.getuid()
    return count


PLACES = ("/etc", "/usr", "/opt/roomtone", "/run", "/var/lib/roomtone", "/tmp")  # noqa: S108 - to try

json.dump(
    {
        "missing_walls": probe().missing,
        "writes": {place: how(write, place) for place in PLACES},
        "reads": {
            place: how(os.listdir, place)
            for place in ("/home/somebody", "/root", "/var/lib/roomtone", "/run/roomtone")
        },
        "devices": {name: how(open_device, f"/dev/{name}") for name in ("snd/controlC0", "other")},
        "datagrams": {
            address: how(datagram, address) for address in ("127.0.0.1", "127.0.0.53", "192.0.2.1")
        },
        "core": how(connect, "/run/roomtone/roomtone.sock"),
        "way_out": how(connect, "/run/roomtone-cloud/sock"),
        "files_in_run": below("/run"),
        "namespace": how(new_namespace),
        "first_in_line": how(first_in_line),
        "strangers": strangers(),
    },
    sys.stdout,
)
