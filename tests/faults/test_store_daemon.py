"""The whole daemon on a bad disk, killed at any moment, and at rest."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.idle import watch
from faults.household import DAEMON, Disk
from roomtone.app.config import Config, places
from roomtone.web.client import Client
from sound.daemon import Daemon

pytestmark = pytest.mark.fault

DISHES = ("pizza", "tea", "egg", "rice", "bread", "soup", "cake", "pasta")


def names(client: Client) -> set[str]:
    return {timer["name"] for timer in client.timers()}


def test_the_daemon_is_killed_while_it_writes_and_keeps_what_it_acknowledged(
    room, tmp_path, recovered
):
    draw = random.Random(3)  # noqa: S311 - the same moments every time
    daemon = Daemon(room, tmp_path)
    acknowledged: set[str] = set()
    slowest = 0.0
    for life in range(4):
        assert acknowledged <= names(daemon.client), f"life {life}"
        end = time.monotonic() + draw.uniform(0.0, 0.6)
        while time.monotonic() < end:
            name = draw.choice(DISHES) + "x" * len(acknowledged)
            list(daemon.client.ask(f"set a {name} timer for {draw.randint(20, 90)} minutes"))
            acknowledged.add(name)
        daemon.stop(signal.SIGKILL)
        began = time.monotonic()
        daemon.start()
        slowest = max(slowest, time.monotonic() - began)
    assert acknowledged <= names(daemon.client)
    assert len(acknowledged) > 4
    daemon.stop()
    recovered(33, f"4 kills of the daemon, {len(acknowledged)} timers kept: slowest start", slowest)


def test_a_daemon_on_a_full_disk_answers_says_so_and_heals(room, tmp_path, recovered):
    disk = Disk(tmp_path / "disk")
    run = tmp_path / "run"
    run.mkdir()
    (tmp_path / "config.toml").write_text(
        f'[paths]\nstate = "{disk.place}/state"\nmodels = "{places(Config()).models}"\n'
    )
    environment = room.environment | {"PYTHONPATH": str(DAEMON), "RUNTIME_DIRECTORY": str(run)}
    client = Client([run / "roomtone.sock"])
    disk.fill()
    with (tmp_path / "log").open("ab") as log:
        process = subprocess.Popen(
            [
                *disk.enter(),
                sys.executable,
                "-m",
                "roomtone",
                "run",
                "--config",
                tmp_path / "config.toml",
            ],
            env=os.environ | environment,
            stderr=log,
        )
    try:
        end = time.monotonic() + 90
        while not client.running():
            assert process.poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < end
        list(client.ask("set a pizza timer for ten minutes"))
        assert any(
            "time" in str(one) or "It's" in str(one) for one in client.ask("what time is it")
        )
        assert names(client) == {"pizza"}
        assert [one["kind"] for one in faults(client)] == ["disk_full"]
        assert Path(f"/proc/{process.pid}/root{disk.place}/state/roomtone.db").exists() is False
        disk.drain()
        began = time.monotonic()
        while faults(client):
            assert time.monotonic() - began < 45
            time.sleep(0.05)
        recovered(43, "the whole daemon on a full disk", time.monotonic() - began)
    finally:
        process.kill()
        process.wait()
        disk.gone()


def faults(client: Client) -> list[dict]:
    """What is wrong with the store."""
    return [one for one in client.status()["faults"] if one["part"] == "store"]


def test_an_idle_daemon_writes_nothing(daemon: Daemon, tmp_path, recovered):
    idle = watch(daemon, tmp_path / "state", 20.0)
    assert idle.written == dict.fromkeys(idle.written, 0)
    assert idle.changed == []
    recovered(50, "20 s of rest: 0 bytes written by core and children", 0.0)
