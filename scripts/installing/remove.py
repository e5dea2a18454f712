"""Roomtone leaves: without a trace but what the household has said to it, or without any."""

from __future__ import annotations

import shutil

from installing import service
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
from setting_up.step import run, succeeds


def remove(*, purge: bool) -> None:
    """Remove the service and every version; with `purge` also settings, memory and user."""
    doing("stopping Roomtone", _silence)
    doing("removing units and programs", _programs)
    if purge:
        doing("removing settings, memory and user", _memory)
        say("Roomtone is gone, with everything it knew.")
        return
    say(
        "Roomtone is gone. What it knew stays, for the next installation:",
        f"  settings  {CONFIG.parent}",
        f"  memory    {STATE}",
        "`sudo ./scripts/install --uninstall --purge` removes these too, and the user.",
    )


def _silence() -> None:
    for unit in service.placed():
        if "@" not in unit.name:
            succeeds("systemctl", "disable", "--now", unit.name)


def _programs() -> None:
    for unit in service.placed():
        unit.unlink()
    run("systemctl", "daemon-reload")
    if COMMAND.is_symlink() and str(COMMAND.readlink()).startswith(str(CURRENT)):
        COMMAND.unlink()
    for file in (AGEING, FOLDERS, USERS):
        file.unlink(missing_ok=True)
    shutil.rmtree(PREFIX, ignore_errors=True)


def _memory() -> None:
    for folder in (STATE, CONFIG.parent):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree("/run/roomtone", ignore_errors=True)
    if succeeds("id", USER):
        run("userdel", USER)
    succeeds("groupdel", USER)
