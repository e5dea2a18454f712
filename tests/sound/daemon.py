"""The daemon itself in a virtual room: started as its owner would, watched through its door."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from roomtone.app.config import Config, places
from roomtone.web.client import Client

ROOT = Path(__file__).resolve().parents[2]


class Daemon:
    """`roomtone run` in a room of its own, and everything that happens in it."""

    def __init__(self, room, home: Path, settings: str = "") -> None:
        self._home = home
        self._state = home / "state"
        models = places(Config()).models
        (home / "config.toml").write_text(
            f'[paths]\nstate = "{self._state}"\nmodels = "{models}"\n[timers]\nring_seconds = 20\n'
            + settings
        )
        self._command = [sys.executable, "-m", "roomtone", "run", "--config", home / "config.toml"]
        self._environment = os.environ | room.environment | {"PYTHONPATH": str(ROOT / "daemon")}
        self.client = Client([self._state / "roomtone.sock"])
        self.events: list[dict] = []
        self.start()

    def start(self) -> None:
        """Start it and wait until it listens."""
        log = (self._home / "log").open("ab")
        self.process = subprocess.Popen(self._command, env=self._environment, stderr=log)
        end = time.monotonic() + 90
        while not self.client.running():
            assert self.process.poll() is None, (self._home / "log").read_text()
            assert time.monotonic() < end, "the daemon did not start"
        self.events.clear()
        threading.Thread(target=self._follow, daemon=True).start()

    def wait_for(self, kind: str, /, within: float = 30.0, number: int = 1, **fields) -> dict:
        """The `number`-th event of a kind, with these `fields`, since the start.

        `at` in it is the monotonic time of its arrival; `events.clear()` makes a new start.
        """
        wanted = fields | {"event": kind}
        end = time.monotonic() + within
        while True:
            found = [one for one in list(self.events) if wanted.items() <= one.items()]
            if len(found) >= number:
                return found[number - 1]
            assert time.monotonic() < end, f"no {wanted}: {[one['event'] for one in self.events]}"
            threading.Event().wait(0.02)

    def stop(self, how: int = signal.SIGTERM) -> float:
        """End it; the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(15)
        return time.monotonic() - began

    def part(self, name: str) -> dict:
        """What `status` says of a part: up, pid, restarts and more."""
        return self.client.status()["parts"][name]

    def log(self) -> str:
        return (self._home / "log").read_text()

    def _follow(self) -> None:
        try:
            for one in self.client.events():
                self.events.append(one | {"at": time.monotonic()})
        except Exception:  # noqa: BLE001 - the daemon was ended
            return
