"""A secret file is the old one or the new one at any moment, and the old one is overwritten."""

from __future__ import annotations

import os
from pathlib import Path

from roomtone.store import files


def test_a_new_file_is_for_its_user_alone(tmp_path: Path) -> None:
    files.write_new(tmp_path / "a", "words")
    assert (tmp_path / "a").read_text() == "words"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_what_is_replaced_is_overwritten(tmp_path: Path) -> None:
    path, new = tmp_path / "a", tmp_path / "new"
    files.write_new(path, "old secret")
    files.write_new(new, "new")
    with path.open("rb") as held:
        files.replace(new, path)
        assert held.read() == bytes(10)
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_file_that_was_not_there_is_put_there(tmp_path: Path) -> None:
    files.write_new(tmp_path / "new", "new")
    files.replace(tmp_path / "new", tmp_path / "a")
    assert (tmp_path / "a").read_text() == "new"


def test_a_change_cut_off_before_it_happened_leaves_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_new(path, "old")
    os.link(path, files.old_of(path))
    files.finish(path)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_change_cut_off_after_it_happened_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_new(path, "new")
    files.write_new(files.old_of(path), "old secret")
    with files.old_of(path).open("rb") as held:
        files.finish(path)
        assert held.read() == bytes(10)
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_what_is_not_there_needs_no_shredding(tmp_path: Path) -> None:
    files.shred(tmp_path / "nothing")
    files.finish(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
