"""What can be said without a model: the advice to the owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from roomtone.base.error import OwnerError
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.whisper import Whisper


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OwnerError) as told:
        Whisper(str(tmp_path / "none"), HearingSettings())
    assert str(tmp_path / "none") in str(told.value)
    assert "roomtone models pull" in str(told.value)


def test_an_incomplete_folder_names_the_file_that_lacks(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(OwnerError, match=r"holds no model\.bin.*roomtone models verify"):
        Whisper(str(tmp_path), HearingSettings())
