"""When the processor is short, hearing goes first: the thinker rests, then words are read later."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path

from roomtone.app.duplex import Duplex
from roomtone.app.parts import Thinker, Transcriber
from roomtone.base.falls import News, Told
from roomtone.base.rhythm import moment

LOOK = 0.5
"""Seconds between two looks at the ear."""

OFTEN, WITHIN = 3, 5.0
"""So many bad looks within so many seconds are more than a hiccup."""

CALM = 20.0
"""Seconds without a bad look after which one step is taken back."""

LATE = 0.4
"""Seconds without a tick of the ear that are too many; it ticks every 80 ms."""

WAITING = 0.1
"""Share of the time that the ear waits for the processor, from which it is short of it."""

MOST = 2
"""Steps: the thinker rests; partial readings are left out as well."""


class Strain:
    """How far to give way, from a row of looks. Times in seconds of the monotonic clock."""

    def __init__(self) -> None:
        self.step = 0
        self._bad: deque[float] = deque(maxlen=OFTEN)
        self._changed = 0.0

    def look(self, now: float, *, bad: bool) -> int:
        """The step after a look at `now`, which found the ear in want of the processor or not."""
        if bad:
            self._bad.append(now)
            often = len(self._bad) == OFTEN and now - self._bad[0] <= WITHIN
            if often and self.step < MOST:
                self._bad.clear()
                self._to(self.step + 1, now)
        elif self.step and now - max(self._changed, *self._bad, 0.0) >= CALM:
            self._to(self.step - 1, now)
        return self.step

    def _to(self, step: int, now: float) -> None:
        self.step, self._changed = step, now


class Relief:
    """Watches the ear, and has the thinker and the transcriber give way to it."""

    def __init__(self, ear: Duplex, thinker: Thinker, transcriber: Transcriber, told: Told) -> None:
        self._ear = ear
        self._thinker = thinker
        self._transcriber = transcriber
        self._told = told
        self._strain = Strain()
        self._began = 0.0

    async def watch(self) -> None:
        """Look at the ear until cancelled."""
        pid, lost, waited, looked = None, 0.0, 0.0, time.monotonic()
        while True:
            await moment(LOOK)
            now, ear = time.monotonic(), self._ear
            waits = waited_for_processor(ear.child.pid)
            same = pid == ear.child.pid and ear.child.up
            missed = ear.lost > lost or now - ear.ticked_at > LATE
            starved = waits is None or waits - waited >= WAITING * (now - looked)
            self.take(self._strain.look(now, bad=same and missed and starved), now)
            pid, lost, waited, looked = ear.child.pid, ear.lost, waits or 0.0, now

    def take(self, step: int, now: float) -> None:
        """Give way as far as `step` says; tell the beginning and the end."""
        rested = self._thinker.resting
        self._thinker.rest(on=step >= 1)
        self._transcriber.hurried = step >= MOST
        if step and not rested:
            self._began = now
            fault = "the processor is too busy: some sound was lost"
            self._tell(fault=fault, action="the language model rests until it is calm")
        elif rested and not step:
            self._tell(recovered_ms=round(1000 * (now - self._began)))

    def _tell(self, fault: str = "", action: str = "", recovered_ms: int | None = None) -> None:
        self._told(
            News(
                part="core",
                up=True,
                fault=fault,
                action=action,
                kind="cpu_starved",
                recovered_ms=recovered_ms,
            )
        )


def waited_for_processor(pid: int | None) -> float | None:
    """Seconds that a process was ready to run and had to wait; None where it cannot be known."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return None
