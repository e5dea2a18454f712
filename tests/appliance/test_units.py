"""The units as an admin reads them: clean, closed, and not weaker than they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appliance.installed import TREE, UNITS, unit_files
from appliance.real_systemd import Machine

pytestmark = pytest.mark.appliance

EXPOSURE = {"roomtone": 0.5, "roomtone-web": 0.2, "roomtone-cloud": 1.1, "roomtone-tell@": 0.6}
"""Unit -> the most that `systemd-analyze security` may count; 10 is a unit without any wall."""

PLACE = Path("/etc/systemd/system")
CORE = PLACE / "roomtone.service"

SNAPSHOT = Path(__file__).with_name("units.json")


@pytest.fixture(scope="module")
def reader(root):
    """A machine with the unit files, and programs where they start them."""
    with Machine(root) as machine:
        for unit in unit_files():
            machine.write(PLACE / unit.name, unit.read_text())
        machine.write(TREE / "current/bin/roomtone", "#!/bin/sh\n", 0o755)
        yield machine


@pytest.mark.parametrize("unit", unit_files(), ids=lambda unit: unit.name)
def test_systemd_has_nothing_to_say_about_a_unit(reader, unit):
    command = ("systemd-analyze", "verify", "--recursive-errors=no", PLACE / unit.name)
    told = reader.run(*command, check=False)
    assert (told.returncode, told.stderr, told.stdout) == (0, "", "")


@pytest.mark.parametrize("example", sorted((UNITS / "examples").iterdir()), ids=lambda p: p.name)
def test_systemd_has_nothing_to_say_about_an_example(reader, example):
    if example.stem == "notify-reload" and "systemd 252" in reader.sh("systemctl --version"):
        pytest.skip("this example is for systemd 253 and later")
    reader.write(PLACE / "roomtone.service.d" / example.name, example.read_text())
    try:
        command = ("systemd-analyze", "verify", "--recursive-errors=no", CORE)
        told = reader.run(*command, check=False)
        security = ("security", "--offline=yes", "--threshold=5", CORE)
        reader.run("systemd-analyze", *security)
    finally:
        reader.run("rm", "-r", PLACE / "roomtone.service.d")
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("name", EXPOSURE)
def test_a_unit_is_no_more_exposed_than_it_was(reader, name, record_property):
    most = round(EXPOSURE[name] * 10)
    command = (
        "security",
        "--offline=yes",
        "--no-pager",
        f"--threshold={most}",
        PLACE / f"{name}.service",
    )
    told = reader.run("systemd-analyze", *command, check=False)
    record_property("exposure", told.stdout.splitlines()[-1])
    assert not told.returncode, told.stdout


def test_every_service_has_a_bound_on_its_exposure():
    services = {unit.stem for unit in unit_files() if unit.suffix == ".service"}
    assert services == set(EXPOSURE)


def test_the_walls_are_those_that_were_agreed():
    """What a unit may do is changed here and in its file, side by side, or not at all.

    To take a change over: copy what the failed comparison shows into units.json.
    """
    assert directives() == json.loads(SNAPSHOT.read_text())


def directives() -> dict[str, dict[str, list[str]]]:
    """Unit -> section.key -> its values in order."""
    return {unit.name: _read(unit) for unit in unit_files()}


def _read(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section = ""
    for line in unit.read_text().replace("\\\n", " ").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(f"{section}.{key}", []).append(value)
    return found


def test_a_wall_that_is_left_out_has_its_reason_beside_it():
    usual = {"MemoryDenyWriteExecute", "PrivateDevices", "PrivateIPC", "ProcSubset"}
    core = UNITS / "roomtone.service"
    absent = {wall for wall in usual if f"Service.{wall}" not in _read(core)}
    assert absent == {wall for wall in usual if f"Not {wall}=" in core.read_text()}


def test_no_unit_waits_for_the_network():
    ordering = ("Unit.After", "Unit.Wants", "Unit.Requires", "Unit.BindsTo")
    waits = [_read(unit).get(key, []) for unit in unit_files() for key in ordering]
    assert not [value for values in waits for value in values if "network" in value]
