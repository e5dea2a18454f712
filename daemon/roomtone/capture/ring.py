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
        self._lock = threading.Lock()
        self._wanted = 0
        self._enough = threading.Lock()
        self._enough.acquire()

    def __len__(self) -> int:
        return self._held

    def push(self, frames: Frames) -> None:
        """Append; called in the callback: copies, waits for nobody longer than a copy takes."""
        given = len(frames)
        frames = frames[-self._capacity :]
        count = len(frames)
        with self._lock:
            surplus = max(0, self._held + count - self._capacity)
            self._drop(surplus)
            self._lost += surplus + given - count
            at = (self._begin + self._held) % self._capacity
            head = min(count, self._capacity - at)
            self._ring[at : at + head] = frames[:head]
            self._ring[: count - head] = frames[head:]
            self._held += count
            enough = 0 < self._wanted <= self._held
            if enough:
                self._wanted = 0
        if enough:  # with the lock let go: who is woken need not wait for it as well
            self._enough.release()

    def pull(self, most: int) -> Frames:
        """Up to `most` of the oldest frames; may be none."""
        with self._lock:
            count = min(most, self._held)
            frames = self._oldest(count)
            self._drop(count)
        return frames

    def hush(self, fade: int) -> int:
        """Fade what it holds within `fade` frames, and make the rest silence; how many that are.

        What is no longer than the fade stays as it is.
        """
        with self._lock:
            if self._held <= fade:
                return 0
            places = np.arange(self._begin, self._begin + self._held) % self._capacity
            kept, silent = places[:fade], places[fade:]
            fall = np.linspace(1, 0, len(kept), endpoint=False, dtype=np.float32)[:, None]
            self._ring[kept] = (self._ring[kept] * fall).astype(self._ring.dtype)
            self._ring[silent] = 0
        return len(silent)

    def held(self) -> Frames:
        """A copy of all that it holds."""
        with self._lock:
            return self._oldest(self._held)

    def wait(self, seconds: float, frames: int = 1) -> bool:
        """Wait until there are so many, woken for no fewer; False if there is none in the end.

        One thread may wait.
        """
        with self._lock:
            wanted = max(1, min(frames, self._capacity))
            if self._held >= wanted:
                return True
            self._wanted = wanted
        if not self._enough.acquire(timeout=max(seconds, 0.0)):
            with self._lock:
                came, self._wanted = not self._wanted, 0
            if came:  # whoever pushed has let the other lock go and is about to release this one
                self._enough.acquire()
        return self._held > 0

    def lost(self) -> int:
        """Frames that gave way since the last call."""
        with self._lock:
            lost, self._lost = self._lost, 0
        return lost

    def _oldest(self, count: int) -> Frames:
        """A copy."""
        end = self._begin + count
        if end <= self._capacity:
            return self._ring[self._begin : end].copy()
        return np.concatenate([self._ring[self._begin :], self._ring[: end - self._capacity]])

    def _drop(self, count: int) -> None:
        self._begin = (self._begin + count) % self._capacity
        self._held -= count
