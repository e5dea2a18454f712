"""The memory of the daemon: one database, one thread of its own, methods to await."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import AlarmClock, Timer
from roomtone.store import alarms, choices, key, retention, timers, trouble, turns
from roomtone.store.database import Database
from roomtone.turn.record import Turn

MUTED, UNMUTED = "muted", "unmuted"
"""Empty files beside the database: the last wish, also when the database takes none.

`muted` stays as long as the microphone is closed, as a damaged database must not open it. `unmuted`
stays until the database knows. With both, the microphone is closed.
"""

CLOSING = 3.0
"""Seconds that the end waits for the disk; what hangs there is left to itself."""

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """Turns, timers, alarms and choices. Every method may raise PartError when the disk fails."""

    def __init__(
        self,
        database: Path | None = None,
        key_file: Path | None = None,
        *,
        readonly: bool = False,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Keep all in the encrypted file `database`, with the key in `key_file`.

        The file is opened when it is needed, after `prepare`, which may make its folder. Without a
        file everything is kept in memory, as a replay must.
        """
        self._path = database
        self._key_file = key_file
        self._readonly = readonly
        self._prepare = prepare
        self._database: Database | None = None
        self._refused: OwnerError | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._signs = ThreadPoolExecutor(1, thread_name_prefix="signs")

    @classmethod
    async def open(
        cls, database: Path | None = None, key_file: Path | None = None, *, readonly: bool = False
    ) -> Store:
        """Open or create the file now. Raises OwnerError that says what is wrong with it."""
        store = cls(database, key_file, readonly=readonly)
        try:
            await asyncio.get_running_loop().run_in_executor(store._thread, store._opened)
        except BaseException:
            store._thread.shutdown()
            raise
        return store

    async def reopen(self) -> None:
        """Let the file go; it is opened again when it is needed. Memory stays as it is."""
        if self._path is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._let_go)

    async def writable(self) -> None:
        """Return when the file is open. Raises PartError also when it can be read only."""
        await self._do(lambda _: None)
        if self._refused is not None:
            raise PartError("store", str(self._refused), kind=self._refused.kind)

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

    async def newest(self, before: float) -> float | None:
        """Unix time at which the newest turn before `before` started; None when there is none."""
        return await self._do(turns.newest_start, before)

    async def add_timer(self, timer: Timer) -> int:
        """Keep a timer; it is on the disk when this returns its number there."""
        return await self._do(timers.add, timer)

    async def timers(self) -> tuple[Timer, ...]:
        """All timers as they were set; also those that fell due while nobody ran."""
        return await self._do(timers.running)

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers; unknown numbers are no mistake."""
        await self._do(timers.cancel, ids)

    async def add_alarm(self, alarm: AlarmClock) -> int:
        """Keep an alarm; it is on the disk when this returns its number there."""
        return await self._do(alarms.add, alarm)

    async def alarms(self) -> tuple[AlarmClock, ...]:
        """All alarms, the earliest first; also those that nobody was there to ring."""
        return await self._do(alarms.pending)

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        """Remove alarms; unknown numbers are no mistake."""
        await self._do(alarms.cancel, ids)

    async def setting(self, name: str, default: str) -> str:
        """What somebody chose by voice ("volume", "muted"), or `default`."""
        return await self._do(choices.get, name, default)

    async def set_setting(self, name: str, value: str) -> None:
        """Remember a choice."""
        await self._do(choices.put, name, value)
        if name == "muted" and value == "no" and self._path is not None:
            self._signs.submit(choices.sign, self._path.with_name(UNMUTED), on=False)

    def sign(self, *, muted: bool) -> None:
        """Note that the microphone was closed or opened; needs no database, and never waits."""
        if self._path is not None:
            self._signs.submit(self._sign, self._path, muted=muted)

    def muted(self) -> bool | None:
        """Whether the microphone was closed last; None when only the database can know."""
        if self._path is None:
            return None
        if self._path.with_name(MUTED).exists():
            return True
        return False if self._path.with_name(UNMUTED).exists() else None

    async def alive(self) -> None:
        """Return when the store's thread has answered: it works, whatever the disk says."""
        await asyncio.get_running_loop().run_in_executor(self._thread, lambda: None)

    async def close(self) -> None:
        """Finish what is being written and close the file; waits `CLOSING` seconds at most."""
        loop = asyncio.get_running_loop()
        last = {
            loop.run_in_executor(self._signs, lambda: None),
            loop.run_in_executor(self._thread, self._let_go),
        }
        await asyncio.wait(last, timeout=CLOSING)
        for thread in (self._signs, self._thread):
            thread.shutdown(wait=False, cancel_futures=True)

    def _opened(self) -> Database:
        """Open the file unless it is open. Runs in the store's thread, as all that touches it."""
        if self._database is None:
            self._refused = None
            self._prepare()
            if self._path is None or self._key_file is None:
                self._database = Database(None)
            else:
                secret = key.load(self._key_file, self._path)
                self._database = self._file(self._path, secret)
        return self._database

    def _file(self, path: Path, secret: bytes) -> Database:
        """Open the file to be written, or, where the disk forbids that, to be read at least."""
        try:
            return Database(path, secret, readonly=self._readonly)
        except OwnerError as error:
            if self._readonly or error.kind not in ("disk_full", "disk_readonly"):
                raise
            full = error.kind == "disk_full"
            with contextlib.suppress(OwnerError):
                found = Database(path, secret, readonly=not full, exclusive=full)
                self._refused = error
                return found
            raise

    def _sign(self, database: Path, *, muted: bool) -> None:
        with contextlib.suppress(OwnerError, OSError):
            self._prepare()
        on, off = (MUTED, UNMUTED) if muted else (UNMUTED, MUTED)
        choices.sign(database.with_name(on), on=True)
        choices.sign(database.with_name(off), on=False)

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    async def _do(
        self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        def done() -> T:
            try:
                database = self._opened()
            except OwnerError as error:
                raise PartError("store", str(error), kind=error.kind or "disk_failed") from None
            except OSError as problem:
                raise PartError(
                    "store",
                    trouble.advice(problem, self._path),
                    kind=trouble.kind(problem, self._path),
                ) from None
            return work(database, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._thread, done)
