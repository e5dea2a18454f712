"""The key is made once, kept from others, and never replaced while a database needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.store import key
from roomtone.store.key import Lock

WORDS = "several plain words"


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


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    """A key beside a database."""
    made = Lock(tmp_path / "db", tmp_path / "key")
    made.open()
    (tmp_path / "db").write_bytes(b"x")
    return made


def again(lock: Lock, given: Path | None = None) -> Lock:
    """The same key after a start."""
    return Lock(lock.database, given or lock.file)


def credential(tmp_path: Path, text: str) -> Path:
    """What the service manager hands over."""
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "database-key").write_text(text)
    return folder / "database-key"


def test_a_passphrase_hides_the_key_and_opens_it_again(lock: Lock) -> None:
    made = lock.open()
    with lock.file.open("rb") as held:
        lock.protect(WORDS)
        assert held.read() == bytes(65), "the plain key is overwritten"
    assert made.hex() not in lock.file.read_text()
    assert lock.open() == made
    later = again(lock)
    with pytest.raises(OwnerError, match="roomtone memory unlock") as told:
        later.open()
    assert told.value.kind == "locked"
    later.unlock(WORDS)
    assert later.open() == made
    assert later.protection().kind == "passphrase"


def test_a_wrong_passphrase_is_told_and_forgotten(lock: Lock) -> None:
    lock.protect(WORDS)
    later = again(lock)
    with pytest.raises(OwnerError, match="not the passphrase") as told:
        later.unlock("other words")
    assert told.value.kind == "locked"
    assert "other" not in str(told.value)
    with pytest.raises(OwnerError, match="memory unlock"):
        later.open()
    later.unlock(WORDS)
    with pytest.raises(OwnerError, match="not the passphrase"):
        later.unlock("other words")
    later.open()


def test_a_passphrase_is_changed_and_taken_away(lock: Lock) -> None:
    made = lock.open()
    lock.protect(WORDS)
    lock.protect("other words")
    later = again(lock)
    with pytest.raises(OwnerError):
        later.unlock(WORDS)
    later.unlock("other words")
    later.protect(None)
    assert again(lock).open() == made
    assert lock.file.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in lock.file.parent.iterdir()} == {"db", "key"}


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_passphrase_is_refused(lock: Lock, words: str) -> None:
    with pytest.raises(OwnerError, match="empty"):
        lock.protect(words)
    assert again(lock).protection().kind == "file"


def test_a_passphrase_that_nobody_asked_for_changes_nothing(lock: Lock) -> None:
    lock.unlock(WORDS)
    lock.prepare()
    assert key.wrapping.read(lock.next.read_text()) != b""
    assert isinstance(key.wrapping.read(lock.next.read_text()), bytes)


def test_a_locked_key_cannot_be_protected_otherwise(lock: Lock) -> None:
    lock.protect(WORDS)
    before = lock.file.read_text()
    with pytest.raises(OwnerError, match="memory unlock"):
        again(lock).protect(None)
    assert lock.file.read_text() == before


def test_a_credential_may_be_the_key_itself(tmp_path: Path) -> None:
    given = credential(tmp_path, "ab" * 32 + "\n")
    lock = Lock(tmp_path / "db", given)
    assert lock.open() == bytes.fromhex("ab" * 32)
    assert lock.protection().kind == "credential"
    with pytest.raises(OwnerError, match="by itself"):
        lock.protect(WORDS)
    lock.protect(None)
    assert not lock.file.exists()


def test_a_credential_that_is_the_key_unwraps_the_next_one(tmp_path: Path) -> None:
    given = credential(tmp_path, "ab" * 32)
    lock = Lock(tmp_path / "db", given)
    made = lock.prepare()
    lock.take_next()
    assert lock.open() == made
    assert made.hex() not in lock.file.read_text()
    assert again(lock, given).protection().kind == "credential"
    lock.protect(WORDS)
    with pytest.raises(OwnerError, match="memory unlock"):
        again(lock, given).open()


def test_a_key_that_needs_its_credential_says_so(tmp_path: Path) -> None:
    given = credential(tmp_path, "ab" * 32)
    lock = Lock(tmp_path / "db", given)
    lock.prepare()
    lock.take_next()
    with pytest.raises(OwnerError, match="credential database-key") as told:
        again(lock).open()
    assert told.value.kind == "database_bad"
    given.write_text("cd" * 32)
    with pytest.raises(OwnerError, match="does not open the key"):
        again(lock, given).open()


def test_a_plain_key_beside_a_credential_is_told_as_what_it_is(lock: Lock) -> None:
    made = lock.open()
    given = credential(lock.file.parent, made.hex())
    both = again(lock, given)
    assert both.open() == made
    assert both.protection().kind == "file"


def test_a_broken_credential_is_told(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "db", credential(tmp_path, "no key"))
    with pytest.raises(OwnerError, match="broken"):
        lock.open()


def test_a_lost_key_is_not_replaced_while_there_is_a_snapshot(tmp_path: Path) -> None:
    (tmp_path / "db.snapshot-1000").write_bytes(b"x")
    with pytest.raises(OwnerError, match="put the key back"):
        key.load(tmp_path / "key", tmp_path / "db")


def test_a_reader_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="nothing is kept yet"):
        Lock(tmp_path / "db", tmp_path / "key").open(readonly=True)
    assert list(tmp_path.iterdir()) == []
