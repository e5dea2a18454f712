"""The Debian package: built in a clean root, installed, upgraded, removed and purged with dpkg."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from appliance import room
from appliance.bundles import ROOT, knows, old_memory
from appliance.real_systemd import Machine

pytestmark = pytest.mark.appliance

CONFIG = "/etc/roomtone/config.toml"


@pytest.fixture(scope="module")
def package(bundle, tmp_path_factory) -> Path:
    """The package for this computer's release, packed fast."""
    output = tmp_path_factory.mktemp("package")
    build = ("scripts/build-deb", "--bundle", bundle, "--output", output, "--level", "1")
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT, timeout=600)
    return next(output.glob("roomtone_*.deb"))


@pytest.fixture(scope="module")
def house(package, tmp_path_factory):
    """A machine with a sound server and the memory of an older Roomtone, where dpkg may start."""
    patch = pytest.MonkeyPatch()
    memory, sounds = tmp_path_factory.mktemp("memory"), tmp_path_factory.mktemp("room")
    old_memory(memory, patch)
    server = room.room(sounds)
    shared = [(package.parent, Path("/mnt/package")), (memory, Path("/mnt/memory"))]
    try:
        with Machine(binds=[*shared, (sounds, room.PLACE)]) as machine:
            machine.write("/etc/systemd/system/roomtone.service.d/room.conf", room.DROP_IN)
            machine.sh("rm -f /usr/sbin/policy-rc.d")
            yield machine
    finally:
        server.stop()


def dpkg(machine: Machine, *words: str, check: bool = True) -> str:
    ran = machine.run("dpkg", *words, check=check, timeout=300)
    return ran.stdout + ran.stderr


def field(package: Path, name: str) -> str:
    asked = ["dpkg-deb", "--field", package, name]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def test_everything_in_it_belongs_to_root_and_nobody_else_may_write(package):
    listed = subprocess.run(
        ["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {line.split()[1] for line in listed} == {"root/root"}
    modes = {line.split()[0] for line in listed}
    assert not {mode for mode in modes if mode[0] != "l" and "w" in mode[5] + mode[8]}
    assert not {mode for mode in modes if set("sStT") & set(mode[1:])}


def test_it_asks_for_what_it_needs(package):
    depends = field(package, "Depends")
    for needed in ("libportaudio2", "libgomp1", "libspeexdsp1", "libsystemd0", "systemd (>= 252)"):
        assert needed in depends
    assert "python3 (>= 3." in depends
    assert "python3 (<< 3." in depends


def test_it_starts_by_itself_and_hears(house, package):
    dpkg(house, "--install", f"/mnt/package/{package.name}")
    assert house.sh("systemctl is-active roomtone; systemctl is-enabled roomtone").split() == [
        "active",
        "enabled",
    ]
    health = json.loads(house.sh("roomtone status --json"))["health"]
    assert (health["ready"], health["microphone"]) == (True, "open")


def test_an_upgrade_keeps_settings_and_memory_and_starts_it_again(house, package):
    house.sh("systemctl stop roomtone; cp /mnt/memory/* /var/lib/roomtone/")
    house.sh("rm -f /var/lib/roomtone/*-wal; chown roomtone: /var/lib/roomtone/*")
    house.write(CONFIG, "[keep]\ndays = 7\n")
    house.sh("systemctl start roomtone")
    before = house.show("roomtone.service", "MainPID")
    dpkg(house, "--install", "--force-confold", f"/mnt/package/{package.name}")
    assert house.show("roomtone.service", "MainPID") != before
    assert house.sh(f"cat {CONFIG}") == "[keep]\ndays = 7\n"
    assert knows(house) == (True, True)


def test_what_an_admin_has_disabled_stays_so(house, package):
    house.sh("systemctl disable roomtone")
    dpkg(house, "--install", f"/mnt/package/{package.name}")
    assert house.sh("systemctl is-enabled roomtone", check=False).strip() == "disabled"


def test_removed_it_leaves_settings_and_memory_and_purged_it_leaves_nothing(house):
    dpkg(house, "--remove", "roomtone")
    assert house.sh("systemctl is-active roomtone", check=False).strip() == "inactive"
    assert house.sh("ls -d /opt/roomtone /usr/bin/roomtone", check=False) == ""
    assert house.sh(f"ls {CONFIG} /var/lib/roomtone/roomtone.db")
    dpkg(house, "--purge", "roomtone")
    assert house.sh("ls -d /etc/roomtone /var/lib/roomtone", check=False) == ""
