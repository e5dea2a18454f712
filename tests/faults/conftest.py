"""A fault suite notes how long each fault took to heal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from faults.hearing import PACKAGE, Hearing
from sound.conftest import daemon, ear, recording, room, voice

__all__ = ["daemon", "ear", "hearing", "recording", "recovered", "room", "voice"]


@pytest.fixture
def recovered(request):
    """Notes that catalogue row `row` took `seconds` to heal; `what` names the case."""

    def note(row: int, what: str, seconds: float) -> None:
        if table := os.environ.get("ROOMTONE_FAULT_TABLE"):
            measured = {"row": row, "what": what, "seconds": round(seconds, 3)}
            line = json.dumps(measured | {"test": request.node.nodeid})
            with Path(table).open("a") as file:
                file.write(line + "\n")

    return note


@pytest.fixture
def hearing(monkeypatch):
    """Starts supervised ears in an environment, and ends them after the test."""
    started = []

    def start(environment, **setup):
        for name, value in (environment | {"PYTHONPATH": str(PACKAGE)}).items():
            monkeypatch.setenv(name, value)
        started.append(Hearing(**setup))
        return started[-1]

    yield start
    for one in started:
        one.close()
