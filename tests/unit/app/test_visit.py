"""Live with a microphone, a visitor without; and what is said when neither can be."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from roomtone.app import visit
from roomtone.app.config import Config
from roomtone.base.error import OwnerError


def listed(monkeypatch: pytest.MonkeyPatch, *devices: dict[str, object]) -> None:
    done = subprocess.CompletedProcess([], 0, json.dumps(devices).encode(), b"")
    monkeypatch.setattr(visit.subprocess, "run", lambda *_args, **_options: done)


def test_the_default_microphone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    listed(
        monkeypatch,
        {"name": "speaker", "inputs": 0},
        {"name": "webcam", "inputs": 1},
        {"name": "table microphone", "inputs": 2, "default_input": True},
    )
    assert visit.microphone() == "table microphone"


def test_without_inputs_there_is_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    listed(monkeypatch, {"name": "speaker", "inputs": 0})
    assert visit.microphone() == ""


def test_a_sound_system_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_args: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("devices", 5)

    monkeypatch.setattr(visit.subprocess, "run", hang)
    with pytest.raises(OwnerError, match="does not answer"):
        visit.devices()
    assert visit.microphone() == ""


def test_a_missing_visitor_and_a_folder_that_cannot_be_written_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(visit, "VISITOR", tmp_path / "visitor.flac")
    with pytest.raises(OwnerError, match="visitor is missing"):
        visit.converse(Config(), visitor=True, keep=tmp_path)
    (tmp_path / "visitor.flac").write_bytes(b"fLaC")
    (tmp_path / "file").write_text("")
    with pytest.raises(OwnerError, match="cannot write"):
        visit.converse(Config(), visitor=True, keep=tmp_path / "file" / "inside")
