"""The service: its user and units, its start and stop, and whether it truly hears."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installing.places import (
    AGE,
    AGEING,
    COMMAND,
    CURRENT,
    FOLDERS,
    KINDS,
    PREFIX,
    SERVICE,
    UNITS,
    USERS,
)
from setting_up.step import ROOT, SetupError, run, succeeds

PATIENCE = 180
"""Seconds for a version to get ready: large models load slowly from an SD card."""

STEADY = 3.0
"""Seconds that it must go on hearing before it is believed."""

FRESH = 3.0
"""Seconds that the last frame of the microphone may be old."""

TRIES = 3
"""Starts of a service that keeps ending before it is given up."""


def make_user(tree: Path) -> None:
    """Make the system user, unless it is there."""
    _copy(tree / "systemd/sysusers.d/roomtone.conf", USERS)
    run("systemd-sysusers", USERS)


def place_units(tree: Path) -> None:
    """Put the units of a version in the place of those of another."""
    wanted = {unit.name for unit in units(tree)}
    for old in placed():
        if old.name not in wanted:
            old.unlink()
    for unit in units(tree):
        _copy(unit, UNITS / unit.name)
    _copy(tree / "systemd/tmpfiles.d/roomtone.conf", FOLDERS)
    run("systemd-tmpfiles", "--create", FOLDERS)
    AGEING.write_text(AGE)
    run("systemctl", "daemon-reload")
    if not os.path.lexists(COMMAND):
        COMMAND.parent.mkdir(parents=True, exist_ok=True)
        COMMAND.symlink_to(CURRENT / "bin" / "roomtone")


def units(tree: Path, folder: Path | None = None) -> Iterator[Path]:
    """Every unit file of a version, or of a `folder`."""
    for kind in KINDS:
        yield from sorted((folder or tree / "systemd").glob(f"*.{kind}"))


def brought() -> set[str]:
    """The names of all units that a version of Roomtone brings: an admin's own are none of them."""
    return {unit.name for tree in (ROOT, *PREFIX.glob("*")) for unit in units(tree)}


def placed() -> list[Path]:
    """The unit files on this computer that a version of Roomtone brought."""
    ours = brought()
    return [unit for unit in units(UNITS, UNITS) if unit.name in ours]


def check_command() -> None:
    """Raises SetupError when something else has the name of Roomtone's command."""
    ours = COMMAND.is_symlink() and COMMAND.readlink() == CURRENT / "bin" / "roomtone"
    if os.path.lexists(COMMAND) and not ours:
        raise SetupError(
            f"{COMMAND} is there and not from here; move it away (sudo mv {COMMAND} "
            f"{COMMAND}.old) and run this again"
        )


def start() -> None:
    """Start the service now and at every boot, without waiting for it."""
    run("systemctl", "enable", SERVICE)
    succeeds("systemctl", "reset-failed", SERVICE)
    run("systemctl", "start", "--no-block", SERVICE)


def stop() -> None:
    """Stop the service, and what else of Roomtone runs from the version that goes."""
    names = sorted(name for name in brought() if name.endswith((".service", ".timer")))
    # A pattern may match nothing, which a plain name that is not there may not.
    run("systemctl", "stop", *(f"[{name[0]}]{name[1:]}".replace("@.", "@*.") for name in names))


def deaf(patience: float = PATIENCE, *, heard: bool = False) -> str:
    """Wait until the service hears; empty when it does, else why it is not believed.

    To hear means: the service manager has its READY, and `roomtone status` sees fresh frames of an
    open microphone, or that it is muted, or that there provably is none. Where the version before
    has `heard`, there is one.
    """
    end, since, why = time.monotonic() + patience, None, "it did not start"
    while time.monotonic() < end:
        seen = look(heard=heard)
        if seen.lost:
            return seen.why
        if seen.why:
            since, why = None, seen.why
        elif since is None:
            since = time.monotonic()
        elif time.monotonic() - since >= STEADY:
            return ""
        time.sleep(0.3)
    return f"{why}, for {patience:.0f} s"


@dataclass(frozen=True)
class Look:
    """What one look at the service showed."""

    why: str = ""
    """Why it does not hear; empty when it does."""
    lost: bool = False
    """Waiting longer is of no use."""


def look(*, heard: bool) -> Look:
    """Look once whether the service hears."""
    state = shown()
    if state["ActiveState"] == "failed" or int(state["NRestarts"]) >= TRIES:
        return Look("it does not stay up", lost=True)
    if state["ActiveState"] != "active":
        return Look(f"it is not ready ({state['StatusText'] or state['ActiveState']})")
    status = asked()
    return Look(unheard(status, heard=heard) if status else "`roomtone status` gets no answer")


def hears() -> bool:
    """Whether the version in use has an open microphone at this moment."""
    return bool((asked().get("health") or {}).get("microphone") == "open")


def asked() -> dict[str, Any]:
    """The answer of `roomtone status --json`; empty without one."""
    words: list[str | Path] = [CURRENT / "bin" / "roomtone", "status", "--json"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, check=False).stdout
        status: dict[str, Any] = json.loads(told)
    except (OSError, ValueError):
        return {}
    return status


def unheard(status: dict[str, Any], *, heard: bool) -> str:
    """Why this answer of `roomtone status --json` does not mean that it hears; empty if it does."""
    health = status.get("health") or {}
    if not health.get("ready"):
        return "it says that it is not ready"
    if health.get("microphone") != "open":
        return (
            "it does not open the microphone that the version before has heard with"
            if heard
            else ""
        )
    age = health.get("frame_age_s")
    return "" if age is not None and age <= FRESH else "no sound comes from its microphone"


def shown() -> dict[str, str]:
    """What the service manager knows of the service."""
    names = "ActiveState,NRestarts,StatusText,MainPID"
    words = ["systemctl", "show", SERVICE, f"--property={names}"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return dict(line.split("=", 1) for line in told.splitlines())


def last_words() -> str:
    """What the service wrote last; no line of its journal holds what was said."""
    words = ["journalctl", "--unit", SERVICE, "--lines=12", "--output=cat", "--no-pager", "--quiet"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.rstrip()


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(file, part)
    part.replace(target)
