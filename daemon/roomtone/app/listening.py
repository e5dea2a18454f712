"""From a segment of speech to its words: partials while it grows, the wake word taken off."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable
from typing import Protocol

import msgspec

from roomtone.base.error import PartError
from roomtone.base.frame import SAMPLE_BYTES, SAMPLE_RATE
from roomtone.base.message import Kind
from roomtone.base.words import Transcript
from roomtone.recognize.loudness import BLOCK, FALLEN, Loudness
from roomtone.recognize.partials import PartialPace
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.tidy import tidy
from roomtone.recognize.wakeword import strip_wake
from roomtone.recognize.whisper import SURE
from roomtone.respond.whole import is_whole
from roomtone.turn.speculation import same

STOPPED = 4 * BLOCK
"""Bytes of quiet, 80 ms, after which somebody has perhaps stopped: closures inside words are
shorter as a rule."""

BEHIND = 6 * BLOCK
"""Bytes of sound, 120 ms, behind a pause with which a partial may bear out what was read in it."""

MARGIN = 2 * BLOCK
"""Bytes of quiet at the end of a reading's sound that show that no word was cut."""

REACH = 7 * BLOCK
"""Bytes of voice, 140 ms, behind a reading that may belong to its last word: a recognizer knows a
word before it is out."""

LONGEST = 30 * SAMPLE_RATE * SAMPLE_BYTES
"""Bytes of one segment that are kept; the rest of an endless talk is dropped."""


class Reading(Protocol):
    """Whatever turns sound into words."""

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        """Transcribe mono 16 kHz s16le. Raises PartError."""
        ...


class Segment:
    """The sound of one stretch of speech, as it comes in."""

    def __init__(self, number: int, kind: Kind, phrase: str, *, clear: bool = True) -> None:
        self.number = number
        self.kind = kind
        self.phrase = phrase
        self.pcm = bytearray()
        self.loudness = Loudness()
        self.clear = clear
        """False when our own voice may be in it; see `message.SpeechBegan`."""
        self.ended = False
        self.paused_at = 0.0
        self.paused_bytes = 0
        self.prepared: asyncio.Task[Transcript] | None = None
        self.partial: asyncio.Task[Transcript] | None = None
        self.partial_bytes = 0
        """How much of the sound `partial` reads, or has read."""
        self.agreed_bytes = 0
        """How much of the sound a later partial read as the same words as the pause was."""
        self.grew = asyncio.Event()

    @property
    def seconds(self) -> float:
        """Length of the sound so far."""
        return len(self.pcm) / SAMPLE_BYTES / SAMPLE_RATE

    def take(self, pcm: bytes) -> None:
        """Append the next piece."""
        if len(self.pcm) < LONGEST:
            self.pcm += pcm
            self.loudness.feed(pcm)
        self.grew.set()

    def unread(self) -> None:
        """Give up what is read of it ahead."""
        for reading in (self.prepared, self.partial):
            if reading is not None:
                reading.cancel()
        self.prepared = self.partial = None

    @property
    def stopped(self) -> bool:
        """Whether it ends quietly: somebody has perhaps stopped."""
        return self.loudness.quiet(len(self.pcm) - STOPPED - BLOCK, FALLEN)

    @property
    def borne_out(self) -> bool:
        """Whether what was read in the pause was read again with more sound behind it."""
        return self.agreed_bytes >= self.paused_bytes + BEHIND

    def agree(self, heard: Transcript) -> None:
        """Note whether the newest partial, which `heard` this, bears out what the pause was."""
        read = self.prepared
        if read is None or not read.done() or read.cancelled() or read.exception() is not None:
            return
        if same(read.result().text, heard.text):
            self.agreed_bytes = self.partial_bytes

    @property
    def nearly_read(self) -> bool:
        """Whether no more than the end of a word followed on what `partial` reads."""
        return self.partial is not None and self.loudness.quiet(
            self.partial_bytes + REACH - BLOCK, FALLEN
        )

    def read_to_the_end(self, margin: int = 0) -> bool:
        """Whether nothing but quiet followed on what `partial` reads, but for its last `margin`."""
        begin = self.partial_bytes - margin
        return self.partial is not None and self.loudness.quiet(begin - BLOCK)


class Understanding:
    """Reads segments."""

    def __init__(self, reading: Reading, settings: HearingSettings) -> None:
        self._reading = reading
        self.settings = settings
        self._following: asyncio.Task[None] | None = None

    def follow(
        self,
        segment: Segment,
        tell: Callable[[str], None],
        stopped: Callable[[Transcript], None] = lambda _: None,
        perhaps: Callable[[Transcript], None] = lambda _: None,
    ) -> None:
        """Read `segment` while it grows, and tell each new partial.

        `stopped` is told the words at which somebody has perhaps stopped, before a pause is sure,
        and none where reading along fails; `perhaps` even earlier the newest words that may be all,
        while the last are read again.
        """
        self._leave()
        if self.settings.partials:
            following = self._partials(segment, tell, stopped, perhaps)
            self._following = asyncio.create_task(following)

    async def prepare(self, segment: Segment, t: float) -> Transcript:
        """Read a segment that pauses at `t`; counts as its words when nothing follows.

        Raises PartError, and CancelledError when somebody spoke on. Cancelling leaves the reading
        to whoever reads the segment to its end.
        """
        if segment.prepared is not None:
            segment.prepared.cancel()
        segment.paused_at, segment.paused_bytes = t, len(segment.pcm)
        segment.prepared = asyncio.create_task(self._read_paused(segment))
        return await asyncio.shield(segment.prepared)

    async def read(self, segment: Segment, last_voice: float = math.inf) -> Transcript:
        """The words of a finished segment, without the wake word. Raises PartError.

        What was prepared is used when the last voice, at `last_voice`, lies before it and nothing
        but quiet followed, or in a noisy room a later partial has borne it out: the voice network
        does not count every soft last syllable.
        """
        segment.ended = True
        self._leave()
        quiet = segment.loudness.quiet(segment.paused_bytes)
        still = last_voice <= segment.paused_at and (quiet or segment.borne_out)
        if segment.prepared is not None and still:
            with contextlib.suppress(PartError):  # it is read once more
                return await segment.prepared
        segment.unread()
        return await self._read(segment)

    async def _read_paused(self, segment: Segment) -> Transcript:
        """Use the last partial when it has read all that was said, and surely.

        Of a command in its own words no second choice is asked: misread speech is none by chance.
        """
        if segment.partial is not None and segment.read_to_the_end(MARGIN):
            with contextlib.suppress(PartError):
                read = await asyncio.shield(segment.partial)
                if read.text and (read.confidence >= SURE or is_whole(read.text)):
                    return read
                return await self._read(segment, segment.partial_bytes)
        return await self._read(segment)

    async def _read(
        self, segment: Segment, length: int | None = None, *, final: bool = True
    ) -> Transcript:
        """Read its first `length` bytes; what is read twice is cheap the second time."""
        transcript = await self._reading.read(bytes(segment.pcm[:length]), final=final)
        return msgspec.structs.replace(transcript, text=self._plain(segment, transcript.text))

    def forget(self, segment: Segment) -> None:
        """Read no more of a segment that nobody will ask for."""
        segment.ended = True
        self._leave()
        segment.unread()

    def unsure(self, transcript: Transcript) -> bool:
        """True when it is better to ask again than to act."""
        return transcript.confidence < self.settings.min_confidence

    def _plain(self, segment: Segment, text: str) -> str:
        heard = tidy(text)
        return strip_wake(heard, segment.phrase).strip() if segment.phrase else heard

    async def _partials(
        self,
        segment: Segment,
        tell: Callable[[str], None],
        stopped: Callable[[Transcript], None],
        perhaps: Callable[[Transcript], None],
    ) -> None:
        pace, told, stopped_at = PartialPace(), "", -1
        heard = nothing = Transcript(text="", confidence=0.0, seconds=0.0)
        while not segment.ended:
            segment.grew.clear()
            if segment.stopped and segment.nearly_read and segment.partial_bytes != stopped_at:
                perhaps(heard)
            if self._due(segment, pace):
                segment.partial_bytes = len(segment.pcm)
                segment.partial = asyncio.create_task(self._read(segment, final=False))
                try:
                    heard = await asyncio.shield(segment.partial)
                except PartError:
                    if segment.prepared is None:
                        stopped(nothing)
                    return
            if segment.ended:
                return
            segment.agree(heard)
            if segment.stopped and segment.partial_bytes != stopped_at:
                if segment.read_to_the_end():
                    stopped_at = segment.partial_bytes
                    stopped(heard)
                elif segment.nearly_read:
                    perhaps(heard)
            if heard.text and heard.text != told:
                told = heard.text
                tell(told)
            await segment.grew.wait()

    def _due(self, segment: Segment, pace: PartialPace) -> bool:
        """Whether to read along now: at an even pace, and at once where somebody has stopped."""
        if segment.read_to_the_end() and segment.stopped:
            return False  # there are no new words
        if segment.prepared is not None:
            behind = segment.paused_bytes + BEHIND
            if segment.loudness.quiet(segment.paused_bytes) or segment.borne_out:
                return False
            if segment.partial_bytes < behind <= len(segment.pcm):
                return True
        return pace.due(segment.seconds, stopped=segment.stopped)

    def _leave(self) -> None:
        if self._following is not None:
            self._following.cancel()
            self._following = None
