"""The last seconds of sound, addressed by their place in the stream."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


class Preroll:
    """A ring of the newest `capacity` samples."""

    def __init__(self, capacity: int) -> None:
        self._ring = np.zeros(capacity, np.int16)
        self._capacity = capacity
        self.end = 0
        """Samples ever pushed: the place of the next one."""

    def push(self, block: npt.NDArray[np.int16]) -> None:
        """Append; the oldest samples fall out."""
        at = self.end % self._capacity
        head = min(len(block), self._capacity - at)
        self._ring[at : at + head] = block[:head]
        self._ring[: len(block) - head] = block[head:]
        self.end += len(block)

    def since(self, begin: int) -> npt.NDArray[np.int16]:
        """The samples from place `begin`, or from the oldest one kept, to the newest."""
        begin = max(begin, self.end - self._capacity, 0)
        places = np.arange(begin, self.end) % self._capacity
        return self._ring[places]
