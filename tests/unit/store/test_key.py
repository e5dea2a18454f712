"""The key is made once, kept from others, and never replaced while a database needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.store import key


def test_the_first_start_makes_it_and_the_second_reads_the_same(tmp_path: Path) -> None:
    made = key.load(tmp_path / "key", tmp_path / "db")
    assert len(made) == key.SIZE
    assert key.load(tmp_path / "key", tmp_path / "db") == made


def test_only_its_user_may_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    key.load(tmp_path / "key", tmp_path / "db")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_two_keys_are_never_the_same(tmp_path: Path) -> None:
    assert key.load(tmp_path / "a", tmp_path / "db") != key.load(tmp_path / "b", tmp_path / "db")


def test_a_lost_key_is_not_replaced_while_there_is_a_database(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"x")
    with pytest.raises(OwnerError, match="put the key back"):
        key.load(tmp_path / "key", tmp_path / "db")
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("content", [b"", b"abc", b"zz" * 32, b"00" * 31, b"\xff\xfe"])
def test_a_broken_key_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(OwnerError, match="backup"):
        key.load(tmp_path / "key", tmp_path / "db")
    assert (tmp_path / "key").read_bytes() == content


def test_a_key_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    made = key.load(tmp_path / "key", tmp_path / "db")
    (tmp_path / "key").chmod(0o644)
    assert key.load(tmp_path / "key", tmp_path / "db") == made
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="cannot be written"):
        key.load(tmp_path / "nowhere" / "key", tmp_path / "db")
