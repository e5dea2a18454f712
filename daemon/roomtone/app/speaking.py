"""Everything the room hears from us: answers, cues, apologies; and how much of it was heard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import msgspec

from roomtone.app.duplex import Duplex
from roomtone.base import event
from roomtone.base.error import PartError
from roomtone.base.frame import SAMPLE_RATE
from roomtone.speak.cue import cue
from roomtone.turn.exchange import Said, speak, spoken, text
from roomtone.turn.port import Answer, Sound, Voicing

TROUBLE = "Sorry, something went wrong. Please ask me again."

LONG_THOUGHT = 1.2
"""Seconds of thinking after which a cue says that the question was understood."""

APOLOGY_BEGINS = 4.0
"""Seconds in which an apology is in the making; then a cue tells the same."""

APOLOGY_PATIENCE = 10.0
"""Seconds until its end; the parts it needs may be the broken ones."""


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an answer. Both texts are private."""

    text: str
    heard: str


class Speaking:
    """Speaks through the voice and the ear; tells `happen` what happens."""

    def __init__(
        self, ear: Duplex, voicing: Voicing, happen: Callable[[event.Event], None], *, cues: bool
    ) -> None:
        self._ear = ear
        self._voicing = voicing
        self._happen = happen
        self._cues = cues
        self.made = False
        """True when all sound of the current answer has been handed to the ear."""

    async def answer(
        self, turn: int, answer: Answer, over: Callable[[Spoken], None] = lambda _: None
    ) -> None:
        """Speak `answer` to its end. `over` is told what was heard, also when it is cut short.

        Cancelling hushes. Raises PartError.
        """
        said: list[Said] = []
        played = 0.0
        self.made = answer.by == "timer"

        bridge = asyncio.create_task(self._bridge(answer))

        def begun(sentence: str) -> Said:
            bridge.cancel()
            if not said:
                self._happen(event.ReplyStarted(t=self._ear.t, turn=turn, by=answer.by))
            if sentence and sentence not in (one.text for one in said):
                self._happen(event.Sentence(t=self._ear.t, turn=turn, text=sentence))
            said.append(Said(text=sentence))
            return said[-1]

        try:
            await self._ear.attend("watching")
            voicing = Chimes(self._voicing) if answer.by == "timer" else self._voicing
            await speak(turn, answer.sentences, voicing, self._ear, begun)
            self.made = True
            played = await self._ear.finish(turn) if said else 0.0
        except asyncio.CancelledError:
            with contextlib.suppress(PartError):
                played = await self._ear.hush(turn)
            self._over(turn, answer, said, played, over)
            raise
        finally:
            bridge.cancel()
        self._over(turn, answer, said, played, over)

    async def apologise(self, turn: int, part: str) -> bool:
        """Tell the room that `part` failed; False when not even that was possible.

        In words if they can be had in time, else by a cue. Cancelling hushes.
        """
        told = False
        try:
            told = (part != "voice" and await self._told(self._in_words(turn))) or (
                part != "ear" and await self._told(self._by_cue(turn))
            )
        finally:
            if not told:
                with contextlib.suppress(PartError):
                    await self._ear.hush(turn)
        return told

    async def _told(self, telling: Coroutine[Any, Any, None]) -> bool:
        try:
            await telling
        except (PartError, TimeoutError):
            return False
        return True

    async def _in_words(self, turn: int) -> None:
        now = asyncio.get_running_loop().time
        async with (
            asyncio.timeout(APOLOGY_BEGINS) as patience,
            contextlib.aclosing(self._voicing.voice(TROUBLE)) as pieces,  # type: ignore[type-var]
        ):
            async for pcm, rate in pieces:
                patience.reschedule(now() + APOLOGY_PATIENCE)
                await self._ear.play(turn, pcm, rate)
            await self._ear.finish(turn)

    async def _by_cue(self, turn: int) -> None:
        async with asyncio.timeout(APOLOGY_PATIENCE):
            await self.signal("failed", always=True)
            await self._ear.finish(turn)

    async def signal(self, name: str, *, always: bool = False) -> None:
        """Play a cue, when the owner wants cues. Raises PartError."""
        if self._cues or always:
            await self._ear.cue(cue(name), SAMPLE_RATE)

    async def _bridge(self, answer: Answer) -> None:
        """Tell by a cue that we have understood, when the answer takes long."""
        if answer.by == "llama":
            await asyncio.sleep(LONG_THOUGHT)
            with contextlib.suppress(PartError):
                await self.signal("understood")

    def _over(
        self,
        turn: int,
        answer: Answer,
        said: list[Said],
        played: float,
        over: Callable[[Spoken], None],
    ) -> None:
        whole, heard = text(said), spoken(said, played)
        over(Spoken(text=whole, heard=heard))
        self._happen(
            event.ReplyFinished(
                t=self._ear.t, turn=turn, by=answer.by, text=whole, spoken_text=heard
            )
        )


class Chimes:
    """A voice that an alarm can do without: when it fails, the chimes go on."""

    def __init__(self, voicing: Voicing) -> None:
        self._voicing = voicing

    async def voice(self, sentence: str) -> AsyncIterator[tuple[bytes, int]]:
        """The sentence's sound, or none."""
        with contextlib.suppress(PartError):
            async for piece in self._voicing.voice(sentence):
                yield piece


async def say(text: str) -> AsyncIterator[str | Sound]:
    """One sentence as an answer."""
    yield text
