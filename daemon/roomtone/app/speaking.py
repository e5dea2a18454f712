"""Everything the room hears from us: answers, cues, apologies; and how much of it was heard."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence

import msgspec

from roomtone.app.duplex import Duplex
from roomtone.base import event
from roomtone.base.error import PartError
from roomtone.base.frame import SAMPLE_RATE
from roomtone.base.timed import timed
from roomtone.respond.outside import calls
from roomtone.speak.cue import cue
from roomtone.turn.exchange import Said, speak, spoken, text
from roomtone.turn.port import Answer, Clause, Sound, Voicing

LONG_THOUGHT = 1.2
"""Seconds of thinking after which a cue says that the question was understood."""

APOLOGY_MADE = 3.0
"""Seconds in which the words of an apology are made; then a cue tells the same."""

WORDS_PATIENCE = 3.0
"""Seconds that an alarm waits for words between its chimes."""


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
        self.cues = cues
        self.made = False
        """True when all sound of the current answer has been handed to the ear."""
        self.ringing = False
        """True while a bell rings."""
        self.wakes: Callable[[], Sequence[str]] = tuple
        """The phrases that wake: what we say of them ourselves must not."""
        self._said: list[Said] = []
        self._calls = False

    @property
    def saying(self) -> str:
        """What the newest answer has said so far. Private."""
        return text(self._said)

    async def answer(
        self, turn: int, answer: Answer, over: Callable[[Spoken], None] = lambda _: None
    ) -> None:
        """Speak `answer` to its end. `over` is told what was heard, also when it is cut short.

        Cancelling hushes. Raises PartError.
        """
        said: list[Said] = []
        self._said = said
        played = 0.0
        self.made = self.ringing = answer.by == "timer"

        bridge = asyncio.create_task(self._bridge(answer))
        telling = Telling(lambda words: self._sentence(turn, words))

        def begun(sentence: str) -> Said:
            bridge.cancel()
            self._calls = calls(sentence, self.wakes())
            if not said:
                ahead = bool(sentence) and sentence == answer.ready
                self._happen(
                    event.ReplyStarted(
                        t=self._ear.t,
                        turn=turn,
                        by=answer.by,
                        speculative=ahead,
                        ahead_ms=answer.ahead_ms if ahead else 0,
                        wasted_ms=answer.wasted_ms,
                    )
                )
            telling.begun(sentence)
            said.append(Said(text=sentence))
            return said[-1]

        try:
            await self._ear.attend("watching")
            voicing = Chimes(self._voicing) if answer.by == "timer" else self._voicing
            await speak(turn, answer.sentences, voicing, self, begun)
            self.made = True
            played = await self._ear.finish(turn) if said else 0.0
        except asyncio.CancelledError:
            with contextlib.suppress(PartError):
                played = await self._ear.hush(turn)
            telling.over()
            self._over(turn, answer, said, played, over)
            raise
        finally:
            bridge.cancel()
            telling.over()
        self._over(turn, answer, said, played, over)

    def _sentence(self, turn: int, words: str) -> None:
        self._happen(event.Sentence(t=self._ear.t, turn=turn, text=words))

    async def play(self, turn: int, pcm: bytes, rate: int) -> None:
        """Append sound of the sentence that has begun. Raises PartError."""
        await self._ear.play(turn, pcm, rate, calls=self._calls, rings=self.ringing)

    async def finish(self, turn: int) -> float:
        """Wait until the sound of `turn` is over; seconds the room has heard. Raises PartError."""
        return await self._ear.finish(turn)

    async def apologise(self, turn: int, part: str, excuse: str) -> bool:
        """Tell the room that `part` failed, by `excuse` if it can be had in time, else by a cue.

        False when nothing could be played. Cancelling hushes.
        """
        told = False
        try:
            words = [] if part == "voice" else await self._made(excuse)
            for pcm, rate in words:
                await self._ear.play(turn, pcm, rate)
            if not words:
                await self.signal("failed", always=True)
            await self._ear.finish(turn)
            told = True
        except PartError:
            pass
        finally:
            if not told:
                with contextlib.suppress(PartError):
                    await self._ear.hush(turn)
        return told

    async def _made(self, words: str) -> list[tuple[bytes, int]]:
        """Give the sound of a few words, or nothing when it cannot be had in time."""
        pieces = self._voicing.voice(words)
        try:
            async with (
                timed(APOLOGY_MADE),
                contextlib.aclosing(pieces),  # type: ignore[type-var]
            ):
                return [piece async for piece in pieces]
        except (PartError, TimeoutError):
            return []

    async def signal(self, name: str, *, always: bool = False) -> None:
        """Play a cue, when the owner wants cues. Raises PartError."""
        if self.cues or always:
            await self._ear.cue(cue(name), SAMPLE_RATE)

    async def _bridge(self, answer: Answer) -> None:
        """Tell by a cue that we have understood, when the answer takes long."""
        if answer.by in ("llama", "cloud"):
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
                t=self._ear.t,
                turn=turn,
                by=answer.by,
                text=whole,
                spoken_text=heard,
                skill=answer.skill,
                reason=answer.reason,
            )
        )


class Telling:
    """Has each sentence told once and whole, in however many clauses it is spoken."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._open: list[str] = []
        self._told: set[str] = set()

    def begun(self, piece: str) -> None:
        """A sentence, a clause of one or ready sound (empty) begins to be spoken."""
        if piece:
            self._open.append(piece)
        if not isinstance(piece, Clause):
            self.over()

    def over(self) -> None:
        """Nothing more of the sentence comes."""
        words = " ".join(self._open)
        self._open.clear()
        if words and words not in self._told:
            self._told.add(words)
            self._tell(words)


class Chimes:
    """A voice that an alarm can do without: when it fails or hangs, the chimes go on."""

    def __init__(self, voicing: Voicing) -> None:
        self._voicing = voicing

    async def voice(self, sentence: str) -> AsyncIterator[tuple[bytes, int]]:
        """The sentence's sound, as much of it as comes in time."""
        pieces = self._voicing.voice(sentence)
        over = (PartError, TimeoutError, StopAsyncIteration)
        async with contextlib.aclosing(pieces):  # type: ignore[type-var]
            while True:
                try:
                    async with timed(WORDS_PATIENCE):
                        piece = await anext(pieces)
                except over:
                    return
                yield piece


async def say(text: str) -> AsyncIterator[str | Sound]:
    """One sentence as an answer."""
    yield text
