"""One version takes the place of another: what may happen to the memory on the way."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
DAY = 86400.0
SCHEMAS = {"old": 1, "twin": 1, "new": 2}


class House:
    """An appliance in a folder: three versions, a memory, and a service that only tells."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        names = ("keep", "service", "switch", "tree")
        self.keep, service, self.switch, tree = (
            importlib.import_module(f"installing.{name}") for name in names
        )
        self.error = importlib.import_module("setting_up.step").SetupError
        self.prefix, self.memory = folder / "opt", folder / "state"
        self.note, self.kept = self.prefix / "underway.json", self.prefix / "kept"
        self.why, self.active, self.starts = "", "inactive", 0
        self.writes: str | None = None
        places = {
            "PREFIX": self.prefix,
            "CURRENT": self.prefix / "current",
            "PREVIOUS": self.prefix / "previous",
            "UNDERWAY": self.note,
            "KEPT": self.kept,
            "STATE": self.memory,
            "CONFIG": folder / "config.toml",
        }
        for module in (self.keep, service, self.switch, tree):
            for name in places.keys() & vars(module).keys():
                monkeypatch.setattr(module, name, places[name])
        for name in ("hears", "stop", "place_units", "last_words"):
            monkeypatch.setattr(service, name, lambda *_: "")
        monkeypatch.setattr(service, "start", self.start)
        monkeypatch.setattr(service, "deaf", lambda *_, **_kw: self.deaf())
        monkeypatch.setattr(service, "shown", lambda: {"ActiveState": self.active})
        self.memory.mkdir()
        for name, schema in SCHEMAS.items():
            (self.prefix / name).mkdir(parents=True)
            label = {"name": name, "packages": "p", "schema": schema}
            (self.prefix / name / "version.json").write_text(json.dumps(label))
        self.switch._point(self.prefix / "current", "old")
        self.knows("what the old one knew")

    def start(self) -> None:
        self.starts += 1
        if self.writes and self.switch.running() != "old":
            self.knows(self.writes)

    def deaf(self) -> str:
        return self.why if self.switch.running() != "old" else ""

    def knows(self, text: str) -> None:
        (self.memory / "roomtone.db").write_text(text)
        (self.memory / "key").write_text("key")

    @property
    def known(self) -> str:
        assert (self.memory / "key").read_text() == "key"
        return (self.memory / "roomtone.db").read_text()

    def cut(self, after: str, *, since: float, current: str = "") -> None:
        """The power fails after the old memory was kept."""
        self.keep.save("old")
        note = self.switch.Underway(before="old", after=after, kept=True, since=since)
        self.switch._write(note)
        if current:
            self.switch._point(self.prefix / "current", current)


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return House(tmp_path, monkeypatch)


def test_a_failed_upgrade_over_a_schema_gives_the_memory_back_and_keeps_no_copy(house):
    house.why, house.writes = "it is deaf", "what the new one made of it"
    with pytest.raises(house.error, match="old runs again"):
        house.switch.switch("new", 1)
    assert (house.switch.running(), house.known) == ("old", "what the old one knew")
    assert not (house.kept / "old").exists()
    assert not house.note.exists()


def test_between_equal_schemas_the_memory_is_neither_copied_nor_put_back(house):
    house.why, house.writes = "it is deaf", "what the twin learned"
    with pytest.raises(house.error, match="old runs again"):
        house.switch.switch("twin", 1)
    assert (house.switch.running(), house.known) == ("old", "what the twin learned")
    assert not house.kept.exists()


def test_what_the_old_version_learned_after_a_power_cut_stays(house):
    house.cut("new", since=0)
    house.knows("weeks of the old one")
    house.switch.resume(1)
    assert (house.switch.running(), house.known) == ("old", "weeks of the old one")
    assert not house.note.exists()


def test_what_the_new_version_learned_after_a_power_cut_stays(house):
    house.cut("new", since=time.time() - 30 * DAY, current="new")
    house.knows("weeks of the new one")
    house.switch.resume(1)
    assert (house.switch.running(), house.known) == ("new", "weeks of the new one")
    assert not house.note.exists()


def test_a_clock_that_went_back_is_no_reason_to_undo(house):
    house.cut("new", since=time.time() + DAY, current="new")
    house.knows("of the new one")
    house.switch.resume(1)
    assert house.known == "of the new one"


def test_a_new_version_that_never_got_ready_gives_way_after_a_power_cut(house):
    house.cut("new", since=time.time() - 30 * DAY, current="new")
    house.knows("half migrated")
    trial = time.time() - 30 * DAY + 5
    for file in house.memory.iterdir():
        os.utime(file, (trial, trial))
    house.switch.resume(1)
    assert (house.switch.running(), house.known) == ("old", "what the old one knew")


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "half of it"])
def test_memory_stays_when_its_copy_has_aged_away(house, left):
    house.cut("new", since=time.time(), current="new")
    copy = house.kept / "old"
    for file in [copy / "key"] if left == "half of it" else list(copy.iterdir()):
        file.unlink()
    if left == "nothing":
        copy.rmdir()
    house.knows("all there is")
    with pytest.raises(house.error, match="no longer kept"):
        house.keep.put_back("old")
    house.switch.resume(1)
    assert (house.switch.running(), house.known) == ("old", "all there is")


def test_an_older_version_that_cannot_read_the_memory_is_refused(house):
    house.switch._point(house.prefix / "current", "new")
    with pytest.raises(house.error, match="cannot read the memory of new"):
        house.switch.switch("old", 1)
    assert (house.switch.running(), house.known) == ("new", "what the old one knew")
    assert (house.starts, house.note.exists()) == (0, False)


def test_an_older_version_gets_the_memory_back_that_it_left(house, capsys):
    house.switch.switch("new", 1)
    house.knows("what the new one learned")
    house.switch.switch("old", 1)
    assert (house.switch.running(), house.known) == ("old", "what the old one knew")
    assert "what new learned is set aside" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "\0\0", "[]", "{}", '{"before": null, "after": "new"}', '{"bef']
)
def test_a_damaged_note_is_told_of_and_ends_nothing(house, capsys, text):
    house.note.write_text(text)
    house.switch.resume(1)
    assert "damaged" in capsys.readouterr().out
    assert not house.note.exists()
    assert house.known == "what the old one knew"


def test_the_note_is_on_the_disk_before_it_counts(house, monkeypatch):
    synced: list[str] = []
    monkeypatch.setattr(
        house.switch.os,
        "fsync",
        lambda handle: synced.append(Path(f"/proc/self/fd/{handle}").readlink().name),
    )
    house.switch._write(house.switch.Underway(before="old", after="new"))
    assert synced == ["underway.part", "opt"]


def test_a_full_disk_costs_no_memory(house, monkeypatch):
    house.keep.save("old")
    house.knows("newer")
    (house.memory / "roomtone.db-wal").write_text("log")
    copied: list[str] = []

    def full(file: Path, target: Path) -> None:
        if copied:
            raise OSError(28, "No space left on device")
        copied.append(target.name)
        target.write_text("")

    monkeypatch.setattr(house.keep, "_copy", full)
    with pytest.raises(OSError, match="No space"):
        house.keep.put_back("old")
    assert house.known == "newer"
    assert {file.name for file in house.memory.iterdir()} == {
        "roomtone.db",
        "roomtone.db-wal",
        "key",
    }


def test_the_memory_is_where_the_daemon_looks_for_it(house, tmp_path, monkeypatch):
    home = SimpleNamespace(pw_dir=str(tmp_path))
    pwd = importlib.import_module("pwd")
    monkeypatch.setattr(pwd, "getpwnam", lambda name: home if name == "roomtone" else None)
    monkeypatch.setenv("HOME", "/root")
    (tmp_path / "mine").mkdir()
    for chosen in ("mine", "~/mine", str(tmp_path / "mine")):
        (tmp_path / "config.toml").write_text(f'[paths]\nstate = "{chosen}"\n')
        assert house.keep.state() == tmp_path / "mine"


@pytest.mark.parametrize("text", ['[paths]\nstate = "gone"', "[paths", "paths = 1"])
def test_a_memory_that_is_not_where_the_settings_say_stops_everything_first(house, tmp_path, text):
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(house.error, match="memory"):
        house.switch.switch("new", 1)
    assert (house.switch.running(), house.starts) == ("old", 0)


def test_a_copy_of_the_memory_is_kept_for_a_day():
    sys.path.insert(0, str(SCRIPTS))
    try:
        places = importlib.import_module("installing.places")
    finally:
        sys.path.remove(str(SCRIPTS))
    assert places.AGE.endswith(f"{places.KEPT} - - - 1d\n")
