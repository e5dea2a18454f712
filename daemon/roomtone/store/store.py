"""The memory of the daemon: one database, one thread of its own, methods to await."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from roomtone.base.room import Timer
from roomtone.store import choices, key, retention, timers, turns
from roomtone.store.database import Database
from roomtone.turn.record import Turn

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """Turns, timers and choices. Every method may raise PartError when the disk fails."""

    def __init__(self, database: Database, thread: ThreadPoolExecutor) -> None:
        """Take over an opened `database` and the `thread` it was opened in; see `open`."""
        self._database = database
        self._thread = thread

    @classmethod
    async def open(
        cls, database: Path | None = None, key_file: Path | None = None, *, readonly: bool = False
    ) -> Store:
        """Open or create the encrypted file `database` with the key in `key_file`.

        Without a file everything is kept in memory, as a replay must. Raises OwnerError that says
        what is wrong with either file.
        """
        thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        loop = asyncio.get_running_loop()

        def opened() -> Database:
            if database is None or key_file is None:
                return Database(None)
            return Database(database, key.load(key_file, database), readonly=readonly)

        try:
            return cls(await loop.run_in_executor(thread, opened), thread)
        except BaseException:
            thread.shutdown()
            raise

    async def add_turn(self, turn: Turn) -> int:
        """Keep a finished turn; its number."""
        return await self._do(turns.add, turn)

    async def turns(self, limit: int) -> list[Turn]:
        """Up to `limit` turns, newest first."""
        return await self._do(turns.newest, limit)

    async def turn(self, number: int | None = None) -> Turn | None:
        """The turn with this number, or the newest; None when it is not kept."""
        return await self._do(turns.one, number)

    async def search(self, words: str, limit: int = 50) -> list[Turn]:
        """Turns in which these letters were heard or said, newest first."""
        return await self._do(turns.search, words, limit)

    async def forget_before(self, moment: float) -> int:
        """Delete the turns that started before Unix time `moment`, from every file; how many."""
        return await self._do(retention.forget_before, moment)

    async def forget_turn(self, number: int) -> bool:
        """Delete one turn from every file; False when there is none with this number."""
        return await self._do(retention.forget_turn, number)

    async def forget_all(self) -> int:
        """Delete every turn from every file; how many."""
        return await self._do(retention.forget_all)

    async def add_timer(self, seconds: int, name: str, now: float) -> Timer:
        """Keep a timer that starts at Unix time `now`; it is on the disk when this returns."""
        return await self._do(timers.add, seconds, name, now)

    async def timers(self) -> tuple[Timer, ...]:
        """All timers, the next one first; also those that fell due while nobody ran."""
        return await self._do(timers.running)

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers; unknown numbers are no mistake."""
        await self._do(timers.cancel, ids)

    async def setting(self, name: str, default: str) -> str:
        """What somebody chose by voice ("volume", "muted"), or `default`."""
        return await self._do(choices.get, name, default)

    async def set_setting(self, name: str, value: str) -> None:
        """Remember a choice."""
        await self._do(choices.put, name, value)

    async def alive(self) -> None:
        """Return when the store's thread has answered: it works, whatever the disk says."""
        await asyncio.get_running_loop().run_in_executor(self._thread, lambda: None)

    async def close(self) -> None:
        """Finish what is being written and close the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._database.close)
        self._thread.shutdown()

    async def _do(
        self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._thread, lambda: work(self._database, *args, **kwargs)
        )
