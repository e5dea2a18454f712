"""An ear as the core keeps it, alone: supervised, asked what it hears, with everything it told."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from roomtone.app.duplex import Duplex
from roomtone.app.ear_setup import EarSetup
from roomtone.base import message
from roomtone.base.falls import News
from roomtone.capture.settings import SoundSettings
from roomtone.detect.settings import EndpointSettings, WakeSettings
from sound.ear_process import networks

PACKAGE = Path(__file__).resolve().parents[2] / "daemon"


class Hearing:
    """Runs the core's end of one ear in a thread; `news` and `told` carry their times."""

    def __init__(self, **setup) -> None:
        wake = WakeSettings(words={"hey_jarvis": 0.5})
        defaults = {"sound": SoundSettings(), "wake": wake, "endpoint": EndpointSettings()}
        self.setup = EarSetup(**(defaults | {"files": networks(*wake.words)} | setup))
        self.news: list[tuple[float, News]] = []
        self.told: list[tuple[float, message.EarOut]] = []
        self._loop = asyncio.new_event_loop()
        self._made = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._made.wait()

    def hears(self) -> None:
        """Wait until sound comes in."""
        self.until(lambda: self.duplex.microphone == "open" and self.duplex.captured, 15)

    def hears_again(self, since: float, within: float = 20.0) -> float:
        """Seconds from clock time `since` until sound comes in that was made later."""
        captured = self.duplex.captured if self.duplex.captured_at < since else None

        def later() -> bool:
            now = self.duplex.captured
            return (
                self.duplex.microphone == "open"
                and self.duplex.captured_at > since
                and (captured is None or now != captured)
            )

        self.until(later, within)
        return self.duplex.captured_at - since

    def hears_of(self, kind: str, since: float, within: float) -> float:
        """Seconds from clock time `since` until a fault of this kind was told."""
        return self._news(lambda one: bool(one.fault) and one.kind == kind, kind, since, within)

    def is_over(self, kind: str, since: float, within: float = 20.0) -> float:
        """Seconds from clock time `since` until the fault of this kind was told to be over."""
        return self._news(
            lambda one: one.recovered_ms is not None and one.kind == kind, kind, since, within
        )

    def wait_for(self, kind: type, since: float, within: float = 15.0):
        """The first message of `kind` after clock time `since`."""

        def found():
            return [said for at, said in list(self.told) if at >= since and isinstance(said, kind)]

        self.until(found, within)
        return found()[0]

    def send(self, request: message.EarIn) -> None:
        """Tell the ear."""
        asyncio.run_coroutine_threadsafe(self.duplex.send(request), self._loop).result(5)

    def play(self, turn: int, pcm: bytes) -> None:
        """Have 16 kHz sound played."""
        asyncio.run_coroutine_threadsafe(self.duplex.play(turn, pcm, 16_000), self._loop).result(5)

    def finish(self, turn: int) -> float:
        """Seconds of `turn` that the room has heard, when it is over."""
        return asyncio.run_coroutine_threadsafe(self.duplex.finish(turn), self._loop).result(40)

    def until(self, true: Callable[[], object], within: float) -> None:
        """Wait."""
        end = time.monotonic() + within
        while not true():
            assert time.monotonic() < end, [one for _, one in self.news]
            time.sleep(0.01)

    def close(self) -> None:
        """End the ear."""
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(10)

    def _news(self, fits: Callable[[News], bool], kind: str, since: float, within: float) -> float:
        def found():
            return [at for at, one in list(self.news) if at >= since and fits(one)]

        end = since + within
        while not found():
            assert time.monotonic() < end, (kind, [one for _, one in self.news])
            time.sleep(0.01)
        return found()[0] - since

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._live())

    async def _live(self) -> None:
        self.duplex = Duplex(
            lambda: self.setup, lambda one: self.news.append((time.monotonic(), one))
        )
        self.duplex.tell(self._keep)
        self._task = asyncio.current_task()
        self._made.set()
        await self.duplex.child.run()

    async def _keep(self, said: message.EarOut) -> None:
        self.told.append((time.monotonic(), said))
