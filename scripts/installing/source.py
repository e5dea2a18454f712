"""What is being installed: this checkout, or an unpacked bundle, and the Python it is for."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from setting_up.llama import instructions
from setting_up.packages import BUILT
from setting_up.step import LOCKS, ROOT, SetupError, key_of, succeeds

BUNDLE = ROOT / "bundle.json"
"""There when this is an unpacked bundle: what it is made for, and the SHA-256 of each file."""

WHEELS = ROOT / "wheels"
PULLED = ROOT / "pulled"
"""In a bundle: all Python packages, and the models its maker had pulled."""

CONTENT = (
    "daemon/roomtone/**/*.py",
    "daemon/roomtone/web/static/*",
    "systemd/**/*",
    "models/manifest.toml",
    "pyproject.toml",
)
"""What one version differs from another by, besides its packages."""

SUITS = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
VERSION = "import platform; print(platform.python_version())"
HOMES = ("/home/", "/root/")
"""Where a service may not look, so its Python must lie elsewhere."""


@dataclass(frozen=True)
class Source:
    """What this folder installs with `python`."""

    python: str

    @property
    def wheels(self) -> Path | None:
        """The folder of a bundle's wheels; None when they come from the package index."""
        return WHEELS if BUNDLE.exists() else None

    @cached_property
    def python_version(self) -> str:
        """The version of `python`, as in "3.11.2"."""
        asked = [self.python, "-I", "-c", VERSION]
        told = subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True)
        return told.stdout.strip()

    @property
    def version(self) -> str:
        """Roomtone's version, as in "0.1.0"."""
        found = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.M)
        return found[1] if found else "0"

    @cached_property
    def packages(self) -> str:
        """A word that changes when a package or the Python does."""
        locks = key_of(LOCKS / "run.txt", *(LOCKS / built.lock for built in BUILT))
        return f"{self.python_version}-{locks}"

    @cached_property
    def name(self) -> str:
        """The folder of this version: two builds that differ have different names."""
        digest = hashlib.sha256(self.packages.encode())
        for file in content():
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
        return f"{self.version}-{digest.hexdigest()[:8]}"


def content() -> Iterator[Path]:
    """The files that make this version, in a fixed order."""
    for pattern in CONTENT:
        yield from sorted(file for file in ROOT.glob(pattern) if file.is_file())


def find_python() -> str:
    """Find a Python that a service may use. Raises SetupError when there is none."""
    folders = ("/usr/bin", "/usr/local/bin")
    names = ("python3", "python3.13", "python3.12", "python3.11")
    for path in (f"{folder}/{name}" for name in names for folder in folders):
        inside = str(Path(path).resolve()).startswith(HOMES)
        if Path(path).exists() and not inside and succeeds(path, "-I", "-c", SUITS):
            return path
    raise SetupError(
        "it needs Python 3.11, 3.12 or 3.13 in /usr/bin; please install one "
        "(Debian 12 and 13: apt-get install python3)"
    )


def check_bundle(python: str) -> None:
    """Hold every file of an unpacked bundle to its hash. Raises SetupError for a bad one."""
    told: dict[str, Any] = json.loads(BUNDLE.read_text())
    here = (platform.machine(), Source(python).python_version.rsplit(".", 1)[0])
    if (told["machine"], told["python"]) != here:
        raise SetupError(
            f"this bundle is for {told['machine']} with Python {told['python']}, and this is "
            f"{here[0]} with Python {here[1]}; make one on such a computer: scripts/bundle"
        )
    if lacking := set(told["instructions"].split()) - set(instructions().split()):
        raise SetupError(
            f"this bundle was compiled for another processor (this one lacks {min(lacking)}); "
            "make one on such a computer: scripts/bundle"
        )
    for name, expected in told["files"].items():
        file = ROOT / name
        if not file.is_file() or digest(file) != expected:
            raise SetupError(f"{name} in this bundle is damaged; copy the bundle again")


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
