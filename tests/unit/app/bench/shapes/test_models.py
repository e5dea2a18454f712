"""Which models a benchmark runs, where they are kept, and what it says when there is no room."""

from __future__ import annotations

import pytest

from roomtone.app.bench.shapes import language, models, speech, voice
from roomtone.app.config import Config
from roomtone.base.error import OwnerError


@pytest.fixture
def built(monkeypatch, tmp_path):
    """Builds nothing but a mark; the names of what was built."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = []

    def build(name):
        def mark(*given):
            made.append(name)
            (given[-1] if given[-1].is_dir() else given[-1].parent).joinpath("mark").touch()

        return mark

    monkeypatch.setattr(speech, "build", build("speech"))
    monkeypatch.setattr(language, "build", build("language"))
    monkeypatch.setattr(voice, "build", build("voice"))
    return made


def test_the_models_in_use_are_told_by_name():
    found = models.models("starter", Config(), lambda _doing: None)
    assert not found.forced
    assert "starter-speech" in found.label


def test_synthetic_ones_are_made_once_and_say_what_they_are(built, tmp_path):
    told = []
    found = models.models("mini", Config(), told.append)
    assert found.forced
    assert "synthetic weights" in found.label
    assert "no figure tells of accuracy" in found.label
    assert built == ["speech", "language", "voice"]
    assert len(told) == 3
    assert found.speech.startswith(str(tmp_path))
    models.models("mini", Config(), told.append)
    assert len(told) == 3


def test_a_build_that_fails_leaves_nothing(built, tmp_path, monkeypatch):
    def fail(*_given):
        raise OSError

    monkeypatch.setattr(language, "build", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the disk's own
        models.models("mini", Config(), lambda _doing: None)
    kept = [path.name for path in models.cache().iterdir()]
    assert kept == ["whisper-base-1"]


def test_no_room_on_the_disk_is_told_before(built, monkeypatch):
    monkeypatch.setattr(models.shutil, "disk_usage", lambda _place: (1, 1, 1))
    with pytest.raises(OwnerError, match="GB must be free"):
        models.models("large", Config(), lambda _doing: None)
    assert not built


def test_too_little_memory_is_told_before(built, monkeypatch):
    monkeypatch.setattr(models, "SPARE", 1 << 50)
    with pytest.raises(OwnerError, match="GB of memory are needed"):
        models.models("pi", Config(), lambda _doing: None)
    assert not built
