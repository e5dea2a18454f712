"""Roomtone leaves: what is its own goes, and what stays is told."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def leaving(part, monkeypatch, tmp_path):
    modules = [part(f"installing.{name}") for name in ("remove", "keep", "service")]
    names = ("AGEING", "COMMAND", "CONFIG", "CURRENT", "FOLDERS", "PREFIX", "RUNTIME", "SEALED",
             "STATE", "UNITS", "USERS")  # fmt: skip
    for module in modules:
        for name in names:
            if isinstance(place := getattr(module, name, None), Path):
                monkeypatch.setattr(module, name, tmp_path / place.relative_to("/"))
    remove = modules[0]
    monkeypatch.setattr(remove, "run", lambda *_words: None)
    monkeypatch.setattr(remove, "succeeds", lambda *_words: True)
    for file in (remove.CONFIG, remove.SEALED, remove.STATE / "roomtone.db", remove.PREFIX / "one"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return remove


def elsewhere(leaving, folder: Path, *names: str) -> None:
    leaving.CONFIG.write_text(f'[paths]\nstate = "{folder}"\n')
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


OURS = ("roomtone.db", "roomtone.db-wal", "roomtone.db.before-2", "key", "muted", "models/a/b")


def test_a_purge_takes_settings_memory_and_the_sealed_key(leaving, capsys):
    leaving.remove(purge=True)
    for path in (leaving.CONFIG.parent, leaving.STATE, leaving.SEALED, leaving.PREFIX):
        assert not path.exists()
    assert "with everything it knew" in capsys.readouterr().out


def test_a_purge_takes_its_own_from_the_folder_that_the_settings_name(leaving, tmp_path):
    elsewhere(leaving, tmp_path / "srv", *OURS, "photo")
    leaving.remove(purge=True)
    assert [file.name for file in (tmp_path / "srv").iterdir()] == ["photo"]


def test_a_folder_with_nothing_else_goes_with_its_content(leaving, tmp_path):
    elsewhere(leaving, tmp_path / "srv", *OURS)
    leaving.remove(purge=True)
    assert not (tmp_path / "srv").exists()


def test_a_link_goes_and_what_it_leads_to_stays(leaving, tmp_path):
    elsewhere(leaving, tmp_path / "srv", "key")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "srv" / "models").symlink_to(tmp_path / "theirs")
    leaving.remove(purge=True)
    assert (tmp_path / "theirs").is_dir()
    assert not (tmp_path / "srv").exists()


def test_without_purge_the_memory_stays_wherever_it_is(leaving, tmp_path):
    elsewhere(leaving, tmp_path / "srv", *OURS)
    leaving.remove(purge=False)
    assert (tmp_path / "srv" / "key").exists()
    assert leaving.SEALED.exists()
    assert (leaving.STATE / "roomtone.db").exists()


def test_what_could_not_be_removed_is_named_and_the_rest_goes(leaving, part, monkeypatch, capsys):
    unlink = leaving.Path.unlink

    def held(path: Path, **how: bool) -> None:
        if path == leaving.SEALED:
            raise PermissionError(1, "Operation not permitted")
        unlink(path, **how)

    monkeypatch.setattr(leaving.Path, "unlink", held)
    with pytest.raises(part("setting_up.step").SetupError, match=r"database-key \(Operation not"):
        leaving.remove(purge=True)
    assert "gone" not in capsys.readouterr().out
    assert not leaving.STATE.exists()


def test_a_memory_that_cannot_be_found_is_told(leaving, part, tmp_path):
    leaving.CONFIG.write_text("[paths\n")
    with pytest.raises(part("setting_up.step").SetupError, match="memory"):
        leaving.remove(purge=True)
    assert not leaving.STATE.exists()


def test_a_memory_behind_a_link_goes_too(leaving, tmp_path):
    leaving.STATE.rename(tmp_path / "disk")
    leaving.STATE.symlink_to(tmp_path / "disk")
    (tmp_path / "disk" / "photo").touch()
    leaving.remove(purge=True)
    assert [file.name for file in (tmp_path / "disk").iterdir()] == ["photo"]
    assert not leaving.STATE.is_symlink()
