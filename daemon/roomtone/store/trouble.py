"""What is wrong with a file or its disk: one word for programs, one line for the owner."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import apsw

SPARE = 128 * 1024
"""Bytes that must be free for a small write and its log."""

_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "disk_readonly",
}

_REASONS: dict[type[Exception], str] = {
    apsw.FullError: "the disk is full",
    apsw.ReadOnlyError: "the file is read-only",
    apsw.IOError: "the disk cannot be read or written",
    apsw.CantOpenError: "the file cannot be opened",
    apsw.BusyError: "the file is held by another program",
    apsw.CorruptError: "the file is damaged",
    apsw.NotADBError: "the file is damaged or the key is wrong",
}


def kind(problem: Exception, path: Path | None, code: int = 0) -> str:
    """Kind of the fault, as `event.Fault.kind`.

    `path` is the database, or None in memory; `code` the number of the system's last error.
    """
    if isinstance(problem, apsw.CorruptError | apsw.NotADBError):
        return "database_bad"
    if isinstance(problem, apsw.FullError):
        return "disk_full"
    if isinstance(problem, apsw.ReadOnlyError):
        return "disk_readonly"
    if isinstance(problem, OSError):
        return _ERRNO.get(problem.errno or 0, "disk_failed")
    return _ERRNO.get(code) or _disk(path)


def reason(problem: Exception, path: Path | None, code: int = 0) -> str:
    """The problem by its kind only: SQLite's own words may quote what was said."""
    plain = {"disk_full": "the disk is full", "disk_readonly": "the disk is read-only"}
    if isinstance(problem, apsw.IOError | OSError) and (
        known := plain.get(kind(problem, path, code))
    ):
        return known
    if isinstance(problem, OSError):
        return problem.strerror or "the disk fails"
    return _REASONS.get(type(problem), type(problem).__name__)


def advice(problem: Exception, path: Path | None) -> str:
    """One line: what is wrong with `path`, and what the owner can do."""
    if isinstance(problem, apsw.NotADBError):
        return (
            f"{path} does not open with the key beside it: put the right key back, or move the "
            "database away to start afresh"
        )
    if isinstance(problem, apsw.CorruptError):
        return (
            f"{path} is damaged: start Roomtone, which goes back to its newest whole copy; "
            "when none is whole, put a backup there or move it away to start afresh"
        )
    todo = {
        "disk_full": "make room",
        "disk_readonly": "mount it writable; a card that keeps falling back must be replaced",
    }.get(kind(problem, path), "check the disk and the folder's owner, or correct [paths] state")
    return f"{path}: {reason(problem, path)}; {todo}"


def _disk(path: Path | None) -> str:
    """What the file system says of itself; SQLite names the failed call only."""
    if path is None:
        return "disk_failed"
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return "disk_failed"
    if disk.f_flag & os.ST_RDONLY:
        return "disk_readonly"
    return "disk_full" if disk.f_bavail * disk.f_frsize < SPARE else "disk_failed"
