"""Roomtone leaves: without a trace but what the household has said to it, or without any."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installing import keep, service
from installing.places import (
    AGEING,
    COMMAND,
    CONFIG,
    CURRENT,
    FOLDERS,
    PREFIX,
    STATE,
    USER,
    USERS,
)
from installing.told import doing, say
from setting_up.step import SetupError, run, succeeds

SEALED = Path("/etc/credstore.encrypted/database-key")
"""The key of the memory, where an admin has sealed it."""
RUNTIME = Path("/run/roomtone")

REMEMBERED = ("roomtone.db*", ".roomtone.db*", "key", ".key.*", "muted", "unmuted", "models")
"""What is Roomtone's in a folder that the settings name, and that may hold more."""


def remove(*, purge: bool) -> None:
    """Remove the service and every version; with `purge` also settings, memory and user.

    Raises SetupError that names what could not be removed.
    """
    left: list[str] = []
    memory = _memory(left) if purge else STATE
    doing("stopping Roomtone", _silence)
    doing("removing units and programs", lambda: _programs(left))
    if purge:
        doing("removing settings, memory and user", lambda: _forget(memory, left))
    if left:
        raise SetupError(f"what is left, please remove it by hand: {'; '.join(left)}")
    if purge:
        say("Roomtone is gone, with everything it knew.")
        return
    say(
        "Roomtone is gone. What it knew stays, for the next installation:",
        f"  settings  {CONFIG.parent}",
        f"  memory    {STATE}, or what [paths] state names",
        "`sudo ./scripts/install --uninstall --purge` removes these too, and the user.",
    )


def _silence() -> None:
    for unit in service.placed():
        if "@" not in unit.name:
            succeeds("systemctl", "disable", "--now", unit.name)


def _programs(left: list[str]) -> None:
    for unit in service.placed():
        unit.unlink()
    run("systemctl", "daemon-reload")
    if COMMAND.is_symlink() and str(COMMAND.readlink()).startswith(str(CURRENT)):
        COMMAND.unlink()
    for path in (AGEING, FOLDERS, USERS, PREFIX):
        _gone(path, left)


def _memory(left: list[str]) -> Path:
    """Where the memory is; asked before the settings go."""
    try:
        return keep.state()
    except SetupError as problem:
        left.append(f"the memory ({problem})")
        return STATE


def _forget(memory: Path, left: list[str]) -> None:
    if memory != STATE or STATE.is_symlink():
        for path in [found for name in REMEMBERED for found in memory.glob(name)]:
            _gone(path, left)
        if not any(memory.iterdir()):
            _gone(memory, left)
    for path in (STATE, CONFIG.parent, SEALED, RUNTIME):
        _gone(path, left)
    if succeeds("id", USER):
        run("userdel", USER)
    succeeds("groupdel", USER)


def _gone(path: Path, left: list[str]) -> None:
    """Remove a file, a link or a whole folder; what cannot be removed is noted in `left`."""

    def note(_work: object, name: str, told: tuple[object, BaseException, object]) -> None:
        left.append(f"{name} ({getattr(told[1], 'strerror', None) or told[1]})")

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=note)
    elif os.path.lexists(path):
        try:
            path.unlink()
        except OSError as problem:
            left.append(f"{path} ({problem.strerror})")
