"""The daemon as the service manager sees it: ready, alive, stopped, reloaded, hung."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time

import numpy as np
import pytest

from sound.daemon import Daemon

pytestmark = pytest.mark.fault


class Manager:
    """What a service manager hears, with the time at which it came."""

    def __init__(self, path) -> None:
        self.told: list[tuple[float, str]] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            said = self._socket.recv(4096).decode()
            self.told.append((time.monotonic(), said))

    def lines(self) -> list[str]:
        return [line for _, line in self.told]

    def fed(self, since: float) -> int:
        return sum(at > since and line == "WATCHDOG=1" for at, line in self.told)

    def wait_for(self, start: str, within: float = 20.0) -> float:
        """Monotonic time at which a line that begins like this came."""
        end = time.monotonic() + within
        while True:
            for at, line in list(self.told):
                if line.startswith(start):
                    return at
            assert time.monotonic() < end, f"no {start}: {self.lines()}"
            time.sleep(0.02)


@pytest.fixture
def manager(tmp_path, monkeypatch):
    told = Manager(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "2000000")
    return told


def test_ready_means_that_it_hears_and_the_watchdog_is_fed_while_it_does(
    manager, daemon, recovered
):
    ready = manager.wait_for("READY=1")
    assert daemon.client.status()["health"]["captured_s"] > 0
    time.sleep(2.0)
    assert manager.fed(ready) >= 2
    assert any("hears" in line and "last frame under 3 s ago" in line for line in manager.lines())

    daemon.process.send_signal(signal.SIGSTOP)  # an event loop that stands still
    time.sleep(0.3)
    stopped = time.monotonic()
    time.sleep(2.5)
    assert not manager.fed(stopped)
    daemon.process.send_signal(signal.SIGCONT)
    again = time.monotonic()
    while not manager.fed(again):
        assert time.monotonic() - again < 20
        time.sleep(0.02)
    recovered(27, "event loop stands still, then goes on", time.monotonic() - again)

    daemon.stop()
    assert manager.lines()[-1] == "STOPPING=1"


def test_a_stop_in_mid_answer_fades_out_and_takes_less_than_three_seconds(room, daemon, recovered):
    text = "This is a long sentence, and nobody wants to hear all of it. " * 4
    talking = threading.Thread(target=_say, args=(daemon, text), daemon=True)
    with room.recording() as heard:
        talking.start()
        daemon.wait_for("sound_started")
        time.sleep(1.5)
        took = daemon.stop()
    assert daemon.process.returncode == 0
    assert took < 3.0
    recovered(32, "told to stop in mid-answer", took)
    sound = np.abs(heard[0].astype(np.int32))
    loud = np.flatnonzero(sound > 100)
    last = sound[: loud[-1] + 1]
    assert last[-160:].max() < 0.5 * last[-8000:].max()
    assert "Traceback" not in daemon.log()


def test_a_mistake_in_a_reload_is_told_and_changes_nothing(room, daemon, voice, tmp_path):
    config = tmp_path / "config.toml"
    good = config.read_text()
    config.write_text(good + "\n[wake]\npatiense = 2\n")
    pids = _pids(daemon)
    told = _reload(daemon, config)
    assert told.returncode == 1
    assert b"patiense is not a setting; did you mean patience" in told.stderr
    daemon.process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert "not reloaded" in daemon.log()

    config.write_text(good + "\n[wake]\npatience = 2\n")
    began = time.monotonic()
    told = _reload(daemon, config)
    assert (told.returncode, told.stdout) == (0, b"Reloaded: wake.\n")
    assert time.monotonic() - began < 10
    after = _pids(daemon)
    assert [name for name in pids if pids[name] != after[name]] == ["ear"]
    room.say(voice(0.5, "Hey Jarvis, what is seven times eight?", 1.5))
    assert "56" in daemon.wait_for("reply_finished")["text"]


def test_a_daemon_that_is_aborted_leaves_its_stack_and_no_word_that_was_said(room, daemon, voice):
    room.say(voice(0.5, "Hey Jarvis, set a pizza timer for ten minutes.", 1.5))
    daemon.wait_for("reply_finished")
    pids = _pids(daemon)
    daemon.stop(signal.SIGABRT)
    log = daemon.log()
    assert "Fatal Python error: Aborted" in log
    assert "asyncio" in log
    assert "pizza" not in log
    end = time.monotonic() + 5
    while any(os.path.exists(f"/proc/{pid}") for pid in pids.values()):  # noqa: PTH110 - no path
        assert time.monotonic() < end, "a part outlives its core"
        time.sleep(0.05)


def _say(daemon: Daemon, text: str) -> None:
    try:
        daemon.client.say(text)
    except Exception:  # noqa: BLE001 - the daemon is stopped meanwhile
        return


def _reload(daemon: Daemon, config) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*daemon._command[:3], "reload", "--config", config],
        env=daemon._environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


def _pids(daemon: Daemon) -> dict[str, int]:
    return {name: part["pid"] for name, part in daemon.client.status()["parts"].items()}
