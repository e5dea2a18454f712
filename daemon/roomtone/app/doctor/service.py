"""The service as systemd sees it: installed, started at boot, running, walled in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from roomtone.app.doctor.finding import Finding, bad, ok, skipped, warn
from roomtone.system.health import ROOT

PATIENCE = 5.0
"""Seconds to wait for systemd's answer."""

EXPOSURE = {"roomtone": 1.1, "roomtone-web": 0.6, "roomtone-cloud": 1.3}
"""The most that `systemd-analyze security` may say of each unit, of 10."""

Asked = Callable[[list[str]], str]
"""Runs a command of systemd's; its output, empty when it failed."""


def ask(command: list[str]) -> str:
    """Run a command of systemd's."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout


def present(root: Path = ROOT) -> bool:
    """Whether systemd runs this machine (sd_booted(3))."""
    return (root / "run/systemd/system").is_dir()


def installed(asked: Asked = ask, root: Path = ROOT) -> bool:
    """Whether systemd knows the service."""
    return present(root) and _shown(asked).get("LoadState") == "loaded"


def check(asked: Asked = ask, root: Path = ROOT) -> Iterator[Finding]:
    """The service, and how much of the machine its units are open to."""
    if not present(root):
        yield skipped("service", "systemd does not run this machine", "`roomtone run`")
        return
    shown = _shown(asked)
    if shown.get("LoadState") != "loaded":
        advice = "`sudo ./scripts/install`"
        yield skipped("service", "Roomtone is not installed as a service", advice)
        return
    yield _state(shown)
    yield _at_boot(shown)
    yield from _exposure(asked)


def _shown(asked: Asked) -> dict[str, str]:
    names = "LoadState,ActiveState,UnitFileState,NRestarts,Result"
    lines = asked(["systemctl", "show", "roomtone.service", f"--property={names}"]).splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _state(shown: dict[str, str]) -> Finding:
    state, restarts = shown.get("ActiveState", "unknown"), shown.get("NRestarts", "0")
    if state == "active":
        if restarts not in {"0", ""}:
            said = f"running, started again {restarts} times by itself"
            return warn("service", said, "`journalctl -u roomtone -p warning -b` says why", state)
        return ok("service", "running", state)
    if state in {"activating", "reloading", "deactivating"}:
        return warn("service", f"it is {state}", "`systemctl status roomtone`", state)
    said = f"not running ({state}, {shown.get('Result', '')})".replace(", success", "")
    return bad(
        "service", said, "`sudo systemctl start roomtone`; `journalctl -u roomtone -b`", state
    )


def _at_boot(shown: dict[str, str]) -> Finding:
    state = shown.get("UnitFileState", "")
    if state.startswith("enabled"):
        return ok("service.boot", "starts with the machine", state)
    return warn(
        "service.boot",
        "does not start with the machine",
        "`sudo systemctl enable roomtone`",
        state,
    )


def _exposure(asked: Asked) -> Iterator[Finding]:
    for unit, most in EXPOSURE.items():
        name = f"service.exposure.{unit}"
        told = asked(["systemd-analyze", "security", "--no-pager", f"{unit}.service"])
        found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", told)
        if found is None:
            yield skipped(name, "systemd does not tell")
        elif (level := float(found[1])) > most:
            said = f"more open than it is made ({level} of 10, made for {most})"
            yield warn(name, said, f"`systemctl cat {unit}` shows what was changed", level)
        else:
            yield ok(name, "how open the service is, of 10", level)
