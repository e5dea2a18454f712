"""Any part falls at any moment of a turn: it costs that turn at most, and the next one works."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from sound.daemon import Daemon
from sound.sound_server import RAW, SoundServer

pytestmark = pytest.mark.fault

HEARD_WITHIN = 2.0
"""Seconds from a fall to a sound in the room, when a turn was lost."""

NEXT_WITHIN = 3.0
"""Seconds from a fall to the next question that works."""

PARTS = ("ear", "transcriber", "thinker", "voice")
MOMENTS = {
    "idle": "",
    "listening": "wake_heard",
    "thinking": "understood",
    "speaking": "sound_started",
}
"""Moment of a turn -> the event with which it begins."""

ROW = {"ear": 13, "transcriber": 28, "thinker": 28, "voice": 28}

ARITHMETIC = "Hey Jarvis, what is seven times eight?"
KNOWLEDGE = "Hey Jarvis, what is the capital of France?"


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


class House:
    """A room, the daemon in it, and a guest who asks."""

    def __init__(self, folder, voice: Callable[..., np.ndarray]) -> None:
        self.room = SoundServer(folder)
        self.room.start()
        self.loudspeaker = Loudspeaker(self.room)
        self.daemon = Daemon(self.room, folder)
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


@pytest.fixture(scope="module")
def house(tmp_path_factory, voice) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"), voice)
    house.daemon.client.say("Ready.")
    yield house
    house.close()


def cases() -> Iterator[tuple[str, str, str]]:
    """Every part and moment, killed and stopped; a crash is to the core what a kill is."""
    for number in ("SIGKILL", "SIGSTOP"):
        for moment in MOMENTS:
            for part in PARTS:
                yield number, moment, part
    for moment, part in zip(MOMENTS, PARTS, strict=True):
        yield "SIGSEGV", moment, part


@pytest.mark.parametrize(("number", "moment", "part"), list(cases()))
def test_the_next_question_works(house, recovered, number, moment, part):
    daemon = house.daemon
    core = daemon.process.pid
    pid = daemon.part(part)["pid"]
    daemon.events.clear()
    if moment != "idle":
        house.begin(KNOWLEDGE if part == "thinker" else ARITHMETIC)
        daemon.wait_for(MOMENTS[moment])
    fell = time.monotonic()
    os.kill(pid, signal.Signals[number])
    over = house.wait(
        "recovery",
        lambda one: one.get("part") == part and one.get("recovered_ms") is not None,
        within=8,
    )
    took = over["at"] - fell
    house.heard_out()
    failed = [one for one in daemon.events if one["event"] == "failed"]
    house.answers()
    recovered(ROW[part], f"{part} {number} {moment}", took)
    assert took <= NEXT_WITHIN
    if failed:
        heard = house.loudspeaker.after(fell)
        recovered(ROW[part], f"{part} {number} {moment}: the room hears", heard)
        assert heard <= HEARD_WITHIN
    assert daemon.process.pid == core
    assert daemon.process.poll() is None
