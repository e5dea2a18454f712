"""Two who may answer: whoever speaks first goes on, and nothing is said twice."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Literal

import msgspec

from roomtone.base.error import PartError

GRACE = 0.3
"""Seconds that a weak answer waits for a better one; it is said then, and the better one after."""


class Candidate(msgspec.Struct, kw_only=True, eq=False):
    """One who may answer."""

    by: str
    sentences: AsyncGenerator[str]
    """The answer; raises PartError when there is none."""
    weak: Callable[[str], bool] = lambda _sentence: False
    """Whether a first sentence is none that settles the question."""
    head: str = ""
    """The first sentence, once it is there."""


_LEAVING: set[asyncio.Task[None]] = set()
"""Those who take longer to leave than anybody waits."""

Why = Literal["late", "failed", "weak"]
"""What of the first one has the second begin."""

Start = Callable[[Why], Candidate | None]
"""Begins the second one; None when it may not."""


async def hedged(
    first: Candidate, second: Start, after: float, chosen: Callable[[Candidate], None]
) -> AsyncGenerator[str]:
    """The sentences of the one who speaks first.

    `second` starts when `first` has not spoken after `after` seconds, has failed, or has a weak
    answer. A weak answer waits `GRACE` for the other; a better one that comes later follows it.
    `chosen` is told whose sentences come next. Raises the first PartError when nobody has any.
    """
    race = _Race(first, second, after)
    try:
        candidate = await race.decide()
        while candidate is not None:
            chosen(candidate)
            yield candidate.head
            async for sentence in candidate.sentences:
                yield sentence
            candidate = await race.follows(candidate)
    finally:
        await race.end()


class _Race:
    def __init__(self, first: Candidate, second: Start, after: float) -> None:
        self._second: Start | None = second
        self._loop = asyncio.get_running_loop()
        self._start_at = self._loop.time() + after
        self._running: dict[asyncio.Task[str | None], Candidate] = {}
        self._entered: list[Candidate] = []
        self._leaving: list[asyncio.Task[None]] = []
        self._held: Candidate | None = None
        self._error: PartError | None = None
        self._enter(first)

    async def decide(self) -> Candidate | None:
        """Return who speaks; None when both have ended without a word. Raises PartError."""
        grace_ends: float | None = None
        while self._running:
            until = self._start_at if self._second else grace_ends
            wait = None if until is None else max(0.0, until - self._loop.time())
            await asyncio.wait(self._running, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            if (strong := self._take()) is not None:
                self._dismiss(strong)
                return strong
            if self._held is not None:
                self._begin_second("weak")
            elif not self._running:
                self._begin_second("failed")
            elif self._late():
                self._begin_second("late")
            if self._held is not None:
                grace_ends = grace_ends or self._loop.time() + GRACE
                if self._loop.time() >= grace_ends:
                    break
        if self._held is None and self._error is not None:
            raise self._error
        return self._held

    async def follows(self, said: Candidate) -> Candidate | None:
        """Who goes on after a weak answer: the other one, if it has a strong one still."""
        if said is not self._held:
            return None
        self._held = None
        while self._running:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            if (strong := self._take()) is not None:
                return strong
            self._held = None
        return None

    async def end(self) -> None:
        """Give up whoever is still at it; returns when all have ended, or soon."""
        self._dismiss(None)
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=GRACE)

    def _dismiss(self, winner: Candidate | None) -> None:
        """Have everybody but the winner end, without waiting for it."""
        self._second = None
        for candidate in [one for one in self._entered if one is not winner]:
            self._entered.remove(candidate)
            heads = [task for task, whose in self._running.items() if whose is candidate]
            for task in heads:
                del self._running[task]
            leaving = asyncio.ensure_future(_leave(candidate, heads))
            self._leaving.append(leaving)
            _LEAVING.add(leaving)
            leaving.add_done_callback(_LEAVING.discard)

    def _late(self) -> bool:
        return self._loop.time() >= self._start_at

    def _begin_second(self, why: Why) -> None:
        begin, self._second = self._second, None
        if begin is not None and (candidate := begin(why)) is not None:
            self._enter(candidate)

    def _enter(self, candidate: Candidate) -> None:
        self._entered.append(candidate)
        self._running[asyncio.ensure_future(_head(candidate))] = candidate

    def _take(self) -> Candidate | None:
        """Look at those who have a first sentence or failed; return one with a strong one."""
        strong: Candidate | None = None
        for task in [task for task in self._running if task.done()]:
            candidate = self._running.pop(task)
            error = task.exception()
            if isinstance(error, PartError):
                self._error = self._error or error
            elif error is not None:
                raise error
            elif (head := task.result()) is None:
                continue
            else:
                candidate.head = head
                if strong is None and not candidate.weak(head):
                    strong = candidate
                elif self._held is None and strong is not candidate:
                    self._held = candidate
        return strong


async def _leave(candidate: Candidate, heads: list[asyncio.Task[str | None]]) -> None:
    for task in heads:
        task.cancel()
    if heads:
        await asyncio.wait(heads)
    with contextlib.suppress(PartError):
        await candidate.sentences.aclose()


async def _head(candidate: Candidate) -> str | None:
    return await anext(candidate.sentences, None)
