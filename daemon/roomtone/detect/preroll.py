"""The last seconds of sound, addressed by their place in the stream."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]


class Preroll:
    """A ring of the newest `capacity` samples."""

    def __init__(self, capacity: int) -> None:
        self._ring = np.zeros(capacity, np.int16)
        self._capacity = capacity
        self.end = 0
        """Samples ever pushed: the place of the next one."""

    @property
    def begin(self) -> int:
        """Place of the oldest sample that is still here."""
        return max(0, self.end - self._capacity)

    def push(self, block: Samples) -> None:
        """Append; the oldest samples fall out. A block is never longer than the ring."""
        at = self.end % self._capacity
        head = min(len(block), self._capacity - at)
        self._ring[at : at + head] = block[:head]
        self._ring[: len(block) - head] = block[head:]
        self.end += len(block)

    def slice(self, begin: int, end: int) -> Samples:
        """A copy of the samples at places `begin` to `end`, as far as they are still here."""
        begin, end = max(begin, self.begin), min(end, self.end)
        count, at = max(end - begin, 0), begin % self._capacity
        head = self._ring[at : at + count]
        if len(head) == count:
            return head.copy()
        return np.concatenate([head, self._ring[: count - len(head)]])
