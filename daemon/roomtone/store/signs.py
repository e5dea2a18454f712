"""The last wish about the microphone, in empty files beside the database."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from roomtone.base.error import OwnerError
from roomtone.store import choices

MUTED, UNMUTED = "muted", "unmuted"
"""Empty files beside the database: the last wish, also when the database takes none.

`muted` stays as long as the microphone is closed, as a damaged database must not open it. `unmuted`
stays until the database knows. With both, the microphone is closed.
"""


GUESTS = "guests"
"""There while nothing is to be kept."""


class Signs:
    """Written in a thread of their own, as the database may hang."""

    def __init__(self, database: Path | None, prepare: Callable[[], object]) -> None:
        """`prepare` may make the folder of `database`; without a database nothing is written."""
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="signs")
        self._database = database
        self._prepare = prepare

    def put(self, *, muted: bool) -> None:
        """Note that the microphone was closed or opened; never waits."""
        if self._database is not None:
            self.thread.submit(self._put, self._database, muted=muted)

    async def written(self, within: float) -> bool:
        """Wait until all that was put is on the disk; False when it is not after `within` s."""
        if self._database is None:
            return True
        last = asyncio.get_running_loop().run_in_executor(self.thread, bool)
        done, _ = await asyncio.wait([last], timeout=within)
        return any(one.exception() is None for one in done)

    def guests(self, *, here: bool) -> None:
        """Note that guests are here, or have gone; never waits."""
        if self._database is not None:
            self.thread.submit(choices.sign, self._database.with_name(GUESTS), on=here)

    def guests_here(self) -> bool:
        """Whether guests were here last, as far as the sign knows."""
        return self._database is not None and self._database.with_name(GUESTS).exists()

    def known(self) -> None:
        """The database knows that the microphone is open."""
        if self._database is not None:
            self.thread.submit(choices.sign, self._database.with_name(UNMUTED), on=False)

    def muted(self) -> bool | None:
        """Whether the microphone was closed last; None when only the database can know."""
        if self._database is None:
            return None
        if self._database.with_name(MUTED).exists():
            return True
        return False if self._database.with_name(UNMUTED).exists() else None

    def _put(self, database: Path, *, muted: bool) -> None:
        with contextlib.suppress(OwnerError, OSError):
            self._prepare()
        on, off = (MUTED, UNMUTED) if muted else (UNMUTED, MUTED)
        choices.sign(database.with_name(on), on=True)
        choices.sign(database.with_name(off), on=False)
