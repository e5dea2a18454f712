"""What is shown explains itself and can be used as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.app.config_show import show


def again(config: Config, folder: Path) -> Config:
    """The configuration after it was shown and read back."""
    path = folder / "shown.toml"
    path.write_text(show(config))
    return configuration.load(path)


def test_the_defaults_come_back_as_they_were(tmp_path: Path) -> None:
    assert again(Config(), tmp_path) == Config()


@pytest.mark.parametrize("text", ['quo"ted \\ back', "Größe", "tab\tand\x7fdel", "# no comment"])
def test_every_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    sound = msgspec.structs.replace(Config().sound, input=text)
    changed = msgspec.structs.replace(Config(), sound=sound)
    assert again(changed, tmp_path) == changed


def test_words_of_any_name_come_back(tmp_path: Path) -> None:
    word = tmp_path / "my word.onnx"
    word.write_bytes(b"")
    wake = msgspec.structs.replace(Config().wake, words={str(word): 0.25, "alexa": 0.5})
    changed = msgspec.structs.replace(Config(), wake=wake)
    assert again(changed, tmp_path) == changed


def test_every_setting_is_shown_with_a_comment_above_it() -> None:
    lines = show(Config()).splitlines()
    shown = tomllib.loads("\n".join(lines))
    for section, settings in msgspec.to_builtins(Config()).items():
        assert shown[section].keys() == settings.keys()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#") and line.split(" = ")[0] != "hey_jarvis":
            assert lines[number - 1].startswith("# "), line


def test_ranges_and_model_names_are_told() -> None:
    text = show(Config())
    assert "(from 0 to 3650)" in text
    assert "# Known: hey_jarvis, alexa, hey_mycroft, hey_marvin; or a path." in text


def test_no_line_is_too_long_to_read() -> None:
    assert all(len(line) <= 100 for line in show(Config()).splitlines() if line.startswith("#"))
