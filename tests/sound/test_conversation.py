"""A whole conversation in a virtual room: a voice in, a voice out, read again."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest

from roomtone.app.config import Config, places
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.whisper import Whisper
from roomtone.system.weights import Weights

pytestmark = pytest.mark.sound


@pytest.fixture(scope="module")
def ears() -> Whisper:
    """The starter recognizer, to read what Roomtone said."""
    path = Weights.of(places(Config())).find("starter-speech", "speech")
    return Whisper(str(path), HearingSettings())


def read(ears: Whisper, sound: np.ndarray) -> str:
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > 150)
    assert loud.size, "nothing was played"
    return ears.read(sound[loud[0] : loud[-1] + 1].tobytes(), final=True).text


def test_a_question_through_the_air_is_answered_through_the_air(room, daemon, voice, ears):
    with room.recording() as heard:
        room.say(voice(0.5, "Hey Jarvis, what is seven times eight?", 1.5))
        answer = daemon.wait_for("reply_finished")
    assert "56" in answer["text"]
    assert answer["spoken_text"] == answer["text"]
    assert re.search(r"fifty.?six", read(ears, heard[0]))
    assert daemon.wait_for("sound_started")["after_speech_ms"] < 5000


def test_a_timer_survives_a_kill_and_rings_until_it_is_stopped(room, daemon, voice):
    room.say(voice(0.5, "Hey Jarvis, set a timer for twenty seconds.", 1.5))
    daemon.wait_for("reply_finished")
    assert len(daemon.client.timers()) == 1
    daemon.stop(signal.SIGKILL)
    daemon.start()
    daemon.wait_for("timer_fired", within=40)
    daemon.wait_for("sound_started")
    room.say(voice(2.0, "Stop.", 1.0))
    daemon.wait_for("stop_heard", within=10)
    assert daemon.client.timers() == []


def test_mute_by_command_is_deaf_and_survives_a_restart(room, daemon, voice):
    daemon.client.mute(on=True)
    assert room.microphone_users(0)
    daemon.stop()
    daemon.start()
    room.say(voice(0.3, "Hey Jarvis, what time is it?", 1.0))
    assert daemon.client.status()["muted"]
    assert not [one for one in daemon.events if one["event"] == "wake_heard"]
    daemon.client.mute(on=False)
    assert room.microphone_users(1)
    room.say(voice(0.5, "Hey Jarvis, what time is it?", 1.5))
    daemon.wait_for("wake_heard")


def test_nothing_that_was_said_is_in_the_log_or_readable_on_the_disk(room, daemon, voice, tmp_path):
    room.say(voice(0.5, "Hey Jarvis, set a pizza timer for ten minutes.", 1.5))
    understood = daemon.wait_for("understood")["text"]
    daemon.wait_for("reply_finished")
    assert daemon.client.history()[0]["heard"] == understood
    daemon.stop()
    words = {word.encode() for word in understood.split() if len(word) > 4}
    assert words
    files = {path for path in tmp_path.rglob("*") if path.is_file()}
    for file in files - {tmp_path / "config.toml", tmp_path / "default.pa"}:
        held = file.read_bytes()
        assert not [word for word in words if word in held], file.name


def test_it_stops_soon_and_leaves_no_process(daemon):
    pids = [part["pid"] for part in daemon.client.status()["parts"].values()]
    assert all(Path(f"/proc/{pid}").exists() for pid in pids)
    assert daemon.stop() < 8
    assert daemon.process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_second_daemon_is_refused_with_advice(room, daemon, tmp_path):
    second = subprocess.run(
        daemon._command, env=daemon._environment, capture_output=True, timeout=90, check=False
    )
    assert second.returncode == 78
    assert b"another Roomtone" in second.stderr


def test_what_is_asked_in_writing_is_answered_in_writing(daemon, tmp_path):
    asked = subprocess.run(
        [*daemon._command[:3], "ask", "--json", "--config", tmp_path / "config.toml", "6 times 7"],
        env=daemon._environment,
        capture_output=True,
        timeout=60,
        check=True,
    )
    last = json.loads(asked.stdout.splitlines()[-1])
    assert last["event"] == "reply_finished"
    assert "42" in last["text"]
