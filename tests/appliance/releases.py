"""Root file systems of Debian releases, made once and kept in the user's cache."""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

PACKAGES = (
    "ca-certificates,dbus,iproute2,libasound2-plugins,libgomp1,libportaudio2,libspeexdsp1,procps,"
    "python3,python3-venv,systemd,systemd-sysv"
)
PATIENCE = 600.0


class NoReleaseError(Exception):
    """The release cannot be had here; `str()` says why."""


def release(name: str) -> Path:
    """The root file system of the Debian release `name`, e.g. "trixie". Raises NoReleaseError."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "roomtone"
    recipe = hashlib.sha256(f"{name} {PACKAGES}".encode()).hexdigest()[:8]
    root = cache / f"{name}-{recipe}"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not root.exists():
            _make(name, root)
    return root


def _make(name: str, root: Path) -> None:
    if not shutil.which("mmdebstrap"):
        raise NoReleaseError(f"the program mmdebstrap, which makes a {name}, is not installed")
    part = root.with_name(f".{root.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}"]
    try:
        subprocess.run(
            [*command, name, part, _mirror()], check=True, capture_output=True, timeout=PATIENCE
        )
    except (subprocess.SubprocessError, OSError) as problem:
        shutil.rmtree(part, ignore_errors=True)
        told = getattr(problem, "stderr", b"") or b""
        raise NoReleaseError(f"no {name} could be made: {told.decode()[-200:]}") from problem
    part.rename(root)


def _mirror() -> str:
    """The mirror that this computer installs Debian from."""
    system = platform.freedesktop_os_release()
    codename = system.get("VERSION_CODENAME") if system["ID"] == "debian" else None
    form = "$(RELEASE) $(COMPONENT) $(REPO_URI)"
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", form, "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for line in told.splitlines():
        suite, component, place = line.split(" ", 2)
        if component == "main" and suite == codename:
            return place
    raise NoReleaseError("this computer installs nothing from a Debian mirror")
