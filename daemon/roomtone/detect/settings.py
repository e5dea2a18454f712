"""Settings of the attention: wake words, and when an utterance is over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

Threshold = Annotated[float, msgspec.Meta(gt=0, lt=1)]


class WakeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The wake words; any of them wakes."""

    words: Annotated[
        dict[Annotated[str, msgspec.Meta(min_length=1)], Threshold],
        msgspec.Meta(
            min_length=1,
            description="Word = threshold, one line a word. Higher wakes less often by mistake.",
        ),
    ] = msgspec.field(default_factory=lambda: {"hey_jarvis": 0.5})
    patience: Annotated[
        int, msgspec.Meta(ge=1, le=4, description="Frames of 80 ms over the threshold that wake.")
    ] = 1
    window: Annotated[
        int, msgspec.Meta(ge=1, le=8, description="Newest frames among which they are counted.")
    ] = 3
    refractory_seconds: Annotated[
        float, msgspec.Meta(ge=0.5, le=10, description="No second wake within this time.")
    ] = 1.5

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words as they are said."""
        return tuple(Path(word).stem.replace("_", " ") for word in self.words)


class EndpointSettings(msgspec.Struct, frozen=True, kw_only=True):
    """When an utterance is over."""

    longest_silence_ms: Annotated[
        int,
        msgspec.Meta(ge=300, le=4000, description="Silence that ends an utterance in any case."),
    ] = 1000
    longest_utterance_seconds: Annotated[
        float, msgspec.Meta(ge=2, le=60, description="Longest utterance; it is ended then.")
    ] = 15.0
