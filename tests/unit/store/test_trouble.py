"""What is wrong with a disk: one word, one line, never what was said."""

from __future__ import annotations

import errno
from pathlib import Path

import apsw
import pytest

from roomtone.store import trouble


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (apsw.FullError("x"), "disk_full"),
        (apsw.ReadOnlyError("x"), "disk_readonly"),
        (apsw.CorruptError("x"), "database_bad"),
        (apsw.NotADBError("x"), "database_bad"),
        (apsw.IOError("x"), "disk_failed"),
        (apsw.CantOpenError("x"), "disk_failed"),
        (apsw.BusyError("x"), "disk_failed"),
        (OSError(errno.ENOSPC, "x"), "disk_full"),
        (OSError(errno.EROFS, "x"), "disk_readonly"),
        (PermissionError(errno.EACCES, "x"), "disk_failed"),
    ],
)
def test_each_problem_has_its_kind(tmp_path: Path, problem: Exception, kind: str) -> None:
    assert trouble.kind(problem, tmp_path / "db") == kind
    line = trouble.advice(problem, tmp_path / "db")
    assert str(tmp_path / "db") in line
    assert "\n" not in line


def test_the_words_of_the_library_are_not_passed_on(tmp_path: Path) -> None:
    problem = apsw.ConstraintError("UNIQUE constraint failed: canary")
    assert trouble.reason(problem, tmp_path / "db") == "ConstraintError"
    assert "canary" not in trouble.advice(problem, tmp_path / "db")
