"""A copy of the database from before its schema changed: the way back to the release before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from roomtone.store import connection as connections
from roomtone.store import files

KEPT = 86_400.0
"""Seconds for which the copy is kept after the change, and a damaged file after its repair."""

_PATTERNS = ("before-*", "damaged*", "snapshot-*.part*")


def make(connection: Any, path: Path, key: bytes, version: int) -> None:
    """Copy the open database `path` to `<path>.before-<version>`, under the same `key`.

    The copy is whole or not there. Raises apsw.Error, OSError.
    """
    part = path.with_name(f"{path.name}.before-{version}.part")
    connections.copy(connection, part, key)
    part.rename(part.with_suffix(""))
    files.sync(path.parent)


def drop(path: Path, before: float = float("inf")) -> None:
    """Delete copies and damaged files that were laid aside before Unix time `before`, and halves.

    Raises OSError.
    """
    for pattern in _PATTERNS:
        for copy in path.parent.glob(f"{path.name}.{pattern}"):
            if ".part" in copy.suffix or copy.stat().st_mtime < before:
                copy.unlink(missing_ok=True)
