"""A home for the command line: folders of its own, a daemon to ask, a terminal to type at."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from fakes.door import beside

UNSET = (
    "XDG_RUNTIME_DIR",
    "ROOMTONE_CONFIG",
    "STATE_DIRECTORY",
    "RUNTIME_DIRECTORY",
    "XDG_DATA_HOME",
)


class Terminal(io.StringIO):
    """Standard input of a person; `typed` are their lines."""

    def isatty(self):
        return True


def moved_in(folder: Path, monkeypatch) -> Path:
    """Have commands keep everything under `folder`; the folder of their state."""
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    return folder / "roomtone"


@contextlib.contextmanager
def daemon(control, state: Path):
    """A daemon that answers the commands with `control`."""
    with beside(control, state / "roomtone.sock"):
        yield control
