"""The recorded visitor visits, and everything is logged that a daemon would log, and more.

`python -m roomtone.app.prove.guest CONFIG RECORDING EVENTS`: one JSON object per event to EVENTS.
"""

from __future__ import annotations

import asyncio
import faulthandler
import sys
from pathlib import Path
from typing import IO

from roomtone.app import chronicle
from roomtone.app import config as configuration
from roomtone.app.replay import replay
from roomtone.base import event
from roomtone.base.error import RoomtoneError
from roomtone.base.event import Event
from roomtone.system import logs


def main() -> None:
    """Replay; exit 1 with one line when that cannot be."""
    settings, recording, events = sys.argv[1:]
    faulthandler.enable()
    config = configuration.load(Path(settings))
    logs.configure(config.log.level)
    with open(int(events), "w", encoding="utf-8") as told:  # noqa: PTH123 - a descriptor
        try:
            asyncio.run(replay(config, Path(recording), None, lambda one: _tell(one, told)))
        except RoomtoneError as problem:
            sys.exit(str(problem))


def _tell(happened: Event, told: IO[str]) -> None:
    chronicle.write(happened)
    told.write(event.to_json(happened) + "\n")
    told.flush()


if __name__ == "__main__":
    main()
