"""A bounded queue of sound frames between a device's callback and the ear."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import numpy.typing as npt

Frames = npt.NDArray[Any]


class Ring:
    """Frames x channels; when full, the oldest frames give way and are counted."""

    def __init__(self, capacity: int, channels: int, dtype: str) -> None:
        self._ring = np.zeros((capacity, channels), dtype)
        self._capacity = capacity
        self._begin = 0
        self._held = 0
        self._lost = 0
        self._changed = threading.Condition()

    def __len__(self) -> int:
        return self._held

    def push(self, frames: Frames) -> None:
        """Append; called in the callback: copies, waits for nobody longer than a copy takes."""
        given = len(frames)
        frames = frames[-self._capacity :]
        count = len(frames)
        with self._changed:
            surplus = max(0, self._held + count - self._capacity)
            self._drop(surplus)
            self._lost += surplus + given - count
            at = (self._begin + self._held) % self._capacity
            head = min(count, self._capacity - at)
            self._ring[at : at + head] = frames[:head]
            self._ring[: count - head] = frames[head:]
            self._held += count
            self._changed.notify()

    def pull(self, most: int) -> Frames:
        """Up to `most` of the oldest frames; may be none."""
        with self._changed:
            count = min(most, self._held)
            places = np.arange(self._begin, self._begin + count) % self._capacity
            frames = self._ring[places]
            self._drop(count)
        return frames

    def held(self) -> Frames:
        """A copy of all that it holds."""
        with self._changed:
            places = np.arange(self._begin, self._begin + self._held) % self._capacity
            return self._ring[places]

    def wait(self, seconds: float) -> bool:
        """Wait until there is a frame; False when there is none after `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._held > 0, timeout=seconds)

    def lost(self) -> int:
        """Frames that gave way since the last call."""
        with self._changed:
            lost, self._lost = self._lost, 0
        return lost

    def _drop(self, count: int) -> None:
        self._begin = (self._begin + count) % self._capacity
        self._held -= count
