"""Makes the probable answer while it is not sure yet that the user has finished.

Nothing of it is heard, done, told or asked outside before the turn is confirmed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Protocol

from roomtone.app.ahead import Ahead
from roomtone.app.choosing import Draft
from roomtone.base.error import PartError
from roomtone.base.frame import seconds
from roomtone.recognize.agreed import Agreed
from roomtone.respond.expects import Expected, expects
from roomtone.respond.skills.stop import is_stop
from roomtone.turn.port import Voicing
from roomtone.turn.speculation import SOUND, Budget, enough, same, whole, words

Piece = tuple[bytes, int]


class Drafting(Protocol):
    """Whoever answers: pure, until it is told to."""

    async def draft(self, text: str) -> Draft | None:
        """What would be answered to `text` now; None when that cannot be told ahead."""
        ...

    async def foresee(self, beginning: str) -> None:
        """Have the house read how a question begins."""
        ...


class Speculation:
    """At most one answer that is made ahead; as a `Voicing` it gives its sound for its words."""

    def __init__(
        self,
        drafting: Drafting,
        voicing: Voicing,
        knows: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`knows` says whether some words have the form of what a skill answers."""
        self._drafting = drafting
        self._voicing = voicing
        self._knows = knows
        self._budget = Budget()
        self._agreed = Agreed()
        self._foreseeing: asyncio.Task[None] | None = None
        self._attempt: _Attempt | None = None
        self._taken: _Attempt | None = None

    @property
    def going(self) -> bool:
        """True while something is made ahead."""
        return self._attempt is not None and not self._attempt.making.done()

    @property
    def wasted_ms(self) -> int:
        """How long answers were prepared for nothing, this turn."""
        return round(self._budget.wasted * 1000)

    def expects(self, text: str) -> Expected:
        """What the words so far want after them."""
        return expects(text, known=self._knows(text))

    def begin(self) -> None:
        """Somebody begins to speak: what was prepared for others is void, and the budget new."""
        self.end()
        self._budget, self._agreed = Budget(), Agreed()

    def prepare(self, text: str, length: float, *, early: bool = False) -> None:
        """Make the answer to `text`, an utterance of `length` seconds, unless it is made already.

        `early` is before a pause is sure. A stop is obeyed, not answered.
        """
        if self._attempt is not None and same(self._attempt.text, text):
            return
        self.drop()
        if words(text) and not is_stop(text) and self._budget.grants(length, early=early):
            self._attempt = _Attempt(text, self._drafting, self._voicing)

    def heard(self, partial: str) -> None:
        """Somebody speaks on when a partial holds more than what is being answered.

        What two partials agree on goes into the language model meanwhile.
        """
        if self._attempt is not None and len(words(partial)) > len(words(self._attempt.text)):
            self.drop()
        busy = self._foreseeing is not None and not self._foreseeing.done()
        if self._agreed.feed(partial) and self._attempt is None and not busy:
            foreseeing = self._drafting.foresee(self._agreed.text)
            self._foreseeing = asyncio.ensure_future(foreseeing)

    def take(self, text: str) -> Draft | None:
        """What was prepared, now that the turn is sure to be `text`; None when it was not that."""
        attempt = self._attempt
        if attempt is None or attempt.draft is None or not same(attempt.text, text):
            self.drop()
            return None
        self._attempt, self._taken = None, attempt
        attempt.taken = True
        return attempt.draft

    def drop(self) -> None:
        """Give up what was prepared, but for what is being spoken already."""
        attempt, self._attempt = self._attempt, None
        if attempt is not None:
            self._budget.wasted += attempt.spent
            attempt.give_up()

    def end(self) -> None:
        """The turn is over: give up the rest of what was taken, too."""
        self.drop()
        taken, self._taken = self._taken, None
        if taken is not None:
            taken.give_up()

    async def voice(self, sentence: str) -> AsyncGenerator[Piece]:
        """Pieces of sound; those of a prepared sentence are there already. Raises PartError."""
        sound = None if self._taken is None else self._taken.sounds.pop(sentence, None)
        pieces = self._voicing.voice(sentence) if sound is None or sound.failed else sound.take()
        async with contextlib.aclosing(pieces):  # type: ignore[type-var]
            async for piece in pieces:
                yield piece


class _Attempt:
    """One answer that is made ahead, as far as `enough` goes."""

    def __init__(self, text: str, drafting: Drafting, voicing: Voicing) -> None:
        self.text = text
        self.draft: Draft | None = None
        self.sounds: dict[str, Ahead[Piece]] = {}
        self.taken = False
        """True once its answer is spoken: no further sentence is voiced beside it."""
        self._drafting = drafting
        self._voicing = voicing
        self._now = asyncio.get_running_loop().time
        self._began, self._ended = self._now(), 0.0
        self.making = asyncio.create_task(self._make())

    @property
    def spent(self) -> float:
        """Seconds of making."""
        return (self._ended or self._now()) - self._began

    def give_up(self) -> None:
        """Make no more of it."""
        self.making.cancel()
        if self.draft is not None:
            self.draft.sentences.give_up()
        for sound in self.sounds.values():
            sound.give_up()

    async def _make(self) -> None:
        try:
            with contextlib.suppress(PartError):  # whoever answers in earnest meets it again
                self.draft = await self._drafting.draft(self.text)
                if self.draft is not None:
                    await self._voice(self.draft.sentences)
        finally:
            self._ended = self._now()

    async def _voice(self, sentences: Ahead[str]) -> None:
        length = 0.0
        async for sentence in sentences.read():
            if self.taken:
                return
            sound = Ahead(self._voicing.voice(sentence), _long_enough)
            self.sounds[sentence] = sound
            await sound.stands()
            length += _length(sound.ready)
            if enough(whole(self.sounds), length):
                return


def _length(pieces: Sequence[Piece]) -> float:
    return sum(seconds(pcm, rate) for pcm, rate in pieces)


def _long_enough(pieces: Sequence[Piece]) -> bool:
    return _length(pieces) >= SOUND
