"""A second look at a doubtful wake word: the same sound, seen from more places.

The networks look at the sound every 80 ms; where the word lies between two looks, its score may
fall to a tenth. So a word that scores a little is scored again every 20 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from roomtone.detect.settings import WakeSettings
from roomtone.detect.trigger import Wake
from roomtone.detect.wake import VIEW_SAMPLES

FIRST = 0.12
"""Share of a word's threshold that is worth a second look: in 1.2 hours of other speech one frame
reached it, and with a kitchen 10 dB below them the words of 78 of 79 speakers."""

BEST = 0.5
"""Share of the threshold that the best view must reach."""

OTHERS = 0.4
OTHERS_RANK = 3
"""Share that the fourth best reaches: fewer views, of 80 ms in all, are a flicker."""

WAIT = 0.16
"""Seconds for which the score may still rise by itself."""

AGAIN = 0.4
"""Seconds to the next look: what was in doubt has gone by."""

Views = Callable[[npt.NDArray[np.int16]], Mapping[str, npt.NDArray[np.float32]]]
Newest = Callable[[int], npt.NDArray[np.int16]]


class Verifier:
    """Scores of the first look in; a wake out when the second confirms it."""

    def __init__(self, views: Views, settings: WakeSettings, *, live: bool) -> None:
        self._views = views
        self._words = settings.words
        self._pool = ThreadPoolExecutor(1, "second-look") if live else None
        self._asked: Future[Mapping[str, npt.NDArray[np.float32]]] | None = None
        self._due: float | None = None
        self._rests_until = 0.0

    def forget(self) -> None:
        """There is nothing to look at any more."""
        self._asked = self._due = None

    def feed(self, scores: Mapping[str, float], t: float, newest: Newest) -> Wake | None:
        """Judge the frame that ends at `t` seconds; `newest` gives so many samples up to there."""
        if self._asked is not None:
            return self._answer() if self._asked.done() else None
        doubtful = any(scores[word] >= FIRST * low for word, low in self._words.items())
        if self._due is None and doubtful and t >= self._rests_until:
            self._due = t + WAIT
        if self._due is None or t < self._due - 1e-6:
            return None
        self._due, self._rests_until = None, t + AGAIN
        sound = newest(VIEW_SAMPLES)
        if len(sound) < VIEW_SAMPLES:
            return None
        if self._pool is not None:
            self._asked = self._pool.submit(self._views, sound)
            return None
        self._asked = Future()
        self._asked.set_result(self._views(sound))
        return self._answer()

    def _answer(self) -> Wake | None:
        asked, self._asked = self._asked, None
        views = asked.result() if asked is not None else {}
        for word, seen in views.items():
            low, ranked = self._words[word], np.sort(seen)[::-1]
            if ranked[0] >= BEST * low and ranked[OTHERS_RANK] >= OTHERS * low:
                return Wake(word, float(ranked[0]), sure=False)
        return None
