"""What somebody chose by voice and expects to find again: the volume, a closed microphone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from roomtone.store.database import Database


def get(database: Database, name: str, default: str) -> str:
    """The choice called `name`, or `default` before anybody chose."""
    rows = database.read("SELECT value FROM choices WHERE name = ?", (name,))
    return str(rows[0][0]) if rows else default


def put(database: Database, name: str, value: str) -> None:
    """Remember a choice."""
    database.write(
        "INSERT INTO choices VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def sign(path: Path, *, on: bool) -> None:
    """Set or remove an empty file for good; a disk that refuses keeps it as it is."""
    with contextlib.suppress(OSError):
        if on:
            path.touch(mode=0o600)
        else:
            path.unlink(missing_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
