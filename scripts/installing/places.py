"""Where an appliance keeps its parts."""

from __future__ import annotations

from pathlib import Path

PREFIX = Path("/opt/roomtone")
"""A folder for each version."""
CURRENT = PREFIX / "current"
"""Symbolic link to the version that runs: the units name it."""
PREVIOUS = PREFIX / "previous"
"""Symbolic link to the version before, for --rollback."""
KEPT = PREFIX / "kept"
"""The database as it was when a version was last stopped, a folder for each version."""
UNDERWAY = PREFIX / "underway.json"
"""There while one version takes the place of another; after a power cut it tells from where."""

UNITS = Path("/usr/local/lib/systemd/system")
"""Not /etc: what an admin writes there wins over these, and survives."""
USERS = Path("/usr/local/lib/sysusers.d/roomtone.conf")
FOLDERS = Path("/usr/local/lib/tmpfiles.d/roomtone.conf")
AGEING = Path("/usr/local/lib/tmpfiles.d/roomtone-kept.conf")
AGE = f"# What a version knew before an upgrade is not kept for ever.\ne {KEPT} - - - 1d\n"
COMMAND = Path("/usr/local/bin/roomtone")

CONFIG = Path("/etc/roomtone/config.toml")
STATE = Path("/var/lib/roomtone")
HELD = Path("/run/roomtone-install.lock")
"""Locked while an installation is at work."""

USER = "roomtone"
SERVICE = "roomtone.service"
KINDS = ("service", "socket", "timer", "path", "target")
"""What a unit file ends in."""
