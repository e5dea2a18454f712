"""The local model's answer, as far as it is fit to be heard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Protocol

from roomtone.base.timed import timed
from roomtone.base.words import Exchanged
from roomtone.respond.cut import is_cut
from roomtone.respond.fit import NOTHING, Fit
from roomtone.respond.judgement import SAID, Verdict, judge
from roomtone.respond.opening import Opening
from roomtone.respond.outside import tame
from roomtone.respond.sentence import Splitter
from roomtone.respond.settings import AnswerSettings
from roomtone.turn.port import Clause

ENDLESS = "That took me too long. Please ask me something simpler."
"""Said when not even a first sentence was written in time."""

PATIENCE = 20.0
"""Seconds that the language model may write at an answer; pauses of its listeners do not count."""


NUDGE = "Answer the question itself, in one short and plain spoken sentence."
"""Told to the model when its first attempt began with no answer."""

HONEST = frozenset({ENDLESS, NOTHING})
"""Sentences of our own in the place of an answer."""


class Thinking(Protocol):
    """A language model that writes as it thinks."""

    def think(
        self, system: str, history: list[Exchanged], question: str, facts: str
    ) -> AsyncIterator[str]:
        """Pieces of the answer."""
        ...

    async def warm(self, system: str, history: list[Exchanged], question: str = "") -> None:
        """Read what is known of the next prompt. A failure costs only time."""
        ...


class Writing:
    """Has the local model write; a beginning that is no answer is written once more."""

    def __init__(self, thinking: Thinking) -> None:
        self._thinking = thinking

    async def sentences(
        self,
        question: str,
        history: list[Exchanged],
        settings: AnswerSettings,
        *,
        wakes: Sequence[str] = (),
        early: bool = False,
    ) -> AsyncGenerator[str]:
        """The answer, sentence by sentence, or an honest word that there is none.

        None of the phrases that wake (`wakes`) is in it. The first sentence comes in `Clause`s and
        its end when it may be spoken `early`. Raises PartError.
        """
        earlier = (history[-1].user, history[-1].assistant) if history else ("", "")
        verdict = Verdict("empty")
        for known, nudge in ((history, ""), ([], NUDGE)):
            opening = Opening(question, earlier, wakes)
            prompt = (settings.system, known, question, nudge)
            written = self._written(prompt, settings, opening if early else None)
            async with contextlib.aclosing(written):
                first = await anext(written, "")
                while isinstance(first, Clause):
                    yield first
                    first = await anext(written, "")
                verdict = judge(question, first, settings, earlier=earlier, finished=False)
                fit = verdict.kind == "fit"
                if opening.given:
                    rest = opening.rest(first) if fit else ""
                    yield rest or SAID["cut_off"]
                    if not rest:
                        return
                elif fit or first in HONEST:
                    yield tame(first, wakes)
                else:
                    continue
                async for sentence in written:
                    yield tame(sentence, wakes)
                return
        yield SAID[verdict.kind]

    async def foresee(self, system: str, history: list[Exchanged], beginning: str) -> None:
        """Have the model read how the next question begins."""
        await self._thinking.warm(system, history, beginning)

    async def _written(
        self,
        prompt: tuple[str, list[Exchanged], str, str],
        settings: AnswerSettings,
        opening: Opening | None,
    ) -> AsyncGenerator[str]:
        """What of one attempt is fit to be heard, and whether it broke off.

        The first sentence comes whole, also behind the clauses that `opening` has given away of it.
        """
        splitter, fit = Splitter(tokens=True), Fit(settings)
        said = False
        pieces = self._thinking.think(*prompt)
        async with contextlib.aclosing(pieces):  # type: ignore[type-var]
            try:
                async for piece in _within(pieces, PATIENCE):
                    for sentence in splitter.feed(piece):
                        if fitting := fit.take(sentence):
                            said = True
                            yield fitting
                        if fit.full:
                            return
                    early = None if said or opening is None else opening.take(splitter.begun, fit)
                    if early:
                        yield early
            except TimeoutError:
                if not said:
                    yield ENDLESS
                return
        for rest in splitter.flush():
            if said and is_cut(rest):
                yield SAID["cut_off"]
            elif fitting := fit.take(rest):
                said = True
                yield fitting
        if not said and (last := fit.finish()):
            yield last


async def _within(pieces: AsyncIterator[str], seconds: float) -> AsyncIterator[str]:
    """The pieces, as long as the wait for them takes no longer in all. Raises TimeoutError."""
    now = asyncio.get_running_loop().time
    while True:
        began = now()
        async with timed(seconds):
            piece = await anext(pieces, None)
        if piece is None:
            return
        seconds -= now() - began
        if seconds < 0:
            raise TimeoutError
        yield piece
