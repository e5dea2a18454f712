"""Spots wake words: a clear one at once, a doubtful one after a second look at its sound."""

from __future__ import annotations

from collections.abc import Callable

from roomtone.detect.port import Samples, Words
from roomtone.detect.settings import WakeSettings
from roomtone.detect.trigger import Trigger, Wake
from roomtone.detect.verify import Verifier


class Spotter:
    """Frames in, at most one wake out. With `live` False a second look is there at once."""

    def __init__(self, words: Words, settings: WakeSettings, *, live: bool) -> None:
        self._words = words
        self._trigger = Trigger(settings)
        self._verifier = Verifier(words.views, settings, live=live)

    def feed(self, frame: Samples, t: float, newest: Callable[[int], Samples]) -> Wake | None:
        """Judge the 1280 samples that end at `t` seconds; `newest` gives so many up to there."""
        scores = self._words.score(frame)
        wake = self._trigger.feed(scores, t)
        if wake is None and self._trigger.hears(t):
            wake = self._verifier.feed(scores, t, newest)
            if wake is not None:
                self._trigger.woke(t)
        elif wake is not None:
            self._verifier.forget()
        return wake

    def replay(self, sound: Samples) -> None:
        """Be as if these newest `REPLAY_SAMPLES` had been heard."""
        self._words.replay(sound)
        self._verifier.forget()
