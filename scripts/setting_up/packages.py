"""Python packages, each held to its hash: from an index, or from a folder of wheels."""

from __future__ import annotations

from pathlib import Path

from setting_up.built import Built
from setting_up.journal import JOURNAL
from setting_up.llama import LLAMA
from setting_up.step import LOCKS, ROOT, run

BUILT: tuple[Built, ...] = (LLAMA, JOURNAL)
"""What is compiled here."""


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
    """Install Roomtone itself: `live` from this checkout, or as it is now."""
    words = pip(python, "install", "--no-deps", "--no-index", "--no-build-isolation")
    run(*words, *(("-e",) if live else ()), ROOT)
