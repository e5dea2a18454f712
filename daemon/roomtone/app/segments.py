"""The stretch of speech that is open: it grows, is read ahead in its pauses, and ends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from roomtone.app.listening import Segment, Understanding
from roomtone.app.speculation import Speculation
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.words import Transcript
from roomtone.respond.expects import Expected


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
        self._telling: asyncio.Future[None] | None = None
        self._told: tuple[int, Expected] = (0, "unknown")

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
        self._segment, self._telling, self._told = segment, None, (0, "unknown")
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
        if more in ("complete", "likely"):
            self._speculation.prepare(said.text, segment.seconds, early=True)
            self._tell_early(segment, "likely")
        elif self._telling is not None:
            self._tell_early(segment, more)

    def _stopped(self, segment: Segment, said: Transcript) -> None:
        """Answer ahead before the pause is sure, if the words are whole; say what they want."""
        more = self._wanted(said)
        if more in ("complete", "likely"):
            self._speculation.prepare(said.text, segment.seconds, early=True)
        if more != "unknown" or self._telling is not None:
            self._tell_early(segment, more)

    def _wanted(self, said: Transcript) -> Expected:
        """What the words want; unknown where they were not surely read."""
        if not said.text or self._understanding.unsure(said):
            return "unknown"
        return self._speculation.expects(said.text)

    def _tell_early(self, segment: Segment, more: Expected) -> None:
        """Tell the ear, once of each reading."""
        told = (segment.partial_bytes, more)
        if told != self._told:
            self._told = told
            self._telling = asyncio.ensure_future(self._wants(segment, more))

    async def _prepare(self, segment: Segment, t: float) -> None:
        with contextlib.suppress(PartError):
            transcript = await self._understanding.prepare(segment, t)
            more = self._wanted(transcript)
            if transcript.text and not self._understanding.unsure(transcript):
                self._speculation.prepare(transcript.text, segment.seconds)
            if more != "unknown" or self._telling is not None:
                await self._wants(segment, more)

    async def _wants(self, segment: Segment, more: Expected) -> None:
        with contextlib.suppress(PartError):  # the ear is gone, and its segment with it
            await self._tell(message.Expect(segment=segment.number, more=more))
