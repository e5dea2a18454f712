"""A fault suite notes how long each fault took to heal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sound.conftest import ear, recording, room, voice

__all__ = ["ear", "recording", "recovered", "room", "voice"]


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
