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
from roomtone.capture.devices import Callback, Opened, PortAudio, Way
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
"""Seconds of exact zeros, which no live microphone delivers: it is off, or the wrong one."""

Detail = dict[str, str | int | float | bool]


class LiveSound:
    """A duplex device: `read` a block, `write` a block, for ever.

    With the microphone closed or away, `read` gives silence at the pace of the clock. `library`
    makes the PortAudio to use, in the thread that owns it.
    """

    def __init__(
        self, settings: SoundSettings, library: Callable[[], PortAudio] = PortAudio
    ) -> None:
        self._wanted_names: dict[Way, str] = {"input": settings.input, "output": settings.output}
        self._library = library
        self._intake = Intake()
        self._outlet = Outlet()
        self._streams: dict[Way, Opened] = {}
        self._news: deque[message.Complaint | message.Ready] = deque(maxlen=16)
        self._microphone = True
        self._stopping = False
        self._finished = threading.Event()
        self._first = threading.Event()
        self._refusal: OwnerError | None = None
        self._calling: float | None = None
        self._silence_told = False
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

    def start(self, *, microphone: bool) -> Detail:
        """Open both devices; what they are, for `status`.

        Raises OwnerError when there is none, TimeoutError when PortAudio hangs.
        """
        self._microphone = microphone
        self._owner.start()
        while not self._first.wait(0.05):
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
        self._microphone = wanted
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
        """The life of the owner thread."""
        began, failures = time.monotonic(), 0
        port: PortAudio | None = None
        while not self._stopping:
            try:
                with self._call():
                    port = port or self._library()
                    port.look_again()
                    self._open(port)
            except OwnerError as problem:
                failures += 1
                if not self._first.is_set() and time.monotonic() - began > START_PATIENCE:
                    self._refusal = problem
                    self._first.set()
                    return
                if self._first.is_set() and failures == len(BACKOFF):
                    self._complain(str(problem), "trying again")
            else:
                assert port is not None  # noqa: S101 - made above, else OwnerError
                failures = 0 if self._live(port) else failures + 1
            self._close(port)
            if not self._stopping:
                time.sleep(BACKOFF[min(failures, len(BACKOFF) - 1)])

    def _open(self, port: PortAudio) -> None:
        self._finished.clear()
        self._start(port, "output")
        if self._microphone:
            self._start(port, "input")

    def _start(self, port: PortAudio, way: Way) -> None:
        make: Callable[[int, int, str], Callback] = (
            self._intake.callback if way == "input" else self._outlet.callback
        )
        opened = port.open(way, self._wanted_names[way], make, self._finished.set)
        self._streams[way] = opened
        if way == "output":
            self._outlet.delay = float(opened.stream.latency)

    def _live(self, port: PortAudio) -> bool:
        """Stay until something breaks; True when it had worked for a while."""
        if self._first.is_set():
            self._news.append(message.Ready(detail=self._detail()))
        self._first.set()
        began = time.monotonic()
        try:
            fault = self._watch(port)
        except OwnerError as problem:
            fault = str(problem)
        if fault:
            self._complain(fault, "opening the devices again")
        return time.monotonic() - began > 2 * STALL

    def _watch(self, port: PortAudio) -> str:
        """Wait until something breaks: what; empty when the ear ends."""
        while not self._finished.wait(0.05):
            now = time.monotonic()
            if self._microphone != ("input" in self._streams):
                self._turn_microphone(port)
            elif "input" in self._streams and now - self._intake.beat > STALL:
                return "the microphone has stopped"
            if now - self._outlet.beat > STALL:
                return "the loudspeaker has stopped"
            self._judge_silence(now)
        return "" if self._stopping else "the sound device went away"

    def _turn_microphone(self, port: PortAudio) -> None:
        if "input" in self._streams:
            self._close(port, "input")
            self._finished.clear()
            return
        with self._call():
            self._start(port, "input")

    def _judge_silence(self, now: float) -> None:
        silent = "input" in self._streams and now - self._intake.sound > ZEROS
        if silent and not self._silence_told:
            self._complain(
                "the microphone gives nothing but digital silence",
                "see whether it is switched off, and whether `roomtone devices` shows another",
            )
        self._silence_told = silent

    def _close(self, port: PortAudio | None, *ways: Way) -> None:
        for way in ways or tuple(self._streams):
            opened = self._streams.pop(way)
            if port is not None:
                with self._call():
                    port.close(opened)
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

    def _detail(self) -> Detail:
        detail: Detail = {}
        for way, opened in self._streams.items():
            detail |= {way: opened.name, f"{way}_rate": opened.rate}
        return detail
