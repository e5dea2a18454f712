"""What brings the service down, and how it comes back by itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from appliance.installed import Appliance
from appliance.real_systemd import limits_bite
from appliance.room import DROP_IN, room

pytestmark = [pytest.mark.appliance, pytest.mark.sound]

TELL = "roomtone-tell@roomtone.service.service"
WATCHDOG = 20
"""Seconds; WatchdogSec= of the unit."""


def busy() -> bool:
    """Whether this computer has more to do than it can; then times say nothing."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)


def test_a_killed_core_hears_again_soon(house, record_property):
    house.until_it_hears(20)
    killed = house.pid()
    house.run("systemctl", "kill", "--signal=KILL", "--kill-whom=main", "roomtone")
    took = house.until_it_hears(60, not_as=killed)
    record_property("kill_to_hearing_s", round(took, 1))
    assert took < (30 if busy() else 5)


def test_a_core_that_hangs_is_ended_by_the_watchdog_and_hears_again(house, record_property):
    house.until_it_hears(20)
    hung = house.pid()
    began = time.monotonic()
    house.run("kill", "-STOP", str(hung))
    house.until_it_hears(120, not_as=hung)
    took = time.monotonic() - began
    record_property("hang_to_hearing_s", round(took, 1))
    assert "Watchdog timeout" in house.journal("-u", "roomtone")
    assert took < WATCHDOG + (60 if busy() else 10)


def test_a_core_that_keeps_falling_is_told_of_and_tried_again_after_a_rest(house):
    house.run("systemctl", "stop", "roomtone")
    house.add("roomtone.service", "broken", "[Service]\nExecStart=\nExecStart=/bin/false\n")
    house.add("roomtone-tell@.service", "room", DROP_IN)
    try:
        with house.room.recording() as heard:
            house.run("systemctl", "start", "roomtone", check=False)
            end = time.monotonic() + 60
            while "does not stay up" not in house.journal("-u", "roomtone", "-p", "err"):
                assert time.monotonic() < end, house.journal("-n", "40")
                time.sleep(0.2)
            time.sleep(0.5)
            while house.show(TELL, "ActiveState")["ActiveState"] == "activating":
                time.sleep(0.2)
        assert np.abs(heard[0].astype(np.int32)).max() > 3000
        assert house.show("roomtone", "ActiveState", "Result") == {
            "ActiveState": "failed",
            "Result": "exit-code"
            if house.show("roomtone", "Result")["Result"] != "start-limit-hit"
            else "start-limit-hit",
        }
        told = house.journal("-u", "roomtone", "-p", "err", "-o", "cat")
        assert told.count("does not stay up") == 1
        assert "roomtone doctor" in told
        assert house.show("roomtone-again.timer", "ActiveState")["ActiveState"] == "active"
        house.run("systemctl", "stop", "roomtone")
        assert house.show("roomtone-again.timer", "ActiveState")["ActiveState"] == "inactive"
    finally:
        house.sh("rm /etc/systemd/system/roomtone.service.d/broken.conf; systemctl daemon-reload")
        house.sh("systemctl reset-failed roomtone; systemctl start roomtone")


def test_what_only_its_owner_can_mend_is_told_at_once_and_not_tried_again_and_again(root, tmp_path):
    tmp_path.chmod(0o755)
    with Appliance(root, tmp_path) as house:
        house.write("/etc/roomtone/config.toml", "[wake\n")
        house.run("systemctl", "start", "roomtone", check=False)
        end = time.monotonic() + 30
        while "does not stay up" not in (told := house.journal("-u", "roomtone", "-o", "cat")):
            assert time.monotonic() < end, told
            time.sleep(0.2)
        assert "/etc/roomtone/config.toml" in told
        assert house.show("roomtone", "NRestarts")["NRestarts"] == "0"
        assert house.show("roomtone-again.timer", "ActiveState")["ActiveState"] == "active"


def test_without_any_sound_device_it_is_ready_and_says_so(namespaces, tmp_path):
    tmp_path.chmod(0o755)
    with Appliance(Path("/"), tmp_path) as house:
        house.run("systemctl", "start", "roomtone")
        end = time.monotonic() + 10
        while "NO MICROPHONE" not in (line := house.show("roomtone", "StatusText")["StatusText"]):
            assert time.monotonic() < end, line
            time.sleep(0.2)
        assert house.door.status()["health"]["microphone"] == "missing"


EATER = """
import os, pathlib, time
old, new = (pathlib.Path("/sys/fs/cgroup", name) for name in ("memory", ""))
group = (old if old.exists() else new) / "system.slice" / "roomtone.service"
kills = group / ("memory.oom_control" if old.exists() else "memory.events")
(group / "cgroup.procs").write_text(str(os.getpid()))
held = []
end = time.monotonic() + 20
while "oom_kill 0" in kills.read_text() and time.monotonic() < end:
    held.append(os.urandom(1 << 20))
"""
"""Eats in the service's place until the kernel has ended a process there."""


@pytest.mark.skipif(not limits_bite("hybrid"), reason="limits of memory do not bite here")
def test_when_memory_runs_out_the_thinker_goes_and_the_ear_stays(namespaces, tmp_path_factory):
    tree, sounds = (tmp_path_factory.mktemp(name) for name in ("tree", "room"))
    tree.chmod(0o755)
    server = room(sounds)
    try:
        with Appliance(Path("/"), tree, sounds, cgroups="hybrid") as house:
            house.add("roomtone.service", "limit", "[Service]\nMemoryMax=600M\n")
            house.run("systemctl", "start", "roomtone")
            house.until_it_hears(20)
            before = house.door.status()["parts"]
            house.run("python3", "-c", EATER)
            end = time.monotonic() + 30
            while not (after := house.door.status()["parts"])["thinker"]["restarts"]:
                assert time.monotonic() < end, after
                time.sleep(0.1)
            assert after["ear"]["pid"] == before["ear"]["pid"]
            assert house.until_it_hears(5) < 5
    finally:
        server.stop()
