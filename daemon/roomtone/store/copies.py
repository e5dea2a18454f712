"""A copy of the database from before its schema changed: the way back to the release before."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

KEPT = 86_400.0
"""Seconds for which the copy is kept after the change."""


def make(connection: Any, path: Path, version: int) -> None:
    """Copy the open database `path` to `<path>.before-<version>`, under the same key.

    The copy is whole or not there. Raises apsw.Error, OSError.
    """
    part = path.with_name(f"{path.name}.before-{version}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    connection.execute("VACUUM INTO ?", (str(part),))
    _sync(part)
    part.rename(part.with_suffix(""))
    _sync(path.parent)


def drop(path: Path, before: float = float("inf")) -> None:
    """Delete the copies of `path` that were made before Unix time `before`, and halves of them.

    Raises OSError.
    """
    for copy in path.parent.glob(f"{path.name}.before-*"):
        if copy.suffix == ".part" or copy.stat().st_mtime < before:
            copy.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
