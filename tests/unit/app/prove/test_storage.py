"""A file with sound in it is found, and what cannot be looked at is no proof."""

from __future__ import annotations

import os

import pytest

from roomtone.app.prove import storage
from roomtone.app.prove.rehearsal import Rehearsal
from roomtone.app.prove.service import Service
from roomtone.app.prove.visitor import sound_of
from roomtone.app.visit import VISITOR

NONE_RUNS = Service(missing="no daemon runs")


@pytest.fixture(scope="module")
def visitor():
    return sound_of(VISITOR)


@pytest.fixture(scope="module")
def found(visitor):
    return storage.judge(visitor)


def test_the_judge_is_not_blind_and_a_blind_one_is_known(visitor, found):
    assert storage.sighted(found, visitor)
    assert not storage.sighted(lambda _data: "", visitor)


def test_a_voice_among_other_files_is_found(tmp_path, visitor, found):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "blob").write_bytes(visitor[32_000:40_000].astype("<f4").tobytes())
    (tmp_path / "notes.txt").write_text("what time is it")
    count, with_sound = storage.scan([tmp_path], found)
    assert count == 2
    assert len(with_sound) == 1
    assert "blob" in with_sound[0]
    assert "the visitor's voice" in with_sound[0]


def test_a_visit_that_leaves_a_recording_breaks_it(tmp_path):
    (tmp_path / "left.flac").write_bytes(VISITOR.read_bytes())
    first, second = storage.prove(Rehearsal(folder=tmp_path), NONE_RUNS)
    assert first.verdict == "broken"
    assert "left.flac" in first.said
    assert second.verdict == "not tried"


def test_a_visit_that_leaves_nothing_holds(tmp_path):
    (tmp_path / "roomtone.db").write_bytes(os.urandom(9000))
    assert next(storage.prove(Rehearsal(folder=tmp_path), NONE_RUNS)).verdict == "holds"


def test_models_and_links_are_not_looked_at(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "voice.flac").write_bytes(b"fLaC")
    (tmp_path / "link").symlink_to(VISITOR)
    assert storage.scan([tmp_path], storage.sound_file) == (0, [])


def test_a_service_that_keeps_a_recording_breaks_it(tmp_path):
    (tmp_path / "kept.ogg").write_bytes(b"OggS\0\x02" + bytes(60))
    running = Service(core=os.getpid(), status={"parts": {}}, folders=(tmp_path,))
    (*_, found) = storage.prove(Rehearsal(problem="none"), running)
    assert found.verdict == "broken"
    assert "kept.ogg" in found.said
