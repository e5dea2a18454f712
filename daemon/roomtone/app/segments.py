"""The stretch of speech that is open: it grows, is read ahead in its pauses, and ends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from roomtone.app.listening import Segment, Understanding
from roomtone.app.speculation import Speculation
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.words import Transcript
from roomtone.respond.expects import Expected


class Judged(NamedTuple):
    """What the words of a pausing segment want, by one reading of them."""

    more: Expected = "unknown"
    covered: int = 0
    """Bytes of sound that were read."""
    final: bool = False
    """Whether it was read in the pause, and not along the way."""


class Segments:
    """Holds at most one open segment; `tell` is told what its words want after a pause."""

    def __init__(
        self,
        understanding: Understanding,
        speculation: Speculation,
        tell: Callable[[message.Expect], Awaitable[None]],
    ) -> None:
        self._understanding = understanding
        self._speculation = speculation
        self._tell = tell
        self.grew_at = 0.0
        """Stream time at which sound last came in; 0 before any has."""
        self._segment: Segment | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._wish: message.Expect | None = None
        self._judged = Judged()

    @property
    def reading(self) -> bool:
        """True while a pausing segment is read or answered ahead."""
        reading = self._preparing is not None and not self._preparing.done()
        return reading or self._speculation.going

    def holds(self, number: int) -> bool:
        """Whether this is the open segment."""
        return self._segment is not None and self._segment.number == number

    def open(self, segment: Segment, partial: Callable[[str], None]) -> None:
        """Take the place of whatever was open; `partial` is told the words as they come."""
        self.drop()
        self._segment, self._wish, self._judged = segment, None, Judged()
        if segment.kind != "interruption":
            self._speculation.begin()

            def told(text: str) -> None:
                self._speculation.heard(text)
                partial(text)

            self._understanding.follow(
                segment,
                told,
                lambda said: self._stopped(segment, said),
                lambda said: self._perhaps(segment, said),
            )

    def grow(self, piece: message.SpeechChunk, t: float) -> None:
        """Take the next piece of the open segment's sound, which came in by stream time `t`."""
        if self._segment is not None and self.holds(piece.segment):
            self._segment.take(piece.pcm)
            self.grew_at = t

    def pause(self, paused: message.SpeechPaused) -> None:
        """Read and answer ahead: what the words want shortens or lengthens the wait."""
        if self._segment is not None and self.holds(paused.segment):
            self._leave()
            self._preparing = asyncio.create_task(self._prepare(self._segment, paused.t))

    def end(self, number: int) -> Segment | None:
        """The open segment, whole; None when it is another one.

        What is read of it ahead is from now on whose the segment is.
        """
        if not self.holds(number):
            return None
        self._leave()
        segment, self._segment = self._segment, None
        return segment

    def refuse(self, segment: Segment) -> None:
        """Give up what is read and answered ahead of a segment that nobody wants."""
        segment.unread()
        self._speculation.drop()

    def drop(self) -> None:
        """Forget the open segment."""
        self._leave()
        self._speculation.drop()
        self.grew_at = 0.0
        if self._segment is not None:
            self._understanding.forget(self._segment)
            self._segment = None

    def _leave(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None

    def _perhaps(self, segment: Segment, said: Transcript) -> None:
        """Answer ahead what was read almost to the end, if it sounds like all of it.

        The ear hears of it, too, as of a likely end; what is read to the end corrects it.
        """
        more = self._wanted(said)
        if more == "open" and self._judged.more == "unknown":
            return
        by = Judged("likely" if more == "complete" else more, segment.partial_bytes)
        if self._counts(segment, by) and by.more == "likely":
            self._speculation.prepare(said.text, segment.seconds, early=True)

    def _stopped(self, segment: Segment, said: Transcript) -> None:
        """Answer ahead before the pause is sure, if the words are whole; say what they want."""
        by = Judged(self._wanted(said), segment.partial_bytes)
        if self._counts(segment, by) and by.more in ("complete", "likely"):
            self._speculation.prepare(said.text, segment.seconds, early=True)

    def _wanted(self, said: Transcript) -> Expected:
        """What the words want; unknown where they were not surely read."""
        if not said.text or self._understanding.unsure(said):
            return "unknown"
        return self._speculation.expects(said.text)

    async def _prepare(self, segment: Segment, t: float) -> None:
        covered = len(segment.pcm)
        try:
            said = await self._understanding.prepare(segment, t)
        except PartError:
            self._counts(segment, Judged("unknown", covered, final=True))
            return
        counts = self._counts(segment, Judged(self._wanted(said), covered, final=True))
        if counts and said.text and not self._understanding.unsure(said):
            self._speculation.prepare(said.text, segment.seconds)

    def _counts(self, segment: Segment, judged: Judged) -> bool:
        """Whether a judgement is of no less sound than the last one; the ear is told what is new.

        It is told again after each reading: it forgets when somebody speaks on.
        """
        last = self._judged
        if (judged.covered, judged.final) < (last.covered, last.final):
            return False
        self._judged = judged
        if judged != last and (judged.more, last.more) != ("unknown", "unknown"):
            self._wish = message.Expect(segment=segment.number, more=judged.more)
            if self._telling is None or self._telling.done():
                self._telling = asyncio.create_task(self._tell_all())
        return True

    async def _tell_all(self) -> None:
        """Tell the ear one wish after the other; only the newest waits meanwhile."""
        with contextlib.suppress(PartError):  # the ear is gone, and its segment with it
            while (wish := self._wish) is not None:
                self._wish = None
                await self._tell(wish)
