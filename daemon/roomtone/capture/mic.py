"""The microphone and the loudspeaker, live: one owner thread, a heartbeat, and healing.

PortAudio says nothing when a sound server dies and hangs when one freezes. So one thread makes
every call, callbacks only copy, and no callback when one is due means that the device is gone. Each
direction heals by itself; only when the list of devices is out of date are both closed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_SAMPLES
from roomtone.capture.calls import HANG, Calls
from roomtone.capture.devices import Device, NotOpenedError, Paces, PortAudio, choose
from roomtone.capture.echo import Lag
from roomtone.capture.intake import Intake
from roomtone.capture.line import Line
from roomtone.capture.listing import listed_anew
from roomtone.capture.outlet import Outlet
from roomtone.capture.resample import Samples
from roomtone.capture.settings import SoundSettings
from roomtone.capture.trouble import News, Troubles
from roomtone.capture.watch import Watch

START_PATIENCE = 2.0
"""Seconds that devices may take to appear when the ear starts."""

Detail = dict[str, str | int | float | bool]


class LiveSound:
    """A duplex device: `read` a block, `write` a block, for ever.

    With the microphone closed or away, `read` gives silence at the pace of the clock. `library`
    makes the PortAudio to use, in the thread that owns it; `listed` lists the devices as a process
    sees them that starts now, until the function it is given says that something else comes first.
    """

    def __init__(
        self,
        settings: SoundSettings,
        library: Callable[[], PortAudio] = PortAudio,
        listed: Callable[[Callable[[], bool]], list[Device]] = listed_anew,
    ) -> None:
        self._library = library
        self._listed = listed
        self._troubles = Troubles()
        self._intake = Intake()
        self._outlet = Outlet()
        self._output = Line("output", settings.output, self._outlet, self._troubles)
        self._input = Line("input", settings.input, self._intake, self._troubles)
        self._lines = (self._output, self._input)
        self._watch = Watch(self._intake, self._troubles)
        self._stopping = False
        self._look = threading.Event()
        self._tried = threading.Event()
        self._problem: OwnerError | None = None
        self._calls = Calls(self._troubles)
        self._fell = False
        self._told: Detail | None = None
        self._owner = threading.Thread(target=self._own, name="portaudio", daemon=True)

    @property
    def latency(self) -> float:
        """Seconds from `write` to the loudspeaker."""
        return self._outlet.latency

    @property
    def lag(self) -> Lag:
        """What moves the echo."""
        return Lag(self._outlet.streams + self._intake.streams, self._outlet.shift)

    @property
    def audible(self) -> bool:
        """Whether the loudspeaker plays what is written."""
        return self._output.live and not self._output.away

    @property
    def drowsy(self) -> bool:
        """Whether the loudspeaker rests: what is written comes late."""
        return self._output.live and self._output.rests

    @property
    def microphone(self) -> message.Microphones:
        """Open means that sound comes in."""
        if not self._input.wanted:
            return "closed"
        return "open" if self._input.live and not self._input.away else "missing"

    @property
    def captured(self) -> float:
        """Seconds of sound that the microphone has delivered."""
        return self._intake.captured

    @property
    def lost(self) -> float:
        """Seconds of it that gave way to newer sound."""
        return self._intake.lost

    @property
    def hung(self) -> bool:
        """True when PortAudio does not come back: leave the process, a new one will heal it."""
        return self._fell or self._calls.hopeless

    def begin(self, *, microphone: bool) -> None:
        """Begin to open both devices."""
        self._input.wanted = microphone
        self._owner.start()

    def started(self, *, insist: bool = False) -> Detail:
        """Wait until both devices were tried; what there is, for `status`.

        With `insist` there have to be both: raises OwnerError when there are not.
        """
        end = time.monotonic() + (START_PATIENCE if insist else HANG)
        while not (self._whole if insist else self._tried.is_set()) and time.monotonic() <= end:
            time.sleep(0.01)
        if self._problem is not None:
            raise self._problem
        if insist and not self._whole:
            refusals = [line.refusal for line in self._lines if line.refusal is not None]
            raise next(iter(refusals), OwnerError("the sound server does not answer: restart it"))
        self._intake.skip()
        self._told = self._detail()
        return self._told

    def read(self, blocks: int = 1) -> Samples:
        """The next `blocks` of 20 ms; waits for them, for all of them at once."""
        sound = self._intake.read(blocks)
        return sound if self._input.wanted else np.zeros_like(sound)

    def write(self, block: Samples) -> None:
        """20 ms for the loudspeaker, or more of silence at rest; never waits."""
        if len(block) > BLOCK_SAMPLES:
            self._outlet.rest(len(block))
        else:
            self._outlet.write(block)

    def hush(self, fade_ms: int) -> int:
        """Fade out what the loudspeaker has not got yet; how many samples are silence now."""
        return self._outlet.hush(fade_ms)

    def open_microphone(self, *, wanted: bool) -> None:
        """Open the input device, or really close it."""
        self._input.wanted = wanted
        if not wanted:
            self._intake.shut()
        self._look.set()

    def rest(self, paces: Paces) -> None:
        """Let each carry much sound at a time, or have it carry little again."""
        if paces != (self._output.wish, self._input.wish):
            self._output.wish, self._input.wish = paces
            self._look.set()

    def news(self) -> list[News]:
        """What has gone wrong, or works again, since the last call."""
        self._watch.count()
        for line in self._lines:
            if line.live and (away := line.away):
                line.tell(away)  # the owner may hang in closing another one
                self._look.set()
        self._calls.tell()
        return self._troubles.news()

    def close(self) -> None:
        """Let go of both devices, within `HANG` seconds."""
        self._stopping = True
        self._look.set()
        self._owner.join(HANG)

    @property
    def _whole(self) -> bool:
        return all(line.live or not line.wanted for line in self._lines)

    def _own(self) -> None:
        """The life of the owner thread: without it the ear would be deaf for ever."""
        try:
            self._keep_open()
        except OwnerError as problem:
            self._problem = problem
        except Exception:  # noqa: BLE001 - whatever it was, a new process begins anew
            self._fell = True
        self._tried.set()

    def _keep_open(self) -> None:
        with self._calls.one():
            port = self._library()
        while not self._stopping:
            for line in self._lines:
                self._tend(port, line)
            if all(line.tried or not line.wanted for line in self._lines):
                self._tried.set()
            self._look.wait(min(line.pause for line in self._lines))
            self._look.clear()
        for line in self._lines:
            self._close(port, line)

    def _tend(self, port: PortAudio, line: Line) -> None:
        if line.due:
            self._open(port, line)
        elif line.opened is None:
            return
        elif not line.wanted:
            self._close(port, line)
        elif away := line.away:
            line.fell(away)
            self._close(port, line)
        elif line.goes():
            self._calls.was_open = True
            self._tell_change()
        elif line.turns:
            with self._calls.one():
                line.turn(port)
        elif line is self._input and self._watch.reopen(line.opened.rate):
            self._close(port, line)
            line.at_once()

    def _tell_change(self) -> None:
        detail = self._detail()
        if self._told is not None and detail != self._told:
            self._told = detail
            self._troubles.tell(message.Ready(detail=detail))

    def _open(self, port: PortAudio, line: Line) -> None:
        others = [other for other in self._lines if other is not line and other.opened]
        try:
            with self._calls.one():
                if not others:
                    port.look_again()
                line.open(port)
        except NotOpenedError as problem:
            if others and self._is_new(port, line):
                for other in others:
                    self._close(port, other)
                    other.at_once()
                line.at_once()
            else:
                line.refused(problem)

    def _is_new(self, port: PortAudio, line: Line) -> bool:
        """Whether a new list of devices would help `line`."""
        if port.outdated:
            return True
        try:
            choose(port.devices(), line.way, line.name)
        except NotOpenedError:
            try:
                choose(self._listed(self._has_to_close), line.way, line.name)
            except OwnerError:
                return False
            return True
        return False

    def _has_to_close(self) -> bool:
        return self._stopping or any(one.opened and not one.wanted for one in self._lines)

    def _close(self, port: PortAudio, line: Line) -> None:
        with self._calls.one():
            line.close(port)

    def _detail(self) -> Detail:
        detail: Detail = {}
        for way, opened in ((line.way, line.opened) for line in self._lines):
            detail |= {way: opened.name, f"{way}_rate": opened.rate} if opened else {}
        there = "open" if self._input.opened else "missing"
        return detail | {"microphone": there if self._input.wanted else "closed"}
