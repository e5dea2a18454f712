"""The promises, tried whole: a real pipeline, a virtual room, and promises that are broken."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from roomtone.app.config import Config, places

pytestmark = pytest.mark.sound

ROOT = Path(__file__).resolve().parents[2]


def command(*options: object) -> list[str]:
    return [sys.executable, "-m", "roomtone", "prove", *map(str, options)]


def environment(room) -> dict[str, str]:
    return os.environ | room.environment | {"PYTHONPATH": str(ROOT / "daemon")}


def settings(home: Path, more: str = "") -> Path:
    file = home / "config.toml"
    models = places(Config()).models
    file.write_text(f'[paths]\nstate = "{home / "state"}"\nmodels = "{models}"\n{more}')
    return file


def prove(room, file: Path) -> tuple[dict, dict]:
    """The report, and its trials by promise and name."""
    done = subprocess.run(
        command("--json", "--config", file),
        env=environment(room),
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    report = json.loads(done.stdout)
    assert done.returncode == (0 if report["ok"] else 1)
    trials = {
        (promise["promise"], trial["trial"]): trial
        for promise in report["promises"]
        for trial in promise["trials"]
    }
    return report, trials


def left_behind() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("roomtone-prove-*"))


def test_every_promise_holds_on_a_machine_with_a_microphone(room, tmp_path):
    before = left_behind()
    report, trials = prove(room, settings(tmp_path))
    broken = [one for one in trials.values() if one["verdict"] == "broken"]
    assert not broken
    assert report["took_s"] < 300
    for trial in (
        ("leaving", "visit"),
        ("sound", "visit"),
        ("words", "visit"),
        ("words", "crash"),
        ("mute", "device"),
        ("mute", "listen"),
        ("mute", "unmute"),
        ("mute", "restart"),
        ("deletion", "all"),
        ("deletion", "encrypted"),
        ("house", "rule"),
        ("redaction", "items"),
        ("permission", "consent"),
        ("permission", "cut"),
        ("permission", "masked"),
    ):
        assert trials[trial]["verdict"] == "holds", trials[trial]
    assert trials["leaving", "service"]["verdict"] == "not tried"
    assert "by the language model" in trials["leaving", "visit"]["said"]
    assert not report["complete"]
    assert not left_behind() - before
    assert not (tmp_path / "state").exists()


def test_a_daemon_that_runs_goes_on_as_it_was(daemon, room, tmp_path):
    pids = {name: part["pid"] for name, part in daemon.client.status()["parts"].items()}
    before = daemon.client.history(100)
    _, trials = prove(room, tmp_path / "config.toml")
    assert trials["mute", "device"]["verdict"] == "holds", trials["mute", "device"]
    assert "a stream of the sound server" in trials["mute", "device"]["said"]
    assert trials["leaving", "service"]["verdict"] == "not tried"
    assert "no walls" in trials["leaving", "service"]["said"]
    assert trials["sound", "service"]["verdict"] == "holds", trials["sound", "service"]
    status = daemon.client.status()
    assert not status["muted"]
    assert {name: part["pid"] for name, part in status["parts"].items()} == pids
    assert daemon.client.history(100) == before


def test_an_interrupt_ends_it_with_everything_that_it_started(room, tmp_path):
    before = left_behind()
    proving = subprocess.Popen(
        command("--config", settings(tmp_path)),
        env=environment(room),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    folder = None
    end = time.monotonic() + 60
    while folder is None or not list(folder.glob("visit.log")):
        assert time.monotonic() < end
        folder = next(iter(left_behind() - before), None)
        time.sleep(0.05)
    time.sleep(1.5)
    proving.send_signal(signal.SIGINT)
    assert proving.wait(60) == 130
    assert not left_behind() - before
    assert str(folder) not in processes()


def processes() -> str:
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(lines)
