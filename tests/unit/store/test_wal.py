"""A damaged place in the log is seen, and what a killed writer leaves behind is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from roomtone.store import wal
from roomtone.store.database import Database

KEY = bytes(range(32))
PAGE = wal.FRAME + 4096


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A folder as a power cut leaves it, with five choices in the log."""
    place = tmp_path_factory.mktemp("kept")
    database = Database(place / "live", KEY)
    database.close()
    database = Database(place / "live", KEY)
    for number in range(5):
        database.write("INSERT INTO choices VALUES (?, ?)", (f"c{number}", "x" * 3000))
    for end in ("", "-wal"):
        shutil.copy(place / f"live{end}", place / f"db{end}")
    database.close()
    return place


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    for end in ("", "-wal"):
        shutil.copy(kept / f"db{end}", tmp_path / f"db{end}")
    return tmp_path


def found(folder: Path) -> tuple[list[str], bool]:
    """The choices that are there, and whether a loss is told."""
    database = Database(folder / "db", KEY)
    names = [str(name) for (name,) in database.read("SELECT name FROM choices ORDER BY name")]
    assert database.check() == []
    told = database.restored is not None
    database.close()
    return names, told


def test_a_whole_log_is_taken_up_without_a_word(folder):
    assert found(folder) == ([f"c{number}" for number in range(5)], False)


@pytest.mark.parametrize("at", [0, 5, 12, 17, 27, wal.HEADER + 9, wal.HEADER + 200])
def test_a_flipped_byte_near_the_start_is_told(folder, at):
    log = wal.of(folder / "db")
    data = bytearray(log.read_bytes())
    data[at] ^= 0x40
    log.write_bytes(data)
    names, told = found(folder)
    assert told
    assert names == []
    assert (folder / "db.damaged-wal").read_bytes() == data


def test_a_flipped_byte_in_the_last_page_is_told_and_the_rest_kept(folder):
    log = wal.of(folder / "db")
    data = bytearray(log.read_bytes())
    data[-10] ^= 0x40
    log.write_bytes(data)
    names, told = found(folder)
    assert told
    assert names == [f"c{number}" for number in range(4)]


def test_a_log_cut_off_anywhere_holds_the_first_of_what_was_written(folder):
    log = wal.of(folder / "db")
    whole = log.read_bytes()
    shared = (folder / "db").read_bytes()
    cuts = {wal.HEADER + number * PAGE for number in range((len(whole) - wal.HEADER) // PAGE)}
    for cut in sorted(cuts | {one + 100 for one in cuts} | {0, 10}):
        (folder / "db").write_bytes(shared)
        log.write_bytes(whole[:cut])
        names, told = found(folder)
        assert names == [f"c{number}" for number in range(len(names))]
        assert not told
        for copy in folder.glob("*.damaged*"):
            copy.unlink()


def test_pages_that_were_never_confirmed_are_no_damage(folder):
    log = wal.of(folder / "db")
    whole = log.read_bytes()
    log.write_bytes(whole[: -PAGE // 2])
    assert found(folder)[1] is False


def test_what_is_left_of_an_earlier_round_is_no_damage(folder):
    log = wal.of(folder / "db")
    whole = bytearray(log.read_bytes())
    old = bytearray(whole[wal.HEADER : wal.HEADER + PAGE])
    old[8:16] = bytes(8)
    log.write_bytes(whole + old)
    assert found(folder) == ([f"c{number}" for number in range(5)], False)
