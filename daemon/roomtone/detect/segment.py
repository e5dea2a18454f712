"""One stretch of speech that is for us: what of it has been told, and how it ends."""

from __future__ import annotations

import msgspec

from roomtone.base import message
from roomtone.detect.endpoint import Endpoint
from roomtone.detect.preroll import Preroll


class Segment(msgspec.Struct):
    """Places are in samples, times in seconds of the stream."""

    number: int
    kind: message.Kind
    began: int
    sent: int
    """All sound before this has been told."""
    opened: float
    endpoint: Endpoint
    spoke: bool = False
    clear: bool = True
    """Whether it is surely somebody's, and not our own voice."""

    def chunk(self, sound: Preroll) -> list[message.SpeechChunk]:
        """What has come in since the last chunk: one, or none."""
        pcm = sound.slice(self.sent, sound.end).astype("<i2").tobytes()
        self.sent = sound.end
        return [message.SpeechChunk(segment=self.number, pcm=pcm)] if pcm else []

    def end(self, t: float, turn: float) -> message.SpeechEnd:
        """It is over, complete with probability `turn`."""
        return message.SpeechEnd(
            t=t,
            segment=self.number,
            kind=self.kind,
            silence_ms=self.endpoint.silence_ms,
            turn_probability=turn,
            voiced_ms=self.endpoint.voiced_ms,
        )
