"""One direction of the sound: its device, what is wrong with it, and when to try again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from roomtone.capture.devices import SPEAK, WORK, NotOpenedError, Opened, Pace, PortAudio, Way
from roomtone.capture.intake import Intake
from roomtone.capture.outlet import Outlet
from roomtone.capture.trouble import Troubles

STALL = 1.0
"""Seconds by which a callback may be late; then a stream is dead, whatever PortAudio says of it."""

BEAT = 0.05
"""Seconds between two looks at a device that is being opened or let go."""

STEADY = 0.2
"""The same while it works."""

CALM = 1.0
"""The same at rest or closed; whoever sees that all is not well has it looked at."""

BACKOFF = (0.2, 0.3, 0.5, 1.0)
"""Seconds at most between tries, by consecutive failures; the last one for a minute."""

TURNING = 2.0
"""Seconds after which a stream that was opened beside another is alone, whatever it holds."""

MINUTE = 60.0
LATER = 5.0
"""Seconds at most between tries when the device has been away for a minute."""

NOUN = {"input": "microphone", "output": "loudspeaker"}
AGAIN = "opening it again as soon as it is there"


class Away(NamedTuple):
    """Why a device cannot be used: a word of `event.Fault.kind`, and a sentence."""

    kind: str
    fault: str


class Line:
    """A microphone with its intake, or a loudspeaker with its outlet."""

    def __init__(
        self,
        way: Way,
        name: str,
        end: Intake | Outlet,
        troubles: Troubles,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.way = way
        self.name = name
        self.wanted = True
        self.opened: Opened | None = None
        self.tried = False
        """Whether it was opened, or could not be, since the start."""
        self.live = False
        """Whether its device calls back."""
        self.refusal: NotOpenedError | None = None
        """Why it could not be opened the last time."""
        self.pace: Pace = WORK
        """How much sound the open device carries at a time."""
        self.wish: Pace = WORK
        """How much it should; who cannot be opened twice does not."""
        self._former: Opened | None = None
        self._turned_at = 0.0
        self._stays = False
        self._end = end
        self._troubles = troubles
        self._now = now
        self._due = 0.0
        self._failures = 0
        self._since: float | None = None
        self._finished = threading.Event()

    @property
    def due(self) -> bool:
        """Whether it is closed, wanted, and time to try."""
        return self.opened is None and self.wanted and self._now() >= self._due

    @property
    def away(self) -> Away | None:
        """Why the open device has to be opened again, if it has."""
        noun = NOUN[self.way]
        if self._finished.is_set():
            return Away(f"{noun}_lost", f"the {noun} went away")
        if self._now() - self._end.beat > STALL + self.pace.block_ms / 1000:
            return Away(f"{noun}_stalled", f"the {noun} has stopped")
        return None

    def open(self, port: PortAudio) -> None:
        """Raises NotOpenedError; then it is due again after a while."""
        self._finished = threading.Event()
        self.live = self._stays = False
        self.pace = pace = self._work
        callback, finished = self._end.callback, self._finished.set
        try:
            self.opened = port.open(self.way, self.name, callback, finished, pace)
        except NotOpenedError as problem:
            self.refusal = problem
            self._end.shut()
            self._wait()
            raise
        finally:
            self.tried = True
        self.refusal = None
        self._measure(self.opened)

    @property
    def rests(self) -> bool:
        """Whether the open device carries much sound at a time."""
        return self.pace.block_ms != WORK.block_ms

    @property
    def _work(self) -> Pace:
        """How it carries sound that matters at once."""
        return SPEAK if isinstance(self._end, Outlet) and not self._end.dry else WORK

    @property
    def _wished(self) -> Pace:
        """An answer is not cut in two: what works well enough goes on."""
        if self.wish != WORK:
            return self.wish
        return self._work if self.rests else self.pace

    @property
    def turns(self) -> bool:
        """Whether it is to be opened at another pace, or a former stream is still open."""
        wished = self.live and self._wished != self.pace and not self._stays
        return wished or self._former is not None

    @property
    def pause(self) -> float:
        """Seconds for which nobody has to look at it."""
        if self.opened is None:
            return min(max(self._due - self._now(), BEAT), CALM) if self.wanted else CALM
        if not (self.wanted and self.live) or self.turns or self.away:
            return BEAT
        return CALM if self.rests else STEADY

    def turn(self, port: PortAudio) -> None:
        """Open the device once more at the wanted pace, beside itself, and then let the old go.

        A device that cannot be open twice stays as it is; at rest it is closed instead.
        """
        if self._former is not None:
            if not self._end.turning or self._now() - self._turned_at > TURNING:
                former, self._former = self._former, None
                port.close(former)
            return
        pace = self._wished
        finished = threading.Event()
        callback = partial(self._end.callback, beside=True, spacing=pace.block_ms / 1000)
        try:
            opened = port.open(self.way, self.name, callback, finished.set, pace)
        except NotOpenedError:
            self._remain(port)
            return
        if self.opened is None or opened.rate != self.opened.rate:
            port.close(opened)
            self._remain(port)
            return
        self._former, self.opened, self._finished = self.opened, opened, finished
        self.pace, self._turned_at = pace, self._now()
        self._end.turn()
        self._measure(opened)

    def close(self, port: PortAudio) -> None:
        """Let the device go. May hang."""
        opened, self.opened, self.live = self.opened, None, False
        former, self._former = self._former, None
        self._end.shut()
        for one in (opened, former):
            if one is not None:
                port.close(one)

    def at_once(self) -> None:
        """Be due now."""
        self._due = 0.0

    def goes(self) -> bool:
        """True once after opening: the device calls back."""
        if self.live or self.opened is None or not self._end.flows:
            return False
        self.live = True
        self._failures, self._since = 0, None
        noun = NOUN[self.way]
        self._troubles.over(*(f"{noun}_{what}" for what in ("missing", "lost", "stalled", "busy")))
        return True

    def tell(self, away: Away) -> None:
        """Tell why the device cannot be used, once."""
        since = self._end.beat if away.kind.endswith("stalled") else None
        self._troubles.begin(away.kind, away.fault, AGAIN, since)

    def fell(self, away: Away) -> None:
        """Tell why the device is given up, and when to try again."""
        self.tell(away)
        self._wait()

    def refused(self, problem: NotOpenedError) -> None:
        """Tell why it could not be opened, if nothing tells so already."""
        if self.way == "output":
            self._troubles.begin("loudspeaker_lost", str(problem), AGAIN)
        elif problem.why != "missing":
            self._troubles.begin(f"microphone_{problem.why}", str(problem), AGAIN)
        elif not self._troubles.lasts("microphone_lost", "microphone_stalled"):
            self._troubles.begin("microphone_missing", str(problem), AGAIN)

    def _measure(self, opened: Opened) -> None:
        if isinstance(self._end, Outlet):
            self._end.delay = float(opened.stream.latency)

    def _remain(self, port: PortAudio) -> None:
        self._end.keep()
        self._stays = True
        if self.rests:
            self.close(port)
            self.at_once()

    def _wait(self) -> None:
        now = self._now()
        self._since = now if self._since is None else self._since
        most = BACKOFF[min(self._failures, len(BACKOFF) - 1)]
        most = LATER if now - self._since > MINUTE else most
        self._due = now + most * random.uniform(0.7, 1.0)  # noqa: S311 - a pause is no secret
        self._failures += 1
