"""Doctor in a real room, with real models: what is wrong is found, what is well is measured."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from roomtone.app.config import Config, places
from sound.sound_server import RAW

pytestmark = pytest.mark.sound

PACKAGE = Path(__file__).resolve().parents[2] / "daemon"

TWICE = """
import numpy as np
from roomtone.app.doctor import chirp
from roomtone.app.doctor.listener import _pass, measure
from roomtone.capture.mic import LiveSound
from roomtone.capture.settings import SoundSettings

live = LiveSound(SoundSettings())
live.begin(microphone=True)
first = measure(live, live.started()).echo
again = np.concatenate([chirp.tone(), np.zeros(16000, np.int16)])
second = chirp.find(_pass(live, again), 0, np.zeros(0, np.int16))
for echo in (first, second):
    print(echo.delay_ms, echo.echo_db)
"""


class Air:
    """Carries the loudspeaker's sound to the microphone; after a first tone later and softer."""

    def __init__(self, room, gains: tuple[float, float], later_ms: int) -> None:
        self._recorder = room._run("parec", "--device=speaker.monitor", "--latency-msec=20", *RAW)
        options = ("--device=mic_feed", "--latency-msec=100")
        self._player = room._run("pacat", "--playback", *options, *RAW)
        self._gains, self._later_ms = gains, later_ms
        threading.Thread(target=self._carry, daemon=True).start()

    def still(self) -> None:
        self._recorder.terminate()
        self._player.terminate()

    def _carry(self) -> None:
        (gain, then), tone, quiet = self._gains, False, 0
        with contextlib.suppress(BrokenPipeError):
            while block := self._recorder.stdout.read(640):
                sound = np.frombuffer(block, "<i2").astype(float)
                tone = tone or np.abs(sound).max() > 500
                quiet = quiet + 1 if tone and not sound.any() else 0
                if quiet == 25 and gain != then:
                    gain = then
                    self._player.stdin.write(bytes(32 * self._later_ms))
                self._player.stdin.write(np.rint(gain * sound).astype("<i2").tobytes())
                self._player.stdin.flush()


def python(room, *arguments) -> str:
    environment = os.environ | {"PYTHONPATH": str(PACKAGE)} | room.environment
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def doctor(room, home: Path, settings: str = "") -> dict:
    """What `doctor --json` reports, its findings by their names."""
    (home / "config.toml").write_text(
        f'[paths]\nstate = "{home / "state"}"\nmodels = "{places(Config()).models}"\n' + settings
    )
    told = python(room, "-m", "roomtone", "doctor", "--json", "--config", home / "config.toml")
    report = json.loads(told)
    return report | {"findings": {one["check"]: one for one in report["findings"]}}


@pytest.mark.parametrize("later_ms", [37, 150])
def test_the_delay_and_the_level_of_the_air_are_found(room, later_ms):
    for _ in range(4):  # between two tones a busy machine may move the devices' own delay
        air = Air(room, (0.5, 0.1), later_ms)
        try:
            (first, loud), (second, soft) = (
                map(float, line.split()) for line in python(room, "-c", TWICE).splitlines()
            )
        finally:
            air.still()
        assert loud == pytest.approx(-6, abs=1)
        assert soft == pytest.approx(-20, abs=1)
        if second - first == pytest.approx(later_ms, abs=5):
            return
    pytest.fail(f"{second - first} ms instead of {later_ms}")


def test_a_room_that_is_well_is_measured_whole_in_time(room, tmp_path):
    air = Air(room, (0.3, 0.3), 0)
    try:
        report = doctor(room, tmp_path)
    finally:
        air.still()
    found = report["findings"]
    bad = {name: one for name, one in found.items() if one["verdict"] == "bad"}
    assert not bad
    assert report["ok"]
    assert report["took_s"] < 20
    assert found["round_trip.echo"]["value"] == pytest.approx(-10.5, abs=1)
    assert 0 < found["transcriber.speed"]["value"] < 3
    assert found["thinker.speed"]["value"] > 1
    assert 0 < found["voice.speed"]["value"] < 3
    assert found["model.starter-speech"]["verdict"] == "ok"


def test_a_machine_without_sound_is_told_and_the_rest_is_looked_at(tmp_path):
    empty = tmp_path / "asound.conf"
    empty.write_text("")

    silent = {"ALSA_CONFIG_PATH": str(empty), "PULSE_SERVER": "unix:/nowhere"}
    report = doctor(SimpleNamespace(environment=silent), tmp_path)
    assert not report["ok"]
    assert report["findings"]["microphone"]["verdict"] == "bad"
    assert "arecord -l" in report["findings"]["microphone"]["mend"]
    assert report["findings"]["voice.speed"]["verdict"] in {"ok", "warn"}
    assert "disk" in report["findings"]


def test_a_muted_microphone_is_bad(room, tmp_path):
    room._ask("pactl", "set-source-mute", "mic", "1")
    found = doctor(room, tmp_path)["findings"]["microphone.signal"]
    assert found["verdict"] == "bad"
    assert "alsamixer" in found["mend"]


def test_a_microphone_that_is_overdriven_is_bad(room, tmp_path):
    t = np.arange(16_000 * 8) / 16_000
    loud = np.clip(60_000 * np.sin(2 * np.pi * 300 * t), -32768, 32767).astype(np.int16)
    shouting = threading.Thread(target=room.say, args=(loud,))
    shouting.start()
    found = doctor(room, tmp_path)["findings"]["microphone.clipping"]
    shouting.join()
    assert found["verdict"] == "bad"
    assert found["value"] > 10


def test_a_frozen_sound_server_costs_the_measurement_and_not_the_report(room, tmp_path):
    room.freeze(on=True)
    try:
        report = doctor(room, tmp_path)
    finally:
        room.freeze(on=False)
    assert report["findings"]["microphone"]["verdict"] == "bad"
    assert "restart the sound server" in report["findings"]["microphone"]["mend"]
    assert report["findings"]["thinker.speed"]["verdict"] in {"ok", "warn"}


def test_broken_models_are_named_and_the_others_are_measured(room, tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(1000))
    settings = f'[models]\nlanguage = "{broken}"\n'
    found = doctor(room, tmp_path, settings)["findings"]
    assert found["thinker.speed"]["verdict"] == "bad"
    assert "broken.gguf" in found["thinker.speed"]["said"]
    assert found["voice.speed"]["verdict"] in {"ok", "warn"}


def test_mistakes_in_the_configuration_are_findings(room, tmp_path):
    report = doctor(room, tmp_path, "[sond]\n")
    assert not report["ok"]
    assert report["findings"]["configuration"]["verdict"] == "bad"
    assert "sond" in report["findings"]["configuration"]["said"]
    assert report["findings"]["microphone"]["verdict"] == "ok"


def test_a_running_daemon_is_asked_instead_of_its_devices(daemon, room, tmp_path):
    told = python(room, "-m", "roomtone", "doctor", "--json", "--config", tmp_path / "config.toml")
    report = json.loads(told)
    found = {one["check"]: one for one in report["findings"]}
    assert report["ok"], [one for one in report["findings"] if one["verdict"] == "bad"]
    assert found["daemon"]["verdict"] == "ok"
    assert "held by the daemon" in found["microphone"]["said"]
    assert found["part.transcriber"]["verdict"] == "ok"
    assert found["socket"]["value"] == "0600"
    assert daemon.process.poll() is None
    assert report["took_s"] < 10


def test_prometheus_can_scrape_a_running_daemon(daemon, room, voice, tmp_path):
    room.say(voice(0.5, "Hey Jarvis, what time is it?", 1.5))
    daemon.wait_for("reply_finished")
    scrape = ["curl", "--fail", "--silent", "--unix-socket", tmp_path / "state" / "roomtone.sock"]
    asked = [*scrape, "http://roomtone/metrics"]
    text = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    found = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert found['roomtone_wakes_total{phrase="hey jarvis"}'] == "1.0"
    assert found['roomtone_turns_total{by="skill"}'] == "1.0"
    assert 0 < float(found['roomtone_stage_recent_seconds{quantile="0.5",stage="answer"}']) < 20
    assert float(found["roomtone_frame_age_seconds"]) < 3
    for part in ("core", "ear", "transcriber", "thinker", "voice"):
        assert float(found[f'roomtone_part_memory_bytes{{part="{part}"}}']) > 1e6


def test_a_full_disk_is_bad(tmp_path):
    script = (
        "mount -t tmpfs -o size=1m roomtone {0} && ! head -c 2M /dev/zero > {0}/full 2>&1 && "
        "{1} -c 'import sys; from pathlib import Path; from roomtone.app.doctor.machine "
        "import disk; print(disk(Path(sys.argv[1])))' {0}"
    )
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script.format(tmp_path, sys.executable)],
        env=os.environ | {"PYTHONPATH": str(PACKAGE)},
        capture_output=True,
        text=True,
        check=False,
    )
    if re.search(r"not permitted|permission denied", done.stderr, re.IGNORECASE):
        pytest.skip("a tmpfs of its own needs root")
    assert "verdict='bad'" in done.stdout, done.stderr
    assert "make room" in done.stdout
