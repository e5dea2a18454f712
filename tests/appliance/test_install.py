"""scripts/install in a machine without internet: install, upgrade, take back, remove."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance import room
from appliance.bundles import FIRST, another, install, knows, old_memory, running
from appliance.real_systemd import Machine

pytestmark = pytest.mark.appliance

SETTINGS = "[keep]\ndays = 7\n"
MIGRATION = "\nMIGRATIONS = (*MIGRATIONS, {})\n"
TABLE = 'lambda execute: execute("CREATE TABLE more (one TEXT) STRICT")'
LOSS = 'lambda execute: execute("DELETE FROM timers")'
ENDS = """

async def run(config: Config, tell: object = None) -> None:
    await build(config)
    raise SystemExit(1)
"""
DEAF = """

async def _at_once(self: Liveness, within: float) -> None:
    self.ready = True


Liveness.hears = _at_once
Liveness.frame_age = None
"""
STEPS = (
    "Python packages",
    "Roomtone",
    "models",
    "the models are whole",
    "stopping the old version",
)
"""The steps of an upgrade; after each of them one run of it is killed."""


@pytest.fixture(scope="module")
def house(namespaces, bundle, tmp_path_factory):
    """A machine with the memory of an older Roomtone, on which the bundle has been installed."""
    patch = pytest.MonkeyPatch()
    memory, sounds = tmp_path_factory.mktemp("memory"), tmp_path_factory.mktemp("room")
    old_memory(memory, patch)
    server = room.room(sounds)
    binds = [
        (bundle.parent, Path("/mnt/bundle")),
        (memory, Path("/mnt/memory")),
        (sounds, room.PLACE),
    ]
    try:
        with Machine(binds=binds) as machine:
            machine.write("/etc/systemd/system/roomtone.service.d/room.conf", room.DROP_IN)
            unpack = f"tar -C {FIRST} --strip-components=1 -xf /mnt/bundle/{bundle.name}"
            machine.sh(f"mkdir {FIRST}; {unpack}")
            machine.sh(
                f"systemd-sysusers {FIRST}/systemd/sysusers.d/roomtone.conf; cp -r /mnt/memory "
                "/var/lib/roomtone; chown -R roomtone: /var/lib/roomtone"
            )
            machine.installed = install(machine, FIRST)
            yield machine
    finally:
        server.stop()


def hears(machine: Machine) -> bool:
    health = json.loads(machine.sh("roomtone status --json"))["health"]
    return health["ready"] and health["microphone"] == "open" and health["frame_age_s"] < 2


def pid(machine: Machine) -> str:
    return machine.show("roomtone.service", "MainPID")["MainPID"]


def test_it_installs_without_internet_and_hears(house, record_property):
    record_property("install_s", round(house.installed.seconds))
    assert house.installed.code == 0, house.installed.told
    assert hears(house)
    assert house.sh("systemctl is-enabled roomtone").strip() == "enabled"
    assert house.sh("ls -l /sys/class/net").count("->") == 1


def test_nothing_of_it_may_be_changed_by_anybody_but_root(house):
    loose = (
        "find /opt/roomtone /usr/local/lib/systemd ( -not -user root -o -not -type l -perm /022 )"
    )
    assert house.sh(loose.replace("(", r"\(").replace(")", r"\)")) == ""
    assert house.sh("stat -c %U:%a /var/lib/roomtone").strip() == "roomtone:700"


def test_the_memory_of_the_first_schema_is_taken_over(house):
    assert knows(house) == (True, True)


def test_installing_again_leaves_the_service_alone(house):
    before = pid(house), running(house)
    again = install(house, FIRST)
    assert again.code == 0, again.told
    assert (pid(house), running(house)) == before


def test_a_rollback_over_a_schema_brings_the_memory_back_that_the_old_version_left(house):
    house.write("/etc/roomtone/config.toml", SETTINGS)
    before = running(house)
    newer = {"daemon/roomtone/store/migrations.py": MIGRATION.format(TABLE)}
    upgrade = install(house, another(house, "newer", newer), "--upgrade")
    assert upgrade.code == 0, upgrade.told
    assert knows(house) == (True, True)
    house.sh("roomtone ask 'set a tea timer for one hour'")
    back = install(house, FIRST, "--rollback")
    assert back.code == 0, back.told
    assert "set aside" in back.told
    assert running(house) == before
    assert knows(house) == (True, True)
    assert "tea" not in house.sh("roomtone timers")
    assert house.sh("cat /etc/roomtone/config.toml") == SETTINGS


@pytest.mark.parametrize(
    ("name", "added", "why", "patience"),
    [
        (
            "ends",
            {
                "daemon/roomtone/app/run.py": ENDS,
                "daemon/roomtone/store/migrations.py": MIGRATION.format(LOSS),
            },
            "does not stay up",
            60,
        ),
        ("deaf", {"daemon/roomtone/app/liveness.py": DEAF}, "no sound", 12),
    ],
)
def test_a_version_that_does_not_hear_gives_its_place_back(house, name, added, why, patience):
    before = running(house)
    broken = install(house, another(house, name, added), patience=patience)
    assert broken.code == 1
    assert why in broken.told
    assert f"{before} runs again, with everything it knew" in broken.told
    assert running(house) == before
    assert hears(house)
    assert knows(house) == (True, True)


def test_an_upgrade_that_is_killed_at_any_step_goes_on_when_it_is_run_again(house):
    at, before = (
        another(house, "killed", {"daemon/roomtone/__init__.py": "\n# killed\n"}),
        running(house),
    )
    command = ("python3", "-u", f"{at}/scripts/install")
    for last in STEPS:
        run = house.start(*command)
        for line in run.stdout:
            if line.strip().startswith(last):
                break
        inside = house.sh(f"pgrep -f '{at}/scripts/install' | xargs", check=False).split()
        for process in inside:
            house.run("kill", "-KILL", process, check=False)
        run.communicate(timeout=30)
        assert house.sh("readlink /opt/roomtone/current").strip() in (before, running(house))
    done = install(house, at)
    assert done.code == 0, done.told
    assert running(house) != before
    assert hears(house)
    assert knows(house) == (True, True)


def test_removed_it_leaves_settings_and_memory(house):
    gone = install(house, FIRST, "--uninstall")
    assert gone.code == 0, gone.told
    left = house.sh(
        "ls -d /opt/roomtone /usr/local/bin/roomtone /usr/local/lib/*/*roomtone* "
        "/usr/local/lib/systemd/system/*",
        check=False,
    )
    assert left == ""
    assert house.sh("ls /etc/roomtone/config.toml /var/lib/roomtone/roomtone.db")
    assert "/var/lib/roomtone" in gone.told


def test_purging_leaves_nothing(house):
    gone = install(house, FIRST, "--uninstall", "--purge")
    assert gone.code == 0, gone.told
    assert (
        house.sh("ls -d /etc/roomtone /var/lib/roomtone; getent passwd roomtone", check=False) == ""
    )
