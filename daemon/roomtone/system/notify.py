"""What the service manager is told: ready, alive, how it stands; nothing where there is none."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Mapping

Send = Callable[[str], object]
"""Takes lines "NAME=value", as sd_notify(3) means them."""


class Notifier:
    """The daemon's end of sd_notify(3). Every call returns at once, and none raises."""

    def __init__(self, send: Send | None = None, environ: Mapping[str, str] | None = None) -> None:
        env = os.environ if environ is None else environ
        self._manager = send or (_systemd() if env.get("NOTIFY_SOCKET") else _nobody)
        self._status = ""
        self._last_alive = float("-inf")
        self.watchdog = _watchdog(env)
        """Seconds within which `alive` is expected; 0 when nobody watches."""

    def loading(self, seconds: float) -> None:
        """The start takes up to `seconds` more."""
        self._send(f"EXTEND_TIMEOUT_USEC={round(seconds * 1e6)}")

    def ready(self) -> None:
        """The start is over, or a reload is."""
        self._send("READY=1")

    def reloading(self) -> None:
        """A reload begins; `ready` ends it."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def status(self, line: str) -> None:
        """One line for `systemctl status`; sent when it differs from the last one."""
        if line != self._status:
            self._status = line
            self._send(f"STATUS={line}")

    def alive(self, now: float) -> None:
        """Feed the watchdog; `now` is monotonic, and a quarter of its time lies between meals."""
        if self.watchdog and now - self._last_alive >= self.watchdog / 4:
            self._last_alive = now
            self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """The end has begun."""
        self._send("STOPPING=1")

    def _send(self, lines: str) -> None:
        with contextlib.suppress(OSError):  # a manager that is away hears of the next thing
            self._manager(lines)


def _watchdog(env: Mapping[str, str]) -> float:
    """Read sd_watchdog_enabled(3): the time, if it is meant for this process."""
    mine = env.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    microseconds = env.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1e6 if mine and microseconds.isdigit() else 0.0


def _systemd() -> Send:
    import systemd.daemon

    return systemd.daemon.notify  # type: ignore[no-any-return]


def _nobody(_lines: str) -> None:
    pass
