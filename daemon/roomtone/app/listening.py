"""From a segment of speech to its words: partials while it grows, the wake word taken off."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable
from typing import Protocol

import msgspec
import numpy as np

from roomtone.base.error import PartError
from roomtone.base.frame import BLOCK_SAMPLES, SAMPLE_BYTES, SAMPLE_RATE
from roomtone.base.message import Kind
from roomtone.base.words import Transcript
from roomtone.recognize.partials import PartialPace
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.tidy import tidy
from roomtone.recognize.wakeword import strip_wake

QUIET = 0.03
"""Share of the loud parts' RMS, -30 dB, below which a block of 20 ms holds no speech."""

LONGEST = 30 * SAMPLE_RATE * SAMPLE_BYTES
"""Bytes of one segment that are kept; the rest of an endless talk is dropped."""


class Reading(Protocol):
    """Whatever turns sound into words."""

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        """Transcribe mono 16 kHz s16le. Raises PartError."""
        ...


class Segment:
    """The sound of one stretch of speech, as it comes in."""

    def __init__(self, number: int, kind: Kind, phrase: str) -> None:
        self.number = number
        self.kind = kind
        self.phrase = phrase
        self.pcm = bytearray()
        self.ended = False
        self.paused_at = 0.0
        self.paused_bytes = 0
        self.prepared: asyncio.Task[Transcript] | None = None
        self.grew = asyncio.Event()

    @property
    def seconds(self) -> float:
        """Length of the sound so far."""
        return len(self.pcm) / SAMPLE_BYTES / SAMPLE_RATE

    def take(self, pcm: bytes) -> None:
        """Append the next piece."""
        if len(self.pcm) < LONGEST:
            self.pcm += pcm
        self.grew.set()

    def unread(self) -> None:
        """Give up what is read of it ahead."""
        if self.prepared is not None:
            self.prepared.cancel()
            self.prepared = None


def quiet(pcm: bytes | bytearray, begin: int) -> bool:
    """Whether mono s16le `pcm` is quiet from byte `begin` on, against its loud parts."""
    sound = np.frombuffer(bytes(pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES]), "<i2").astype(
        np.float32
    )
    blocks = sound[: len(sound) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    level = np.sqrt((blocks**2).mean(axis=1))
    after = level[begin // SAMPLE_BYTES // BLOCK_SAMPLES + 1 :]
    return not len(after) or bool(after.max() < QUIET * np.percentile(level, 90))


def _rests(segment: Segment) -> bool:
    """Whether it has been quiet since a pause that was read: there are no new words."""
    read = segment.prepared is not None
    return read and quiet(segment.pcm, segment.paused_bytes)


class Understanding:
    """Reads segments."""

    def __init__(self, reading: Reading, settings: HearingSettings) -> None:
        self._reading = reading
        self.settings = settings
        self._following: asyncio.Task[None] | None = None

    def follow(self, segment: Segment, tell: Callable[[str], None]) -> None:
        """Read `segment` while it grows, and tell each new partial."""
        self._leave()
        if self.settings.partials:
            self._following = asyncio.create_task(self._partials(segment, tell))

    async def prepare(self, segment: Segment, t: float) -> Transcript:
        """Read a segment that pauses at `t`; counts as its words when nothing follows.

        Raises PartError, and CancelledError when somebody spoke on. Cancelling leaves the reading
        to whoever reads the segment to its end.
        """
        segment.unread()
        segment.paused_at, segment.paused_bytes = t, len(segment.pcm)
        segment.prepared = asyncio.create_task(self._read(segment))
        return await asyncio.shield(segment.prepared)

    async def read(self, segment: Segment, last_voice: float = math.inf) -> Transcript:
        """The words of a finished segment, without the wake word. Raises PartError.

        What was prepared is used when the last voice, at `last_voice`, lies before it and nothing
        but quiet followed: the voice network does not count every soft last syllable.
        """
        segment.ended = True
        self._leave()
        still = last_voice <= segment.paused_at and quiet(segment.pcm, segment.paused_bytes)
        if segment.prepared is not None and still:
            with contextlib.suppress(PartError):  # it is read once more
                return await segment.prepared
        segment.unread()
        return await self._read(segment)

    async def _read(self, segment: Segment) -> Transcript:
        transcript = await self._reading.read(bytes(segment.pcm), final=True)
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

    async def _partials(self, segment: Segment, tell: Callable[[str], None]) -> None:
        pace, last = PartialPace(), ""
        while not segment.ended:
            segment.grew.clear()
            if not _rests(segment) and pace.due(segment.seconds, busy=False):
                try:
                    heard = await self._reading.read(bytes(segment.pcm), final=False)
                except PartError:
                    return
                text = self._plain(segment, heard.text)
                if text and text != last and not segment.ended:
                    last = text
                    tell(text)
            await segment.grew.wait()

    def _leave(self) -> None:
        if self._following is not None:
            self._following.cancel()
            self._following = None
