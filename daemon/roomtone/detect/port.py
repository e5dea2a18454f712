"""What attention needs of the networks that run behind it, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from roomtone.base import message

Samples = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]

Told = (
    message.WakeDetected
    | message.SpeechBegan
    | message.SpeechChunk
    | message.SpeechPaused
    | message.SpeechEnd
    | message.WindowClosed
)


class Views(NamedTuple):
    """The same moments for all words, the oldest first."""

    scores: Mapping[str, Floats]
    """Word -> its scores."""
    windows: Floats
    """The embeddings behind each score: moment, embedding, number."""


class Heard(NamedTuple):
    """What one frame brought."""

    scores: dict[str, float]
    """Word -> its score, 0..1."""
    window: Floats
    """The embeddings behind the scores, one a row."""


class Words(Protocol):
    """Frames of 1280 samples in, one score for each word out."""

    def hear(self, sound: Samples) -> list[Heard]:
        """What each of the frames in `sound` brings; several cost less at once."""
        ...

    def replay(self, sound: Samples) -> None:
        """Be as if these newest `REPLAY_SAMPLES` had been scored."""
        ...

    def views(self, sound: Samples) -> Views:
        """What the last moments of `VIEW_SAMPLES` look like, every 20 ms instead of 80."""
        ...


class Voice(Protocol):
    """Hops of 512 samples in, probability of voice out."""

    def probability(self, hop: Samples) -> float:
        """0..1."""
        ...

    def reset(self) -> None:
        """Forget what was heard."""
        ...


class Over(Protocol):
    """Whether somebody speaks over our own sound, block by block."""

    complaint: str
    """Why that cannot be told; empty when it can, or nobody wants to know."""

    def heard(self, residue: Sequence[Floats], *, alone: bool) -> None:
        """What the canceller says of the next block, by 20 ms, or that none of it is ours."""
        ...

    def feed(self, voice: float) -> None:
        """Weigh it, with the probability of voice in it, 0..1."""
        ...

    @property
    def clear(self) -> bool:
        """Whether a voice in it is surely somebody's."""
        ...

    @property
    def begins(self) -> bool:
        """Whether somebody speaks over our own."""
        ...

    @property
    def perhaps(self) -> bool:
        """Whether somebody may."""
        ...
