"""The way to the internet where no service manager starts it: on the first call, and again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.base.timed import timed

GRACE = 1.0
"""Seconds the process has to leave before it is killed."""

PAUSE = 1.0
"""Seconds between its end and the next start."""

BACKLOG = 8
"""Connections that may wait until it is up."""

_log = logging.getLogger(__name__)


class CloudProcess:
    """A socket at `path` for this user alone, and behind it a process while one is needed."""

    def __init__(self, config: Path | None, path: Path) -> None:
        self._config = config
        self._path = path
        self._door: socket.socket | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Process number, while one runs."""
        return self._process.pid if self._process else None

    async def begin(self) -> None:
        """Have the socket there; the process comes when somebody connects. May be called again.

        Raises OwnerError when the socket cannot be made.
        """
        if self._door is None:
            self._door = _opened(self._path)
            self._keeping = asyncio.create_task(self._keep(self._door))

    async def stop(self) -> None:
        """End the process and remove the socket."""
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
        if self._door is not None:
            self._door.close()
            self._path.unlink(missing_ok=True)
        self._door = self._keeping = None

    async def _keep(self, door: socket.socket) -> None:
        while True:
            await _knock(door)
            try:
                code = await self._live(door)
            except OSError:
                code = -1
            _log.warning("the way to the internet ended", extra={"status": code})
            await asyncio.sleep(PAUSE)

    async def _live(self, door: socket.socket) -> int:
        """One process, from its start to its end; its exit status."""
        config = ("--config", str(self._config)) if self._config else ()
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "roomtone.app.cloud"),
                    *("--door", str(door.fileno()), "--core", str(theirs.fileno()), *config),
                    stdin=asyncio.subprocess.DEVNULL,
                    pass_fds=(door.fileno(), theirs.fileno()),
                )
            try:
                return await self._process.wait()
            finally:
                ours.close()
                await _gone(self._process)
                self._process = None


async def _knock(door: socket.socket) -> None:
    """Wait until somebody connects; the connection stays for the process to accept."""
    loop = asyncio.get_running_loop()
    knocked = asyncio.Event()
    loop.add_reader(door, knocked.set)
    try:
        await knocked.wait()
    finally:
        loop.remove_reader(door)


async def _gone(process: asyncio.subprocess.Process) -> None:
    """See a process off that has been told to end."""
    try:
        async with timed(GRACE):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _opened(path: Path) -> socket.socket:
    door = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        door.bind(str(path))
        door.listen(BACKLOG)
    except OSError as problem:
        door.close()
        raise OwnerError(
            f"the socket {path} cannot be made ({problem.strerror}); correct [paths] state"
        ) from problem
    finally:
        os.umask(mask)
    door.settimeout(0)
    return door
