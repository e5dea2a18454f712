"""A virtual room, the ear as a process, and a voice that speaks to it."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sound.daemon import Daemon
from sound.ear_process import EarProcess
from sound.sound_server import SoundServer

VOICE = Path(__file__).resolve().parents[2] / "models" / "starter" / "voice" / "voice.onnx"


@pytest.fixture
def room(tmp_path):
    """A running sound server with nothing but a microphone and a loudspeaker."""
    server = SoundServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def daemon(room, tmp_path) -> Iterator[Daemon]:
    running = Daemon(room, tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def ear():
    """Starts ears, and ends them after the test."""
    started = []

    def start(environment=None, **setup):
        started.append(EarProcess(environment, **setup))
        return started[-1]

    yield start
    for process in started:
        if process.process.poll() is None:
            process.end()


@pytest.fixture(scope="session")
def voice():
    """Text -> int16 sound at 16 kHz in the starter voice, with a little room noise around it."""
    from piper import PiperVoice

    speaker = PiperVoice.load(VOICE)
    noise = np.random.default_rng(0)

    def room_noise(seconds):
        return np.rint(noise.normal(0, 8, round(16_000 * seconds))).astype(np.int16)

    def say(*parts):
        """Texts, and pauses in seconds."""
        pieces = [
            room_noise(part)
            if isinstance(part, float)
            else np.concatenate([c.audio_int16_array for c in speaker.synthesize(part)])
            for part in parts
        ]
        sound = np.concatenate(pieces).astype(np.int32)
        return np.clip(sound + room_noise(len(sound) / 16_000), -32768, 32767).astype(np.int16)

    return say


@pytest.fixture
def recording(tmp_path):
    """Writes int16 sound at 16 kHz as a WAV file; its path."""

    def write(sound, name="in.wav"):
        path = tmp_path / name
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(sound.astype("<i2").tobytes())
        return str(path)

    return write
