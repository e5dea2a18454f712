"""The daemon that runs, as the prover may see it: its process, its unit, its folders."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from roomtone.app import alone
from roomtone.app.config import Config
from roomtone.app.doctor.service import Asked, ask, present
from roomtone.base.error import OwnerError
from roomtone.web.client import Client

UNIT = "roomtone.service"

WRITABLE = ("var/lib/roomtone", "var/cache/roomtone", "tmp", "var/tmp", "dev/shm")
"""What the unit may write to, in its own view of the disk."""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A daemon that answers, or why there is none that may be looked at."""

    missing: str = ""
    """Why it cannot be looked at; nothing else counts then."""
    mend: str = ""
    client: Client | None = None
    status: dict[str, Any] = {}
    core: int = 0
    """Its process."""
    unit: bool = False
    """Whether systemd runs it, as the unit that is shipped."""
    folders: tuple[Path, ...] = ()
    """All that it may write to; of one without walls, what it means to write to."""

    @property
    def pids(self) -> tuple[int, ...]:
        """The core, and every part that is up."""
        parts = (part.get("pid") for part in self.status["parts"].values())
        return (self.core, *(pid for pid in parts if pid))


def find(config: Config) -> Service:
    """Look for it. Raises nothing."""
    client = alone.daemon(config)
    try:
        if not client.running():
            return Service(
                missing="no daemon runs", mend="`sudo systemctl start roomtone`, or `roomtone run`"
            )
        status = client.status()
    except OwnerError as problem:
        return Service(missing=str(problem), mend="`sudo roomtone prove`")
    core = listener(alone.sockets(config))
    unit = present() and shown("MainPID").get("MainPID") == str(core)
    root = Path(f"/proc/{core}/root")
    return Service(
        client=client,
        status=status,
        core=core,
        unit=unit,
        folders=tuple(root / place for place in WRITABLE)
        if unit
        else (alone.whereabouts(config).state,),
    )


def listener(sockets: Iterable[Path]) -> int:
    """Process that listens at the first of `sockets` that answers; 0 when none does."""
    for path in sockets:
        with socket.socket(socket.AF_UNIX) as sock:
            try:
                sock.connect(str(path))
                data = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            except OSError:
                continue
            pid: int = struct.unpack("iII", data)[0]
            return pid
    return 0


def shown(*names: str, asked: Asked = ask) -> dict[str, str]:
    """What systemd says of the unit."""
    lines = asked(["systemctl", "show", UNIT, f"--property={','.join(names)}"]).splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)
