"""The units and the command of the service: what an admin has made beside them stays."""

from __future__ import annotations

import pytest


@pytest.fixture
def house(part, monkeypatch, tmp_path):
    service, remove, places = (
        part(f"installing.{name}") for name in ("service", "remove", "places")
    )
    files = ("AGEING", "COMMAND", "CONFIG", "CURRENT", "FOLDERS", "PREFIX", "UNITS", "USERS")
    for name in files:
        moved = tmp_path / getattr(places, name).relative_to("/")
        moved.parent.mkdir(parents=True, exist_ok=True)
        for module in (service, remove):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, moved)
    service.UNITS.mkdir()
    calls: list[tuple[str, ...]] = []
    for module in (service, remove):
        monkeypatch.setattr(module, "run", lambda *words: calls.append(words))
        monkeypatch.setattr(module, "succeeds", lambda *words: calls.append(words) or True)
    monkeypatch.setattr(service, "calls", calls, raising=False)
    return service


def version(house, name, *units):
    tree = house.PREFIX / name
    for unit in (*units, "tmpfiles.d/roomtone.conf"):
        file = tree / "systemd" / unit
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("[Unit]\n")
    return tree


OWN = "roomtone-backup.timer"


def placed(house):
    return {file.name for file in house.UNITS.iterdir()}


def test_a_unit_of_the_version_before_goes_and_an_admins_own_stays(house):
    (house.UNITS / OWN).touch()
    house.place_units(version(house, "old", "roomtone.service", "roomtone-former.timer"))
    assert "roomtone-former.timer" in placed(house)
    house.place_units(version(house, "new", "roomtone.service"))
    assert placed(house) == {"roomtone.service", OWN}


def test_an_upgrade_stops_no_unit_of_an_admins_own(house):
    (house.UNITS / OWN).touch()
    house.place_units(version(house, "old", "roomtone.service", "roomtone-former.timer"))
    house.stop()
    words = house.calls[-1]
    assert "[r]oomtone.service" in words
    assert "[r]oomtone-former.timer" in words
    assert "[r]oomtone-tell@*.service" in words
    assert not [word for word in words if "backup" in word or "e*." in word]


def test_a_removal_leaves_a_unit_of_an_admins_own(house, part):
    remove = part("installing.remove")
    (house.UNITS / OWN).touch()
    house.place_units(version(house, "old", "roomtone.service", "roomtone-former.timer"))
    remove._silence()
    remove._programs([])
    assert placed(house) == {OWN}
    assert not [words for words in house.calls if OWN in words]
    assert not house.COMMAND.is_symlink()


@pytest.mark.parametrize("kind", ["file", "link", "dangling link"])
def test_a_command_from_elsewhere_is_told_before_anything_changes(house, part, kind):
    if kind == "file":
        house.COMMAND.touch()
    else:
        house.COMMAND.symlink_to("/bin/sh" if kind == "link" else "/nowhere")
    with pytest.raises(part("setting_up.step").SetupError, match="move it away"):
        part("installing.tree").check(house.PREFIX / "one")
    house.place_units(version(house, "one", "roomtone.service"))
    assert house.COMMAND.exists() == (kind != "dangling link")


def test_the_command_of_its_own_is_no_hindrance(house):
    house.check_command()
    house.place_units(version(house, "one", "roomtone.service"))
    house.check_command()
    assert house.COMMAND.readlink() == house.CURRENT / "bin" / "roomtone"
