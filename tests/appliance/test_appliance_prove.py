"""Prove in a machine with a real systemd: a service that runs, a cloud part without a wall."""

from __future__ import annotations

import json

import pytest

from appliance import room
from appliance.installed import TREE, Appliance

PROGRAM = f"{TREE}/current/bin/roomtone"
SOUND = {"HOME": "/root", "PULSE_SERVER": f"unix:{room.PLACE}/native"}
LAN = "192.168.77.1"

UNIT = f"""
LD_LIBRARY_PATH={TREE}/python/lib {TREE}/test/bin/python3 -c '
import msgspec
from roomtone.app.prove import house
*_, found = house.prove()
print(msgspec.json.encode(found).decode())'
"""

pytestmark = pytest.mark.appliance


@pytest.mark.sound
def test_the_promises_hold_for_a_service_that_runs(house):
    house.until_it_hears(20)
    pid = house.pid()
    done = house.run(PROGRAM, "prove", "--json", check=False, timeout=500, env=SOUND)
    assert "Traceback" not in done.stderr, done.stderr
    report = json.loads(done.stdout)
    trials = {
        (promise["promise"], trial["trial"]): trial
        for promise in report["promises"]
        for trial in promise["trials"]
    }
    broken = {name: one for name, one in trials.items() if one["verdict"] == "broken"}
    assert not {name for name in broken if name != ("redaction", "items")}, broken
    for trial in (
        ("leaving", "visit"),
        ("leaving", "service.walls"),
        ("leaving", "service.network"),
        ("sound", "visit"),
        ("sound", "service"),
        ("house", "unit"),
        ("permission", "consent"),
    ):
        assert trials[trial]["verdict"] == "holds", trials[trial]
    sees = bool(house.sh("command -v pactl || true").strip())
    device = trials["mute", "device"]
    assert device["verdict"] == ("holds" if sees else "not tried"), device
    assert sees or "pulseaudio-utils" in device["mend"]
    assert not house.door.status()["muted"]
    assert house.pid() == pid
    assert not house.sh("ls -d /tmp/roomtone-prove-* 2>/dev/null || true").strip()


@pytest.fixture(scope="module")
def at_home(root, tmp_path_factory):
    """A machine in a home network, with the units."""
    tree = tmp_path_factory.mktemp("tree")
    tree.chmod(0o755)
    with Appliance(root, tree) as machine:
        machine.run("ip", "address", "add", f"{LAN}/24", "dev", "lo")
        yield machine


def test_the_unit_of_the_cloud_keeps_it_out_of_the_home_network(at_home):
    found = json.loads(at_home.sh(UNIT))
    assert found["verdict"] == "holds", found
    assert "0 heard" in found["said"]


def test_a_unit_that_lets_it_into_the_home_network_is_found(at_home):
    at_home.add("roomtone-cloud.service", "open", f"[Service]\nIPAddressAllow={LAN}\n")
    try:
        found = json.loads(at_home.sh(UNIT))
    finally:
        at_home.run("rm", "/etc/systemd/system/roomtone-cloud.service.d/open.conf")
        at_home.run("systemctl", "daemon-reload")
    assert found["verdict"] == "broken"
    assert LAN in found["said"]
