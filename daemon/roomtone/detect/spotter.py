"""Spots wake words: a clear one at once, a doubtful one after a second look at its sound."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from roomtone.base import message
from roomtone.detect.likeness import Acquaintance, packed, trace_of
from roomtone.detect.port import Heard, Samples, Words
from roomtone.detect.settings import WakeSettings
from roomtone.detect.trigger import Trigger, Wake
from roomtone.detect.verify import Verifier


class Spotter:
    """Frames in, at most one wake out. With `live` False a second look is there at once."""

    def __init__(self, words: Words, settings: WakeSettings, *, live: bool) -> None:
        self._words = words
        self._trigger = Trigger(settings)
        self._verifier = Verifier(words.views, settings, live=live)

    def learn(self, learnt: message.Learnt) -> None:
        """Know these voices and false alarms from now on."""
        self._verifier.known = Acquaintance(learnt)

    def hear(self, sound: Samples) -> list[Heard]:
        """What each of the frames in `sound` brings; each is for `feed`."""
        return self._words.hear(sound)

    def feed(self, heard: Heard, t: float, newest: Callable[[int], Samples]) -> Wake | None:
        """Judge the frame that ends at `t` seconds; `newest` gives so many samples up to there."""
        scores = heard.scores
        clear = self._trigger.feed(scores, t)
        if clear is not None:
            trace = trace_of(heard.window)
            told = msgspec.structs.replace(clear, trace=packed(trace))
            return self._verifier.waves_through(told, trace, t)
        if not self._trigger.hears(t) and not self._verifier.looking:
            return None
        wake = self._verifier.feed(scores, t, newest)
        if wake is not None:
            self._trigger.woke(t)
        return wake

    def refused(self) -> None:
        """Nobody believed the last wake: the next may come at once."""
        self._trigger.refused()

    def replay(self, sound: Samples) -> None:
        """Be as if these newest `REPLAY_SAMPLES` had been heard."""
        self._words.replay(sound)
        self._verifier.forget()
