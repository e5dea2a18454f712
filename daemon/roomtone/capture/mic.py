"""The microphone and the loudspeaker, live: one owner thread, a heartbeat, and healing.

PortAudio says nothing when a sound server dies and hangs when one freezes. So one thread makes
every call, callbacks only copy, and no callback for a second means that the device is gone.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.capture import devices
from roomtone.capture.intake import Intake, Outlet
from roomtone.capture.resample import Samples
from roomtone.capture.settings import SoundSettings

STALL = 1.0
"""Seconds without a callback after which a stream is dead, whatever PortAudio says of it."""

HANG = 3.0
"""Seconds after which a call into PortAudio counts as hung: only a new process helps."""

START_PATIENCE = 2.0
"""Seconds that devices may take to appear when the ear starts."""

BACKOFF = (0.2, 0.3, 0.5, 1.0, 2.0, 5.0)
ZEROS = 10.0
"""Seconds of exact zeros that no live microphone delivers: it is switched off, or not the one."""


class LiveSound:
    """A duplex device: `read` a block, `write` a block, for ever.

    With the microphone closed or away, `read` gives silence at the pace of the clock.
    """

    def __init__(self, settings: SoundSettings) -> None:
        self._settings = settings
        self._intake = Intake()
        self._outlet = Outlet()
        self._streams: dict[devices.Way, devices.Opened] = {}
        self._news: deque[message.Complaint | message.Ready] = deque(maxlen=16)
        self._wanted = True
        self._stopping = False
        self._finished = threading.Event()
        self._first = threading.Event()
        self._refusal: OwnerError | None = None
        self._calling: float | None = None
        self._silent_told = False
        self._owner = threading.Thread(target=self._own, name="portaudio", daemon=True)

    @property
    def latency(self) -> float:
        """Seconds from `write` to the loudspeaker."""
        return self._outlet.latency

    @property
    def hung(self) -> bool:
        """True when PortAudio does not come back: leave the process, a new one will heal it."""
        since = self._calling
        return since is not None and time.monotonic() - since > HANG

    def start(self, *, microphone: bool) -> dict[str, str | int | float | bool]:
        """Open both devices; what they are, for `status`.

        Raises OwnerError when there is none, TimeoutError when PortAudio hangs.
        """
        self._wanted = microphone
        self._owner.start()
        while not self._first.wait(0.1):
            if self.hung:
                raise TimeoutError
        if self._refusal is not None:
            raise self._refusal
        return self._detail()

    def read(self) -> Samples:
        """The next 20 ms; waits for them."""
        return self._intake.read()

    def write(self, block: Samples) -> None:
        """20 ms for the loudspeaker; never waits."""
        self._outlet.write(block)

    def open_microphone(self, *, wanted: bool) -> None:
        """Open the input device, or really close it."""
        self._wanted = wanted
        if not wanted:
            self._intake.shut()

    def news(self) -> list[message.Complaint | message.Ready]:
        """What has gone wrong, or works again, since the last call."""
        if lost := self._intake.lost_ms():
            self._complain(f"{lost} ms of sound were lost", "the machine is too busy")
        return [self._news.popleft() for _ in range(len(self._news))]

    def close(self) -> None:
        """Let go of both devices, within `HANG` seconds."""
        self._stopping = True
        self._finished.set()
        self._owner.join(HANG)

    def _own(self) -> None:
        began, failures, again = time.monotonic(), 0, False
        while not self._stopping:
            try:
                self._open(again=again)
            except OwnerError as problem:
                self._close()
                if not self._first.is_set() and time.monotonic() - began > START_PATIENCE:
                    self._refusal = problem
                    self._first.set()
                    return
                if self._first.is_set() and failures == 1:
                    self._complain(str(problem), "trying again")
            else:
                failures = self._live(failures)
            failures, again = failures + 1, True
            time.sleep(0 if self._stopping else BACKOFF[min(failures, len(BACKOFF)) - 1])
        self._close()

    def _live(self, failures: int) -> int:
        if self._first.is_set():
            self._news.append(message.Ready(detail=self._detail()))
        self._first.set()
        began = time.monotonic()
        fault = self._watch()
        lived = time.monotonic() - began
        if fault:
            self._complain(fault, "opening the devices again")
        self._close()
        return 0 if lived > STALL else failures

    def _open(self, *, again: bool) -> None:
        self._finished.clear()
        with self._call():
            found = devices.list_devices(again=again)
            self._start("output", found, self._outlet.callback)
            devices.choose(found, "input", self._settings.input)
            if self._wanted:
                self._start("input", found, self._intake.callback)

    def _start(
        self,
        way: devices.Way,
        found: list[devices.Device],
        callback: Callable[[int, int, str], Callable[..., None]],
    ) -> None:
        index = devices.choose(found, way, getattr(self._settings, way))
        opened = devices.open_stream(found, index, way, callback, self._finished.set)
        self._streams[way] = opened
        if way == "output":
            self._outlet.delay = float(opened.stream.latency)

    def _watch(self) -> str:
        """Until something is wrong: what; empty when the ear ends."""
        while not self._finished.wait(0.05):
            now = time.monotonic()
            if self._wanted != ("input" in self._streams):
                self._turn_microphone()
            elif "input" in self._streams and now - self._intake.beat > STALL:
                return "the microphone has stopped"
            if now - self._outlet.beat > STALL:
                return "the loudspeaker has stopped"
            self._judge_silence(now)
        return "" if self._stopping else "the sound device went away"

    def _turn_microphone(self) -> None:
        if "input" in self._streams:
            self._close("input")
            self._finished.clear()
            return
        with self._call():
            self._start("input", devices.list_devices(), self._intake.callback)

    def _judge_silence(self, now: float) -> None:
        silent = "input" in self._streams and now - self._intake.sound > ZEROS
        if silent and not self._silent_told:
            self._complain(
                "the microphone gives nothing but digital silence",
                "see whether it is switched off, and whether `roomtone devices` shows another",
            )
        self._silent_told = silent

    def _close(self, *ways: devices.Way) -> None:
        for way in ways or tuple(self._streams):
            with self._call():
                devices.close_stream(self._streams.pop(way))
            if way == "input":
                self._intake.shut()

    @contextmanager
    def _call(self) -> Iterator[None]:
        self._calling = time.monotonic()
        try:
            yield
        finally:
            self._calling = None

    def _complain(self, fault: str, action: str) -> None:
        self._news.append(message.Complaint(fault=fault, action=action))

    def _detail(self) -> dict[str, str | int | float | bool]:
        detail: dict[str, str | int | float | bool] = {}
        for way, opened in self._streams.items():
            detail |= {way: opened.name, f"{way}_rate": opened.rate}
        return detail
