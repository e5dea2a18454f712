"""The ear as its own process, driven from a test as the core would."""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from roomtone.app.ear_setup import EarFiles, EarSetup
from roomtone.base import message
from roomtone.base.wire import ChildWire, pack
from roomtone.capture.settings import SoundSettings
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.system.paths import resolve
from roomtone.system.weights import Weights


def networks(*words: str) -> EarFiles:
    """The networks of this machine, with the heads of `words`."""
    weights = Weights.of(resolve())
    return EarFiles(
        melspectrogram=str(weights.find("melspectrogram", "features")),
        embedding=str(weights.find("embedding", "features")),
        heads={word: str(weights.find(word, "wake")) for word in words},
        vad=str(weights.find("silero-vad", "vad")),
        turn=str(weights.find("smart-turn", "turn")),
        near=str(weights.find("roomtone-near", "near")),
    )


class EarProcess:
    """One ear: send requests, wait for messages."""

    def __init__(self, environment: dict[str, str] | None = None, **setup) -> None:
        ours, theirs = socket.socketpair()
        package = Path(__file__).resolve().parents[2] / "daemon"
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "roomtone.app.ear", "--wire", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env=os.environ | {"PYTHONPATH": str(package)} | (environment or {}),
            )
        self._socket = ours
        self._wire: ChildWire[message.EarOut] = ChildWire(ours, message.EarOut)
        self._heard: queue.Queue[message.EarOut | None] = queue.Queue()
        self.told: list[message.EarOut] = []
        wake = WakeSettings(words={"hey_jarvis": 0.5})
        defaults = {"sound": SoundSettings(), "wake": wake, "endpoint": EndpointSettings()}
        self.send(EarSetup(**(defaults | {"files": networks(*wake.words)} | setup)))
        threading.Thread(target=self._listen, daemon=True).start()

    def send(self, request) -> None:
        """Tell the ear."""
        self._socket.sendall(pack(request))

    def wait_for(self, *kinds, within: float = 15.0):
        """The next message of one of `kinds`; every message on the way is kept in `told`."""
        end = time.monotonic() + within
        while True:
            try:
                said = self._heard.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {[kind.__name__ for kind in kinds]} came") from None
            assert said is not None, "the ear has ended"
            self.told.append(said)
            if isinstance(said, kinds):
                return said

    def run_until(self, t: float) -> list[message.EarOut]:
        """Grant the stream up to `t`; everything told until then."""
        before = len(self.told)
        self.send(message.Grant(t=t))
        while self.wait_for(message.Tick).t < t - 0.079:
            pass
        return self.told[before:]

    def sound_of(self, segment: int) -> bytes:
        """What was sent of a segment so far."""
        return b"".join(
            said.pcm
            for said in self.told
            if isinstance(said, message.SpeechChunk) and said.segment == segment
        )

    def end(self) -> int:
        """Close the wire; the exit status."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        return self.process.wait(10)

    def _listen(self) -> None:
        try:
            while (said := self._wire.receive()) is not None:
                self._heard.put(said)
        except OSError:
            pass
        self._heard.put(None)
