"""The parts as the core uses them: jobs go in, answers come back."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Any

import msgspec

from roomtone.app.policy import POLICIES
from roomtone.base import message
from roomtone.base.child import Child
from roomtone.base.error import LostError, PartError
from roomtone.base.falls import News, Told
from roomtone.base.timed import timed
from roomtone.base.words import Exchanged, Transcript
from roomtone.turn.port import Clause

BACKLOG = 64
"""Answers of a job that may wait for their reader; the child waits beyond."""

PATIENCE = 30.0
"""Seconds without an answer before a job is given up; a part that hangs is found much sooner."""

SOON = 1.5
"""Seconds within which a part that fell over a job without a word is given the job once more."""

RETURN = 2.5
"""Seconds to wait for a part that has just fallen: with starter models it is back in one."""


class Jobs:
    """Numbers requests to one child and hands each its own answers."""

    def __init__(
        self,
        name: str,
        setup: msgspec.Struct | Callable[[], msgspec.Struct],
        incoming: Any,
        told: Told,
    ) -> None:
        self._numbers = itertools.count(1)
        self._open: dict[int, asyncio.Queue[Any]] = {}
        self._told = told
        self.child: Child[Any] = Child(
            name, setup, incoming, self._heard, self._changed, POLICIES[name]
        )
        self.resting = False
        """True while it gives way to parts that matter more; its jobs fail at once."""

    @property
    def away(self) -> bool:
        """True when it is not to be had for longer than a restart takes."""
        return self.resting or self.child.degraded

    def rest(self, *, on: bool) -> None:
        """Give way, and give up what is going on; or be there again."""
        self.resting = on
        if on:
            for answers in self._open.values():
                _end(answers)

    async def stream(self, make: Callable[[int], msgspec.Struct]) -> AsyncGenerator[Any]:
        """Send the request that `make` builds from a job number; yield answers until `Done`.

        A part that has just fallen is waited for, and one that falls over the job `SOON` and
        without an answer is given it once more. Raises PartError when the part fails, falls or
        stays silent for `PATIENCE` seconds. Leaving early gives the job up.
        """
        now = asyncio.get_running_loop().time
        once_more = now() + SOON
        while True:
            try:
                async with contextlib.aclosing(self._try(make)) as answers:
                    async for answer in answers:
                        once_more = 0.0
                        yield answer
            except LostError:
                if now() > once_more:
                    raise
                once_more = 0.0
            else:
                return

    async def _try(self, make: Callable[[int], msgspec.Struct]) -> AsyncGenerator[Any]:
        await self.child.back(RETURN)
        if self.resting:
            raise PartError(self.child.name, "gives way to hearing")
        number = next(self._numbers)
        answers: asyncio.Queue[Any] = asyncio.Queue(BACKLOG)
        self._open[number] = answers
        over = False
        try:
            await self.child.send(make(number))
            while True:
                answer = await self._next(answers)
                if isinstance(answer, message.Done):
                    over = True
                    if answer.error:
                        raise PartError(self.child.name, f"failed with {answer.error}")
                    return
                yield answer
        finally:
            del self._open[number]
            while not answers.empty():  # the child's words may be waiting for room in it
                answers.get_nowait()
            if not over:
                with contextlib.suppress(PartError):
                    await self.child.send(message.Cancel(job=number))

    async def _next(self, answers: asyncio.Queue[Any]) -> Any:
        try:
            async with timed(PATIENCE):
                answer = await answers.get()
        except TimeoutError:
            raise PartError(self.child.name, f"did not answer for {PATIENCE:.0f} s") from None
        if answer is None:
            raise LostError(self.child.name, "went away")
        return answer

    async def _heard(self, said: Any) -> None:
        if isinstance(said, message.Complaint):
            self._told(News(part=self.child.name, up=True, fault=said.fault, action=said.action))
        elif (answers := self._open.get(said.job)) is not None:
            await answers.put(said)

    def _changed(self, news: News) -> None:
        if not news.up:
            for answers in self._open.values():
                _end(answers)
        self._told(news)


def away(parts: Iterable[Jobs]) -> Callable[[str], bool]:
    """Tells of a part by its name whether it is away for longer."""
    by_name = {part.child.name: part for part in parts}
    return lambda name: name in by_name and by_name[name].away


def _end(answers: asyncio.Queue[Any]) -> None:
    """Let the reader know, behind what it has not read yet or in place of the last of it."""
    if answers.full():
        answers.get_nowait()
    answers.put_nowait(None)


class Transcriber(Jobs):
    """Utterance -> transcript."""

    hurried = False
    """True while there is no time for readings that are not final."""

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        """Transcribe mono 16 kHz s16le; empty text when nobody spoke. Raises PartError."""
        if self.hurried and not final:
            raise PartError("transcriber", "has no time for partial readings")
        text = Transcript(text="", confidence=0.0, seconds=len(pcm) / 32000)
        answers = self.stream(lambda job: message.Transcribe(job=job, pcm=pcm, final=final))
        async with contextlib.aclosing(answers):
            async for answer in answers:
                text = Transcript(
                    text=answer.text,
                    confidence=answer.confidence,
                    seconds=len(pcm) / 32000,
                    compute_ms=answer.compute_ms,
                    full_length=answer.full_length,
                )
        return text


class Thinker(Jobs):
    """Question -> the pieces of an answer."""

    max_tokens = 96
    temperature = 0.0

    async def think(
        self, system: str, history: list[Exchanged], question: str, facts: str
    ) -> AsyncGenerator[str]:
        """The answer as it is written. Raises PartError."""
        answers = self.stream(
            lambda job: message.Think(
                job=job,
                system=system,
                history=history,
                question=question,
                facts=facts,
                max_tokens=self.max_tokens,
                temperature=self.temperature,
            )
        )
        async with contextlib.aclosing(answers):
            async for answer in answers:
                yield answer.text

    async def warm(self, system: str, history: list[Exchanged], question: str = "") -> None:
        """Read what is known of the next prompt already. A failure costs only time."""
        answers = self.stream(
            lambda job: message.Warm(job=job, system=system, history=history, question=question)
        )
        with contextlib.suppress(PartError):
            async with contextlib.aclosing(answers):
                async for _ in answers:
                    pass


class Voice(Jobs):
    """Sentence -> sound."""

    async def rehearse(self, phrase: str) -> bool:
        """Have it keep the sound of a set phrase; False when that is not to be. Raises PartError.

        Whatever is to be spoken meanwhile goes first.
        """
        answers = self.stream(lambda job: message.Rehearse(job=job, text=phrase))
        kept = False
        async with contextlib.aclosing(answers):
            async for answer in answers:
                kept = answer.kept
        return kept

    async def voice(self, sentence: str) -> AsyncGenerator[tuple[bytes, int]]:
        """Pieces of (mono s16le, samples per second). Raises PartError."""
        goes_on = isinstance(sentence, Clause)
        answers = self.stream(
            lambda job: message.Speak(job=job, text=str(sentence), goes_on=goes_on)
        )
        async with contextlib.aclosing(answers):
            async for answer in answers:
                yield answer.pcm, answer.rate
