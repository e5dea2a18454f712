"""What root makes in a folder of somebody else is theirs."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.system import owner
from roomtone.system.owner import acting_for, hand_over

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root acts for others")
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of nobody's, to which the way is open."""
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o700)
    for above in tmp_path.parents[:2]:
        above.chmod(above.stat().st_mode | 0o011)
    tmp_path.chmod(0o711)
    os.chown(folder, NOBODY, NOBODY)
    monkeypatch.setattr(owner, "PROGRAM", ("/etc/passwd",))
    return folder


@ROOT
def test_what_root_makes_there_is_the_owners_also_in_other_threads(folder: Path) -> None:
    with acting_for(folder):
        (folder / "mine").touch()
        thread = threading.Thread(target=(folder / "of-a-thread").touch)
        thread.start()
        thread.join()
    (folder / "later").touch()
    made = {path.name: (path.stat().st_uid, path.stat().st_gid) for path in folder.iterdir()}
    theirs = (NOBODY, NOBODY)
    assert made == {"mine": theirs, "of-a-thread": theirs, "later": (0, os.getegid())}


@ROOT
def test_root_is_itself_again_whatever_happens(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), acting_for(folder):
        raise ZeroDivisionError
    assert (os.geteuid(), os.getegid()) == (0, 0)


@ROOT
def test_who_cannot_run_this_program_is_not_acted_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, "PROGRAM", ("/etc/shadow",))
    with pytest.raises(OwnerError, match="cannot run"), acting_for(folder):
        pass
    assert os.geteuid() == 0


@ROOT
def test_a_file_is_handed_over_to_who_owns_its_folder(folder: Path) -> None:
    (folder / "mine").touch()
    hand_over(folder / "mine")
    assert (folder / "mine").stat().st_uid == NOBODY


@ROOT
def test_a_folder_of_somebody_else_is_closed_to_others(folder: Path) -> None:
    os.seteuid(NOBODY - 1)
    try:
        with pytest.raises(OwnerError, match="sudo"), acting_for(folder):
            pass
    finally:
        os.seteuid(0)


def test_an_own_folder_and_one_that_is_not_there_change_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "not-yet"):
        with acting_for(folder):
            assert os.geteuid() == os.getuid()
