"""Talking over it on a real sound server whose microphone hears the loudspeaker: each stage.

    python tests/bench/barge_live.py --near DIR [--trials 8] [--echo 0.3]

The ear runs in this process, on a PulseAudio of its own, and speaks; recordings of people from
`--near`, one utterance a file, are played into the room. All times are of one clock: when the
voice was at the microphone, when the ear had read it, when our own sound paused, and when the
loudspeaker was silent. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.barge import REMARKS, SUBJECTS, _onset, _scaled, _voiced
from roomtone.app.bench.recordings import recordings
from roomtone.app.ear import Ear
from roomtone.app.ear_setup import EarSetup, attention_of
from roomtone.app.rim import DeviceRim
from roomtone.base import message
from roomtone.base.wire import ChildWire, pack
from roomtone.capture.echo import canceller
from roomtone.capture.resample import Resampler
from roomtone.capture.settings import SoundSettings
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.speak.player import Player
from sound.ear_process import networks
from sound.sound_server import RAW, SoundServer

RATE = 16_000
SILENT = 960
"""Samples without sound that are silence and no pause between words."""


class Track:
    """Sound with the clock time at which each piece of it came."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._pieces: list[np.ndarray] = []

    def add(self, piece: np.ndarray) -> None:
        self._times.append(time.monotonic())
        self._pieces.append(piece)

    def after(self, t: float, seconds: float) -> tuple[np.ndarray, np.ndarray]:
        """The sound that came within `seconds` after `t`, and when each sample did."""
        kept = [n for n, at in enumerate(self._times) if t < at < t + seconds]
        clock = [np.full(len(self._pieces[n]), self._times[n]) for n in kept]
        return np.concatenate([self._pieces[n] for n in kept]), np.concatenate(clock)

    def record(self, device: str) -> subprocess.Popen[bytes]:
        """Fill it with what is played on a sink."""
        command = ("parec", f"--device={device}.monitor", "--latency-msec=5", *RAW)
        recorder = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ)
        assert recorder.stdout is not None
        read = recorder.stdout.fileno()

        def go() -> None:
            while data := os.read(read, 4096):
                self.add(np.frombuffer(data[: len(data) // 2 * 2], "<i2"))

        threading.Thread(target=go, daemon=True).start()
        return recorder


class Room:
    """An ear that speaks, its microphone and its loudspeaker."""

    def __init__(self) -> None:
        files = networks("hey_jarvis")
        wake = WakeSettings(words={"hey_jarvis": 0.5})
        settings = SoundSettings()
        setup = EarSetup(sound=settings, wake=wake, endpoint=EndpointSettings(), files=files)
        self.read = Track()
        self.pauses: list[float] = []
        self.rim = rim = DeviceRim(settings, "")
        player = Player(lambda rate: Resampler(rate, RATE), 1.0)
        take, pause = rim.read, player.pause

        def taken(blocks: int = 1) -> np.ndarray:
            sound = take(blocks)
            self.read.add(sound)
            return sound

        def paused() -> None:
            self.pauses.append(time.monotonic())
            pause()

        rim.read, player.pause = taken, paused  # type: ignore[method-assign]
        rim.begin(microphone=True)
        attention = attention_of(setup)
        rim.started()
        self._ours, theirs = socket.socketpair()
        wire = ChildWire(theirs, message.EarIn)
        ear = Ear(rim, attention, player, wire, canceller(settings))
        threading.Thread(target=ear.run, daemon=True).start()
        self._told: queue.Queue[message.EarOut] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        inbox = ChildWire(self._ours, message.EarOut)
        while (said := inbox.receive()) is not None:
            self._told.put(said)

    def send(self, request) -> None:
        self._ours.sendall(pack(request))

    def speak(self, turn: int, sound: np.ndarray) -> None:
        self.send(message.Attend(mode="watching"))
        self.send(message.Play(turn=turn, pcm=sound.astype("<i2").tobytes(), rate=RATE))
        self.send(message.PlayEnd(turn=turn))

    def paused_after(self, t: float) -> float | None:
        """When our own sound paused first."""
        return next((at for at in self.pauses if at > t), None)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--near", type=Path, nargs="+", required=True)
    parser.add_argument("--trials", type=int, default=8)
    parser.add_argument("--echo", type=float, default=0.3, help="share that comes back")
    arguments = parser.parse_args()
    people = [_scaled(sound) for _, sound in recordings(arguments.near)]
    words = [f"{who} {what}" for who, what in zip(SUBJECTS, REMARKS, strict=False)]
    story = np.concatenate(_voiced(words))
    server = SoundServer(Path(tempfile.mkdtemp()))
    server.start()
    os.environ.update(server.environment)
    loud, near = Track(), Track()
    recorders = [loud.record("speaker"), near.record("mic_feed")]
    rows = []
    time.sleep(2.0)  # the room's noise is there
    with server.echo(arguments.echo):
        room, dice = Room(), np.random.default_rng(3)
        for turn in range(1, arguments.trials + 1):
            room.speak(turn, story)
            time.sleep(7.0 if turn == 1 else 3.0)
            one, t = people[dice.integers(len(people))], time.monotonic()
            server.say(one)
            time.sleep(1.0)
            paused = room.paused_after(t)
            room.send(message.Hush())
            if paused is not None:
                rows.append(_stages(one, t, paused, (near, room.read, loud)))
            print(rows[-1].round() if paused else "not heard", flush=True)
            time.sleep(1.5)
    names = ("microphone to ear", "ear to pause", "pause to silence", "in all")
    for name, times in zip(names, np.array(rows).T, strict=True):
        middle, late = np.percentile(times, [50, 95])
        print(f"{name:20} {middle:4.0f} / {late:4.0f} ms (p50, p95)")
    for recorder in recorders:
        recorder.terminate()
    server.stop()
    os._exit(0)


def _stages(one: np.ndarray, t: float, paused: float, tracks: tuple[Track, ...]) -> np.ndarray:
    near, read, loud = tracks
    at_microphone, at_ear = _begins(near, one, t), _begins(read, one, t)
    sound, clock = loud.after(paused, 1.0)
    quiet = np.convolve(np.abs(sound.astype(int)) < 3, np.ones(SILENT), "valid") >= SILENT
    silent = clock[int(quiet.argmax())]
    marks = np.array([at_microphone, at_ear, paused, silent])
    return 1000 * np.append(np.diff(marks), silent - at_microphone)


def _begins(track: Track, one: np.ndarray, t: float) -> float:
    """When the voice of `one` was there."""
    sound, clock = track.after(t, len(one) / RATE + 2.5)
    voice = one[_onset(one) :][: RATE // 2].astype(float)
    return float(clock[int(np.correlate(sound.astype(float), voice, "valid").argmax())])


if __name__ == "__main__":
    main()
