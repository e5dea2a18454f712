"""Doctor in a machine with a real systemd: the service runs, is stopped, has lost a wall."""

from __future__ import annotations

import json

import pytest

from appliance.installed import TREE
from roomtone.app.doctor.service import EXPOSURE

pytestmark = [pytest.mark.appliance, pytest.mark.sound]

PROGRAM = f"{TREE}/current/bin/roomtone"


def doctor(house, *before: str) -> dict:
    """What it reports, its findings by their names."""
    done = house.run(*before, PROGRAM, "doctor", "--json", check=False, env={"HOME": "/root"})
    assert "Traceback" not in done.stderr, done.stderr
    report = json.loads(done.stdout)
    assert done.returncode == (0 if report["ok"] else 1)
    return report | {"findings": {one["check"]: one for one in report["findings"]}}


def test_a_running_service_is_found_well(house):
    house.until_it_hears(10)
    report = doctor(house)
    found = report["findings"]
    assert not [one for one in found.values() if one["verdict"] == "bad"]
    for check in ("daemon", "service", "microphone", "walls", "socket", "state", "key", "disk"):
        assert found[check]["verdict"] == "ok", found[check]
    assert "/var/lib/roomtone" in found["state"]["said"]
    assert found["service.boot"]["verdict"] == "warn"
    assert "systemctl enable" in found["service.boot"]["mend"]


def test_how_open_each_unit_is_stands_in_the_report(house):
    found = doctor(house)["findings"]
    for unit, most in EXPOSURE.items():
        assert 0 < found[f"service.exposure.{unit}"]["value"] <= most


def test_a_stranger_gets_a_report_and_learns_what_he_may_not_see(house):
    house.sh("id guest 2>/dev/null || useradd --create-home guest")
    stranger = ("setpriv", "--reuid=guest", "--regid=guest", "--clear-groups")
    found = doctor(house, *stranger)["findings"]
    assert found["daemon"]["verdict"] == "bad"
    assert "sudo" in found["daemon"]["mend"]
    assert found["service"]["verdict"] == "ok"


def test_a_stopped_service_is_told_with_the_command_that_starts_it(house):
    house.run("systemctl", "stop", "roomtone")
    try:
        found = doctor(house)["findings"]
    finally:
        house.run("systemctl", "start", "roomtone")
    assert found["service"]["verdict"] == "bad"
    assert "systemctl start roomtone" in found["service"]["mend"]
    assert found["thinker.speed"]["verdict"] in {"ok", "warn"}


def test_a_hot_machine_says_so(house):
    zone = "/sys/class/thermal/thermal_zone0"
    if house.run("test", "-d", "/sys/class/thermal", check=False).returncode:
        pytest.skip("this kernel has no thermal zones to put one in the place of")
    house.sh(f"mount -t tmpfs zones /sys/class/thermal && mkdir {zone} && echo 95000 > {zone}/temp")
    house.run("systemctl", "restart", "roomtone")
    try:
        house.until_it_hears(20)
        report = doctor(house)
        kinds = [fault["kind"] for fault in house.door.status()["faults"]]
    finally:
        house.sh("umount /sys/class/thermal")
        house.run("systemctl", "restart", "roomtone")
    assert report["findings"]["fault.hot"]["verdict"] == "bad"
    assert report["findings"]["temperature"]["value"] == 95
    assert "heat sink" in report["findings"]["fault.hot"]["mend"]
    assert "hot" in kinds


def test_a_wall_that_somebody_tore_down_is_told(house):
    opened = "[Service]\nPrivateNetwork=no\nRestrictAddressFamilies=\nProtectSystem=no\n"
    house.add("roomtone.service", "open", opened)
    house.run("systemctl", "restart", "roomtone")
    try:
        found = doctor(house)["findings"]
    finally:
        house.run("rm", "/etc/systemd/system/roomtone.service.d/open.conf")
        house.run("systemctl", "daemon-reload")
        house.run("systemctl", "restart", "roomtone")
    assert found["walls"]["verdict"] == "warn"
    assert "sockets" in found["walls"]["said"]
    assert found["service.exposure.roomtone"]["verdict"] == "warn"
