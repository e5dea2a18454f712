"""When scores become a wake: patience against flickers, one wake for one spoken word. Pure."""

from __future__ import annotations

from collections import deque

import msgspec

from roomtone.detect.settings import WakeSettings


class Wake(msgspec.Struct, frozen=True):
    """A word was spoken; `score` is the highest of the frames that counted."""

    phrase: str
    score: float
    sure: bool = True
    """False when a second look was needed: then there has to be a voice in it as well."""
    trace: bytes = b""
    """Private. How it sounded; see `message.WakeDetected`."""


class Trigger:
    """Scores and their time in, at most one wake out.

    A wake needs `patience` of the last `window` frames over the word's threshold. After it the
    trigger is deaf for the refractory time, and until every word has fallen below its threshold.
    """

    def __init__(self, settings: WakeSettings) -> None:
        self._settings = settings
        self._recent: dict[str, deque[float]] = {
            word: deque(maxlen=settings.window) for word in settings.words
        }
        self._deaf_until = 0.0
        self._spent = False

    def feed(self, scores: dict[str, float], t: float) -> Wake | None:
        """Judge the frame that ends at `t` seconds."""
        for word, recent in self._recent.items():
            recent.append(scores[word])
        if self._spent:
            self._spent = any(scores[w] >= low for w, low in self._settings.words.items())
            self._clear()
        if self._spent or t < self._deaf_until:
            return None
        heard = max(
            (Wake(word, max(recent)) for word, recent in self._recent.items() if self._over(word)),
            key=lambda wake: wake.score,
            default=None,
        )
        if heard is not None:
            self._deaf_until = t + self._settings.refractory_seconds
            self._spent = True
            self._clear()
        return heard

    def hears(self, t: float) -> bool:
        """Whether a word at `t` seconds could wake."""
        return not self._spent and t >= self._deaf_until

    def woke(self, t: float) -> None:
        """A word woke at `t` by a way of its own: what its scores do now is its echo."""
        self._deaf_until = t + self._settings.refractory_seconds
        self._spent = True

    def refused(self) -> None:
        """It was no wake: hear the next one as soon as the scores have fallen."""
        self._deaf_until = 0.0

    def _clear(self) -> None:
        for recent in self._recent.values():
            recent.clear()

    def _over(self, word: str) -> bool:
        threshold = self._settings.words[word]
        count = sum(score >= threshold for score in self._recent[word])
        return count >= self._settings.patience
