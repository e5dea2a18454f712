"""The sound of set phrases is made while the house rests: then they are spoken at once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from roomtone.app.parts import Voice
from roomtone.base.bulletin import Bulletin
from roomtone.base.error import PartError
from roomtone.base.timed import timed

REST = 3.0
"""Seconds in which nothing happens before it begins; whatever happens ends it."""

BREATH = 0.2
"""Seconds between two phrases, for everybody else."""


class Rehearsal:
    """Has `voice` keep the sound of `phrases`, one after another, while `rests` says so.

    A voice that was started again has forgotten them, and begins anew.
    """

    def __init__(
        self,
        voice: Voice,
        phrases: Callable[[], Sequence[str]],
        bulletin: Bulletin,
        rests: Callable[[], bool],
    ) -> None:
        self._voice = voice
        self._phrases = phrases
        self._rests = rests
        self._stirred = asyncio.Event()
        self._pid: int | None = None
        self._known: set[str] = set()
        bulletin.listen(lambda _event: self._stirred.set())

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._stirred.clear()
            if not await self._stirs(REST) and self._rests():
                rehearsing = asyncio.create_task(self._rehearse())
                try:
                    await self._stirred.wait()
                finally:
                    rehearsing.cancel()
                    await asyncio.wait([rehearsing])
            await self._stirred.wait()

    async def _stirs(self, within: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with timed(within):
                return await self._stirred.wait()
        return False

    async def _rehearse(self) -> None:
        with contextlib.suppress(PartError):
            for phrase in await asyncio.to_thread(self._phrases):
                if self._voice.child.pid != self._pid:
                    self._pid, self._known = self._voice.child.pid, set()
                if phrase not in self._known:
                    if not await self._voice.rehearse(phrase):
                        return
                    self._known.add(phrase)
                    await asyncio.sleep(BREATH)
