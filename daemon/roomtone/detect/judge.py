"""Asks the turn network beside the sound: a tenth of a second of computing holds nothing up."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Turn(Protocol):
    """An utterance so far in, probability that it is complete out."""

    def probability(self, utterance: npt.NDArray[np.int16]) -> float:
        """0..1."""
        ...


class Judge:
    """One question at a time. With `live` False every answer is there at once, for replays."""

    def __init__(self, network: Turn | None, *, live: bool, complaint: str = "") -> None:
        """Without a network no answer ever comes: `complaint` says why."""
        self.complaint = complaint
        self._network = network
        self._pool = ThreadPoolExecutor(1, "turn") if live else None
        self._asked: Future[float] | None = None

    def ask(self, utterance: npt.NDArray[np.int16]) -> None:
        """Start thinking about `utterance`; the last question is dropped."""
        if self._network is None:
            return
        if self._pool is not None:
            self._asked = self._pool.submit(self._network.probability, utterance)
            return
        self._asked = Future()
        self._asked.set_result(self._network.probability(utterance))

    def forget(self) -> None:
        """Speech went on: the answer means nothing any more."""
        self._asked = None

    def answer(self) -> float | None:
        """0..1; None while it is not known."""
        return self._asked.result() if self._asked is not None and self._asked.done() else None
