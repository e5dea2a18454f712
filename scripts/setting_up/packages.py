"""Python packages, each held to its hash: from an index, or from a folder of wheels."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from setting_up.built import Built
from setting_up.journal import JOURNAL
from setting_up.llama import LLAMA
from setting_up.step import LOCKS, ROOT, run

BUILT: tuple[Built, ...] = (LLAMA, JOURNAL)
"""What is compiled here."""

WITH_IT = ("pyproject.toml", "README.md", "LICENSE", "NOTICE.md")
"""What is needed to build Roomtone, besides its code."""

TRACES = shutil.ignore_patterns("__pycache__", "*.egg-info")


def pip(python: Path, *words: str | Path) -> tuple[str | Path, ...]:
    """Begin a command line for the pip of an environment."""
    return (python, "-m", "pip", "--disable-pip-version-check", "--no-input", *words)


def locked(python: Path, lock: str, wheels: Path | None = None) -> None:
    """Install what a lock file names, and nothing else; from the folder `wheels` if given."""
    places = ("--no-index", "--find-links", wheels) if wheels else ()
    run(*pip(python, "install", *places, "--require-hashes", "--only-binary=:all:"),
        "-r", LOCKS / lock)  # fmt: skip


def place(python: Path, wheel: Path) -> None:
    """Install a wheel that was compiled here."""
    run(*pip(python, "install", "--no-deps", "--no-index", "--force-reinstall"), wheel)


def install_roomtone(python: Path, *, live: bool) -> None:
    """Install Roomtone itself: `live` from this checkout, or a copy of it as it is now."""
    words = pip(python, "install", "--no-deps", "--no-index", "--no-build-isolation")
    if live:
        run(*words, "-e", ROOT)
        return
    # A build leaves its traces where it happens, and what an earlier one left would be installed.
    with tempfile.TemporaryDirectory(prefix="roomtone-") as around:
        copy = Path(around, "roomtone")
        shutil.copytree(ROOT / "daemon", copy / "daemon", ignore=TRACES)
        for name in WITH_IT:
            shutil.copy(ROOT / name, copy)
        run(*words, copy)
