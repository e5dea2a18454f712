"""A second look at a doubtful wake word: the same sound, seen from more places.

The networks look at the sound every 80 ms; where the word lies between two looks, its score may
fall to a tenth. So a word that scores a little is scored again every 20 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from roomtone.base import message
from roomtone.detect.likeness import ALIKE, Acquaintance, packed, trace_of
from roomtone.detect.port import Floats, Samples, Views
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

FIRST_KNOWN = 0.04
"""The same where a voice is enrolled: what is not like it is put aside again."""

LIKE = 0.5
"""Share of its bar that what is said in an enrolled voice has to reach; all else, the whole."""

WAIT = 0.16
"""Seconds for which the score may still rise by itself."""

AGAIN = 0.4
"""Seconds to the next look: what was in doubt has gone by."""

RISEN = 1.5
"""Times the highest score at the last look from which there is no such rest: in noise, something
else may have been looked at just before the word."""

Look = Callable[[Samples], Views]
Newest = Callable[[int], Samples]


class Verifier:
    """Scores of the first look in; a wake out when the second confirms it."""

    def __init__(self, views: Look, settings: WakeSettings, *, live: bool) -> None:
        self._views = views
        self._words = settings.words
        self._pool = ThreadPoolExecutor(1, "second-look") if live else None
        self._asked: Future[Views] | None = None
        self._due: float | None = None
        self._rests_until = 0.0
        self._seen = 0.0
        self._refused: Wake | None = None
        self.known = Acquaintance(message.Learnt())
        """Whose voice counts for more, and what for less."""

    @property
    def looking(self) -> bool:
        """Whether something is being looked at, or will be."""
        return self._due is not None or self._asked is not None

    def waves_through(self, wake: Wake, trace: Floats, t: float) -> Wake | None:
        """A clear wake, unless it sounds like a false alarm: then it is looked at again."""
        self.forget()
        if wake.score >= self.known.least(wake.phrase, trace):
            return wake
        self._due, self._refused = t + WAIT, wake
        return None

    def forget(self) -> None:
        """There is nothing to look at any more."""
        self._asked = self._due = self._refused = None

    def feed(self, scores: Mapping[str, float], t: float, newest: Newest) -> Wake | None:
        """Judge the frame that ends at `t` seconds; `newest` gives so many samples up to there."""
        if self._asked is not None:
            return self._answer() if self._asked.done() else None
        doubt = max(
            (scores[word] for word in self._words if scores[word] >= self._first(word)),
            default=0.0,
        )
        least = RISEN * self._seen if t < self._rests_until else 0.0
        if self._due is None and doubt > least:
            self._due, self._seen = t + WAIT, 0.0
        if self._due is None:
            return None
        self._seen = max(self._seen, doubt)
        if t < self._due - 1e-6:
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
        refused, self._refused = self._refused, None
        if asked is None:
            return None
        views = asked.result()
        for word, seen in views.scores.items():
            trace = trace_of(views.windows[int(seen.argmax())])
            wake = Wake(word, float(seen.max()), sure=False, trace=packed(trace))
            least = self.known.least(word, trace)
            if refused is not None and refused.phrase == word:
                # what woke by itself needs no more than not to be the false alarm again
                found = wake.score >= least
            else:
                need = self._words[word] * self._share(word, trace)
                ranked = np.sort(seen)[::-1]
                found = ranked[OTHERS_RANK] >= OTHERS * need and wake.score >= max(
                    BEST * need, least
                )
            if found:
                return wake
        return None

    def _first(self, word: str) -> float:
        return self._words[word] * (FIRST_KNOWN if self.known.knows(word) else FIRST)

    def _share(self, word: str, trace: Floats) -> float:
        """What an enrolled voice is spared."""
        return LIKE if self.known.likeness(word, trace) >= ALIKE else 1.0
