"""Models are taken from a folder that somebody else may change at any moment."""

from __future__ import annotations

import hashlib
import os

import pytest

from roomtone.system.manifest import File

CONTENT = b"weights" * 400_000


@pytest.fixture
def file():
    return File(
        path="model.bin",
        size=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        sources=("https://example.org/model.bin",),
    )


@pytest.fixture
def take(part, file, tmp_path):
    there, target = tmp_path / "there", tmp_path / "tree" / "model.bin"

    def taken() -> bytes | None:
        part("installing.gather").take(there, target, file)
        left = list(target.parent.iterdir()) if target.parent.exists() else []
        assert left in ([], [target])
        return target.read_bytes() if left else None

    return there, taken


def test_a_file_that_is_what_is_listed_is_copied(take):
    there, taken = take
    there.write_bytes(CONTENT)
    assert taken() == CONTENT


def test_a_file_of_the_same_size_with_other_content_is_left(take):
    there, taken = take
    there.write_bytes(b"x" + CONTENT[1:])
    assert taken() is None


def test_a_link_is_not_followed(take, tmp_path):
    there, taken = take
    (tmp_path / "secret").write_bytes(CONTENT)
    there.symlink_to(tmp_path / "secret")
    assert taken() is None


def test_a_pipe_holds_nothing_up(take):
    there, taken = take
    os.mkfifo(there)
    assert taken() is None


def test_what_changes_after_the_first_look_is_not_taken(part, take, monkeypatch):
    there, taken = take
    there.write_bytes(CONTENT)
    gather = part("installing.gather")
    look = os.fstat

    def changed(handle: int) -> os.stat_result:
        found = look(handle)
        there.write_bytes(b"x" * len(CONTENT))
        return found

    monkeypatch.setattr(gather.os, "fstat", changed)
    assert taken() is None
