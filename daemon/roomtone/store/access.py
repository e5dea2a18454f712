"""The way to the database: one thread of its own, the file opened when it is needed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from roomtone.base.error import OwnerError, PartError
from roomtone.store import trouble
from roomtone.store.database import Database
from roomtone.store.key import Lock
from roomtone.store.repair import Restored

CLOSING = 3.0
"""Seconds that the end waits for the disk; what hangs there is left to itself."""

LONG = 120.0
"""Seconds that a long piece of work may take before the thread counts as hanging."""

P = ParamSpec("P")
T = TypeVar("T")


class Access:
    """Opens the database and has work done in its thread."""

    def __init__(
        self,
        database: Path | None,
        key_file: Path | None,
        *,
        readonly: bool,
        prepare: Callable[[], object],
    ) -> None:
        """As `Store`."""
        self.path = database
        self.lock = None if database is None or key_file is None else Lock(database, key_file)
        self.restored: Restored | None = None
        self._readonly = readonly
        self._prepare = prepare
        self._database: Database | None = None
        self._refused: OwnerError | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._patient_until = 0.0

    async def open(self) -> None:
        """Open the file now. Raises OwnerError; the thread is gone then."""
        try:
            await self.run(self._opened)
        except BaseException:
            self._thread.shutdown()
            raise

    async def reopen(self) -> None:
        """Let the file go; it is opened again when it is needed. Memory stays as it is."""
        if self.path is not None:
            await self.run(self._let_go)

    async def writable(self) -> None:
        """Return when the file is open. Raises PartError also when it can be read only."""
        await self.do(lambda _: None)
        if self._refused is not None:
            raise PartError("store", str(self._refused), kind=self._refused.kind)

    async def do(
        self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Have `work` done with the open database. Raises PartError."""
        return await self.run(lambda: work(self._ready(), *args, **kwargs))

    async def do_long(
        self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `do`, what may take many seconds, and goes on when whoever waits is cancelled."""

        def done() -> T:
            self._patient_until = time.monotonic() + LONG
            try:
                return work(self._ready(), *args, **kwargs)
            finally:
                self._patient_until = 0.0

        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._thread, done))

    async def run(self, work: Callable[[], T]) -> T:
        """Have `work` done in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def busy(self) -> bool:
        """Whether the thread is at a long piece of work, and not for too long."""
        return time.monotonic() < self._patient_until

    async def alive(self) -> None:
        """Return when the thread has answered, or is at a long piece of work."""
        if not self.busy():
            await self.run(lambda: None)

    async def close(self, *others: ThreadPoolExecutor) -> None:
        """Finish what is being written, also by other threads, and close the file.

        Waits `CLOSING` seconds at most.
        """
        loop = asyncio.get_running_loop()
        last = {loop.run_in_executor(other, lambda: None) for other in others}
        await asyncio.wait(
            last | {loop.run_in_executor(self._thread, self._let_go)}, timeout=CLOSING
        )
        for thread in (*others, self._thread):
            thread.shutdown(wait=False, cancel_futures=True)

    def _ready(self) -> Database:
        """The open database. Raises PartError."""
        try:
            return self._opened()
        except OwnerError as error:
            raise PartError("store", str(error), kind=error.kind or "disk_failed") from None
        except OSError as problem:
            raise PartError(
                "store",
                trouble.advice(problem, self.path),
                kind=trouble.kind(problem, self.path),
            ) from None

    def _opened(self) -> Database:
        """Open the file unless it is open."""
        if self._database is None:
            self._refused = None
            self._prepare()
            if self.path is None or self.lock is None:
                self._database = Database(None)
            else:
                self._database = self._file(self.path, self.lock.open(readonly=self._readonly))
                self.restored = self._database.restored or self.restored
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

    def _let_go(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
