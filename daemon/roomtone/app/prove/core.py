"""A daemon for a proof: as `roomtone run` starts it, beside one that runs.

`python -m roomtone.app.prove.core CONFIG`
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from roomtone.app import config as configuration
from roomtone.app.run import run
from roomtone.base.error import RoomtoneError
from roomtone.system import logs


def main() -> None:
    """Run until it is ended; exit 1 with one line when it cannot start."""
    settings = Path(sys.argv[1])
    config = configuration.load(settings)
    logs.configure(config.log.level)
    try:
        asyncio.run(run(config, lambda: configuration.load(settings), source=settings))
    except RoomtoneError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
