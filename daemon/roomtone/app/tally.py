"""Counts what happens and how long it takes, for `/metrics`; without a word of what was said."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable

from roomtone.base import event
from roomtone.base.event import Event

RECENT = 200
"""Turns over which the quantiles are taken."""

BOUNDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
"""Upper ends of the histogram's buckets, seconds."""


class Durations:
    """Seconds that something took: a histogram since the start, and the last ones."""

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        """How many fell up to each of `BOUNDS`, and beyond the last."""
        self.sum = 0.0
        self._recent: deque[float] = deque(maxlen=RECENT)

    def add(self, seconds: float) -> None:
        """Take down one."""
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds
        self._recent.append(seconds)

    def quantile(self, share: float) -> float:
        """The value that `share` of the last ones, 0..1, does not exceed. There has to be one."""
        ordered = sorted(self._recent)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Tally:
    """Listens to the events. What it holds does not grow with time."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.wakes: Counter[str] = Counter()
        """By wake word."""
        self.false_wakes: Counter[str] = Counter()
        """Those that somebody has reported as false."""
        self.turns: Counter[str] = Counter()
        """Answers, by who gave them."""
        self.unanswered = 0
        """Wakes and windows in which nobody spoke."""
        self.interruptions = 0
        self.prepared: Counter[str] = Counter()
        """Answers, by whether ("yes", "no") they were ready before the turn was sure."""
        self.wasted_seconds = 0.0
        """Spent on answers to what nobody asked in the end."""
        self.failures: Counter[str] = Counter()
        """Turns lost, by the part that failed."""
        self.faults: Counter[tuple[str, str]] = Counter()
        """Faults that began, by part and kind."""
        self.recoveries: Counter[tuple[str, str]] = Counter()
        self.recovery_seconds: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.stages: dict[str, Durations] = {}
        """end_of_turn, understand, compute, first_sentence, first_sound, answer."""
        self._now = now
        self._last = ""
        self._at = 0.0
        self._stage = ""

    def note(self, happened: Event) -> None:
        """Count an event."""
        match happened:
            case event.WakeHeard():
                self.wakes[happened.phrase] += 1
                self._last = happened.phrase
            case event.ReplyStarted():
                if happened.by not in ("daemon", "timer"):
                    self.prepared["yes" if happened.speculative else "no"] += 1
                self.wasted_seconds += happened.wasted_ms / 1000
            case event.ReplyFinished():
                self.turns[happened.by] += 1
            case event.NothingHeard():
                self.unanswered += 1
            case event.BargedIn():
                self.interruptions += 1
            case event.Failed():
                self.failures[happened.part] += 1
            case event.Fault():
                self._fault(happened)
            case _:
                pass
        self._stages(happened)

    @property
    def asked(self) -> bool:
        """Whether it was no wake word that it listened to last, but a wish such as a command."""
        return self._last == event.ASKED

    def false_wake(self) -> bool:
        """Count the last wake as false; False when there is none that is not counted yet."""
        if not self._last:
            return False
        self.false_wakes[self._last] += 1
        self._last = ""
        return True

    def _fault(self, fault: event.Fault) -> None:
        key = (fault.part, fault.kind)
        if fault.recovered_ms is None:
            self.faults[key] += 1
        else:
            self.recoveries[key] += 1
            self.recovery_seconds[key] += fault.recovered_ms / 1000

    def _stages(self, happened: Event) -> None:
        """Each stage lasts from the event that ends the one before; others break the chain."""
        match happened:
            case event.SpeechEnded():
                self._add("end_of_turn", happened.silence_ms / 1000)
                self._begin("understand")
            case event.Understood():
                if happened.compute_ms:
                    self._add("compute", happened.compute_ms / 1000)
                self._end("understand")
                self._begin("first_sentence")
            case event.ReplyStarted():
                self._end("first_sentence")
                self._begin("first_sound")
            case event.SoundStarted(after_speech_ms=int(after)):
                self._end("first_sound")
                self._add("answer", after / 1000)
                self._begin("")
            case event.Failed() | event.StopHeard() | event.NothingHeard() | event.TimerFired():
                self._begin("")
            case _:
                pass

    def _begin(self, stage: str) -> None:
        self._stage, self._at = stage, self._now()

    def _end(self, stage: str) -> None:
        if self._stage == stage:
            self._add(stage, self._now() - self._at)

    def _add(self, stage: str, seconds: float) -> None:
        self.stages.setdefault(stage, Durations()).add(seconds)
