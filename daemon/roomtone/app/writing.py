"""The local model's answer, as far as it is fit to be heard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Protocol

from roomtone.base.words import Exchanged
from roomtone.respond.fit import Fit
from roomtone.respond.sentence import Splitter
from roomtone.respond.settings import AnswerSettings

ENDLESS = "That took me too long. Please ask me something simpler."
"""Said when not even a first sentence was written in time."""

PATIENCE = 20.0
"""Seconds that the language model may write at an answer; pauses of its listeners do not count."""


class Thinking(Protocol):
    """A language model that writes as it thinks."""

    def think(
        self, system: str, history: list[Exchanged], question: str, facts: str
    ) -> AsyncIterator[str]:
        """Pieces of the answer."""
        ...


class Writing:
    """Has the local model write."""

    def __init__(self, thinking: Thinking) -> None:
        self._thinking = thinking

    async def sentences(
        self, question: str, history: list[Exchanged], settings: AnswerSettings
    ) -> AsyncGenerator[str]:
        """The answer, sentence by sentence. Raises PartError."""
        splitter, fit = Splitter(), Fit(settings)
        said = False
        pieces = self._thinking.think(settings.system, history, question, "")
        async with contextlib.aclosing(pieces):  # type: ignore[type-var]
            try:
                async for piece in _within(pieces, PATIENCE):
                    for sentence in splitter.feed(piece):
                        if fitting := fit.take(sentence):
                            said = True
                            yield fitting
                        if fit.full:
                            return
            except TimeoutError:
                if not said:
                    yield ENDLESS
                return
        for sentence in splitter.flush():
            if fitting := fit.take(sentence):
                yield fitting
        if last := fit.finish():
            yield last


async def _within(pieces: AsyncIterator[str], seconds: float) -> AsyncIterator[str]:
    """The pieces, as long as the wait for them takes no longer in all. Raises TimeoutError."""
    now = asyncio.get_running_loop().time
    while True:
        began = now()
        async with asyncio.timeout(seconds):
            piece = await anext(pieces, None)
        if piece is None:
            return
        seconds -= now() - began
        if seconds < 0:
            raise TimeoutError
        yield piece
