"""What attention needs of the networks that run behind it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]


class Words(Protocol):
    """Frames of 1280 samples in, one score for each word out."""

    def score(self, frame: Samples) -> dict[str, float]:
        """0..1 for each word."""
        ...

    def replay(self, sound: Samples) -> None:
        """Be as if these newest `REPLAY_SAMPLES` had been scored."""
        ...


class Voice(Protocol):
    """Hops of 512 samples in, probability of voice out."""

    def probability(self, hop: Samples) -> float:
        """0..1."""
        ...

    def reset(self) -> None:
        """Forget what was heard."""
        ...
