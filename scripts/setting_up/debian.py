"""Debian packages: what is missing, installed with apt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

from setting_up.journal import JOURNAL
from setting_up.llama import LLAMA
from setting_up.step import SetupError, run, show, succeeds

RUN_PACKAGES = {
    "ca-certificates": "safe downloads",
    "libgomp1": "several cores at once",
    "libportaudio2": "microphone and loudspeaker",
    "libspeexdsp1": "no echo of its own voice",
    "libsystemd0": "a word to the service manager, lines in the journal",
}
TEST_PACKAGES = {
    "libasound2-plugins": "a virtual sound card",
    "mmdebstrap": "another Debian, to try the appliance in",
    "pulseaudio": "a virtual room",
    "pulseaudio-utils": "to look into it",
}
"""Debian package -> what it is for."""

LIBRARIES = {
    "libgomp1": "gomp",
    "libportaudio2": "portaudio",
    "libspeexdsp1": "speexdsp",
    "libsystemd0": "systemd",
}
"""Package -> its library, to look for where there is no Debian."""

LOCK_PATIENCE = "DPkg::Lock::Timeout=300"
"""Seconds to wait while another program installs packages: a fresh machine updates itself."""


HEADERS = (
    "import pathlib, sysconfig as s; (pathlib.Path(s.get_path('include')) / 'Python.h').open()"
)


def packages(python: str, *, dev: bool = False, wheels: bool = False) -> None:
    """Install the system libraries that are missing; `wheels`: nothing is compiled or fetched."""
    wanted = {**RUN_PACKAGES, **(TEST_PACKAGES if dev else {})}
    if not succeeds(python, "-I", "-c", "import ensurepip, venv"):
        wanted[f"{Path(python).name}-venv"] = "a Python environment of its own"
    if wheels:
        del wanted["ca-certificates"]
    else:
        wanted |= compilers(python)
    missing = {name: use for name, use in wanted.items() if not installed(name)}
    if missing:
        for name, use in missing.items():
            print(f"  needed from Debian: {name} ({use})", flush=True)
        apt(list(missing))
        show("Debian packages", "installed", last=True)


def compilers(python: str) -> dict[str, str]:
    """Say what the wheels that are not kept yet are compiled with."""
    wanted: dict[str, str] = {}
    if not LLAMA.wheel(python).exists() and not shutil.which("c++"):
        wanted["build-essential"] = "to compile llama.cpp"
    if not JOURNAL.wheel(python).exists():
        use = f"to compile {JOURNAL.title}"
        wanted |= {"libsystemd-dev": use, "pkg-config": use}
        if not shutil.which("cc"):
            wanted["build-essential"] = "to compile"
        if not succeeds(python, "-I", "-c", HEADERS):
            wanted[f"{Path(python).name}-dev"] = use
    return wanted


def installed(package: str) -> bool:
    """Whether Debian has this package; elsewhere, whether its library is found."""
    if not shutil.which("dpkg-query"):
        return package not in LIBRARIES or bool(find_library(LIBRARIES[package]))
    query = ["dpkg-query", "-W", "-f=${db:Status-Status} ", package]
    told = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return "installed" in told.split()


def apt(missing: list[str]) -> None:
    """Install them, with sudo when we are not root. Raises SetupError saying what to type."""
    by_hand = f"sudo apt-get install -y {' '.join(missing)}"
    if not shutil.which("apt-get"):
        raise SetupError(f"please install what Debian calls {', '.join(missing)}, then try again")
    sudo: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo") or not (sys.stdin.isatty() or succeeds("sudo", "-n", "true")):
            raise SetupError(f"it needs system packages; please run:  {by_hand}")
        print(f"\n  sudo, for:  {by_hand.removeprefix('sudo ')}", flush=True)
        sudo = ["sudo"]
    get = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", LOCK_PATIENCE]
    succeeds(*get, "update")
    try:
        run(*get, "install", "-y", "--no-install-recommends", *missing)
    except SetupError as failed:
        raise SetupError(
            f"apt could not install what is missing; without internet, bring these packages and "
            f"what they need, install them and run this again: {', '.join(missing)}"
        ) from failed
