"""A house for a fault: a room, the daemon in it, and a guest who asks."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sound.daemon import Daemon
from sound.sound_server import RAW, SoundServer

ARITHMETIC = "Hey Jarvis, what is seven times eight?"
"""A question for a skill."""

KNOWLEDGE = "Hey Jarvis, what is the capital of France?"
"""A question for the language model."""


class Loudspeaker:
    """Notes when something is heard in the room."""

    def __init__(self, room: SoundServer) -> None:
        command = ("parec", "--device=speaker.monitor", "--latency-msec=20", *RAW)
        self._recorder = subprocess.Popen(
            command, env=os.environ | room.environment, stdout=subprocess.PIPE
        )
        self._loud: list[float] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def after(self, moment: float) -> float:
        """Seconds from `moment` to the next sound that begins, with a pause before it."""
        last = -1.0
        for at in list(self._loud):
            if at > moment and at - last > 0.25:
                return at - moment
            last = at
        return float("inf")

    def close(self) -> None:
        self._recorder.kill()
        self._recorder.wait()

    def _listen(self) -> None:
        while piece := self._recorder.stdout.read(640):
            if np.abs(np.frombuffer(piece, "<i2").astype(np.int32)).max() > 150:
                self._loud.append(time.monotonic())


def patience(seconds: float) -> float:
    """As it stands where nothing else wants the processors; twice that where something does."""
    return seconds * (2 if os.getloadavg()[0] > (os.cpu_count() or 1) else 1)


class House:
    """A room, the daemon in it, and a guest who asks."""

    def __init__(self, folder: Path, voice: Callable[..., np.ndarray], settings: str = "") -> None:
        self.room = SoundServer(folder)
        self.room.start()
        self.loudspeaker = Loudspeaker(self.room)
        self.daemon = Daemon(self.room, folder, settings)
        self._voice = voice
        self._saying: threading.Thread | None = None

    def begin(self, question: str) -> None:
        """Start to ask; the sound goes on meanwhile."""
        sound = self._voice(0.3, question, 1.2)
        self._saying = threading.Thread(target=self.room.say, args=(sound,))
        self._saying.start()

    def heard_out(self) -> None:
        """Wait until the question has been asked to its end."""
        if self._saying is not None:
            self._saying.join()

    def wait(self, what: str, found: Callable[[dict], bool], within: float) -> dict:
        """The first event that is wanted."""
        end = time.monotonic() + within
        while True:
            for one in list(self.daemon.events):
                if found(one):
                    return one
            kinds = [(e["event"], e.get("kind", "")) for e in self.daemon.events]
            assert time.monotonic() < end, f"no {what} within {within} s: {kinds}"
            threading.Event().wait(0.01)

    def mended(self, part: str, within: float, kind: str = "") -> dict:
        """The end of a fault of `part`."""
        return self.wait(
            f"recovery of {part}",
            lambda one: (
                one.get("part") == part
                and one.get("recovered_ms") is not None
                and kind in one["kind"]
            ),
            within,
        )

    def settled(self, within: float) -> None:
        """Wait until every part is up."""
        end = time.monotonic() + within
        while not all(part["up"] for part in self.daemon.client.status()["parts"].values()):
            assert time.monotonic() < end, self.daemon.client.status()
            threading.Event().wait(0.1)

    def answers(self, within: float = 15.0) -> float:
        """Ask something; the time of the right answer."""
        self.heard_out()
        self.daemon.events.clear()
        self.begin(ARITHMETIC)
        answer = self.wait("answer", lambda one: "56" in one.get("spoken_text", ""), within)
        return answer["at"]

    def close(self) -> None:
        self.heard_out()
        self.daemon.stop()
        self.loudspeaker.close()
        self.room.stop()
