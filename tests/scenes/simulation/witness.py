"""Watches a simulated room and says what must never happen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import msgspec

from roomtone.base import event
from roomtone.base.room import Timer

WITHIN = 20.0
"""Seconds after the end of speech in which a wake has its reply, apology or light."""

ENDS = event.NothingHeard | event.StopHeard | event.Failed
ANSWERS = ENDS | event.SoundStarted | event.ReplyFinished


class Kept(msgspec.Struct):
    """A timer that was acknowledged."""

    ends: float
    durable: bool
    rung: bool = False


class Witness:
    """Hears every event of one core after the other; `broken` holds the first thing wrong."""

    def __init__(self, trace: Callable[[str], None]) -> None:
        self.broken = ""
        self.seen: Counter[str] = Counter()
        self.worst = 0.0
        """Seconds from the end of speech to what the room heard or saw of it, at most."""
        self.timers: dict[str, Kept] = {}
        self.doubtful: set[str] = set()
        """Names of timers of which the disk may know something else."""
        self.muted = False
        self._trace = trace
        self._turn = 0
        self._ended = 0
        self._waiting: int | None = None
        self._since = 0.0
        self._ringing: tuple[int, str] | None = None

    @property
    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def breaks(self, what: str) -> None:
        """Note what is wrong; only the first counts."""
        if not self.broken:
            self._trace(f"BROKEN {what}")
            self.broken = f"{what} (at {self.now:.3f} s)"

    def restarted(self) -> None:
        """The core is another one: its turns count from one again."""
        self._turn = self._ended = 0
        self._waiting = self._ringing = None
        for kept in self.timers.values():
            kept.rung = False  # killed before that was written down, it may ring again

    def note(self, happened: event.Event) -> None:
        """Take an event."""
        kind = type(happened).__name__
        self.seen[kind] += 1
        self._trace(event.to_json(happened))
        if isinstance(happened, event.Muted):
            self.muted = happened.on
        if isinstance(happened, event.Fault | event.Muted) or not happened.turn:
            return
        if happened.turn < self._turn or happened.turn <= self._ended:
            self.breaks(f"{kind} of turn {happened.turn} after its end")
        self._turn = happened.turn
        self._follow(happened)
        if isinstance(happened, event.TimerFired):
            self._fired(happened)
        elif isinstance(happened, event.SoundStarted):
            self._sounded(happened.turn, rung=True)
        elif isinstance(happened, event.Failed) and happened.part == "ear":
            self._sounded(happened.turn, rung=False)  # cut off: it is to ring again

    def _follow(self, happened: event.Event) -> None:
        if isinstance(happened, event.WakeHeard | event.SpeechStarted):
            if self._waiting != happened.turn:
                self._since = self.now
            self._waiting = happened.turn
        elif isinstance(happened, ANSWERS) and self._waiting == happened.turn:
            self._answered()
        if isinstance(happened, ENDS):
            self._ended = happened.turn

    def _answered(self) -> None:
        self.worst = max(self.worst, self.now - self._since)
        self._waiting = None

    def spoken(self) -> None:
        """Somebody is speaking: what they wait for counts from here."""
        if self._waiting is not None:
            self._since = self.now

    def look(self) -> None:
        """Whether somebody has waited too long."""
        if self._waiting is not None and self.now - self._since > WITHIN:
            self.breaks(f"turn {self._waiting} without a word for {self.now - self._since:.1f} s")
            self._waiting = None

    # --- timers

    def set(self, timer: Timer, *, durable: bool) -> None:
        """A timer was acknowledged."""
        self.timers[timer.name] = Kept(ends=timer.ends, durable=durable)

    def cancelled(self, name: str, *, durable: bool) -> None:
        """A timer is no more: somebody cancelled it, or it has rung."""
        self.timers.pop(name, None)
        if not durable:
            self.doubtful.add(name)

    def _fired(self, happened: event.TimerFired) -> None:
        kept = self.timers.get(happened.name)
        self._ringing = (happened.turn, happened.name)
        if kept is None:
            if happened.name not in self.doubtful:
                self.breaks("a timer rings that nobody set")
        elif self.now < kept.ends - 0.1:
            self.breaks(f"a timer rings {kept.ends - self.now:.1f} s early")
        elif kept.rung:
            self.breaks("a timer rings twice")

    def _sounded(self, turn: int, *, rung: bool) -> None:
        if self._ringing is not None and self._ringing[0] == turn:
            kept = self.timers.get(self._ringing[1])
            if kept is not None:
                kept.rung = rung

    def overdue(self, patience: float) -> None:
        """Whether a timer should have rung long ago."""
        for kept in self.timers.values():
            if not kept.rung and self.now > kept.ends + patience:
                self.breaks(f"a timer is {self.now - kept.ends:.0f} s late")
