"""`models list`, `pull` and `verify` say what is there, what to write, and how they went."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fakes.hub import Hub, hub
from fakes.shelf import file, listing, shelf
from roomtone.app import command_models as commands
from roomtone.app.config import Config
from roomtone.base.error import OwnerError
from roomtone.system import paths
from roomtone.system.pull import Pulled
from roomtone.system.settings import ModelSettings, PathSettings

VOICE = b"voice" * 1000


@pytest.fixture
def here() -> Iterator[Hub]:
    with hub() as held:
        held.files = {"v.onnx": VOICE, "w.onnx": b"word"}
        yield held


@pytest.fixture
def config(here: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Of the listed models `old` is in use, and `word` is needed."""
    shelf(
        tmp_path,
        listing("old", "voice", file("o.onnx", "repo:models/o.onnx", b"o"), entry="o.onnx"),
        listing("new", "voice", file("v.onnx", here.url("v.onnx"), VOICE), entry="v.onnx"),
        listing("word", "wake", file("w.onnx", here.url("w.onnx"), b"word"), more="needed = true"),
    )
    (tmp_path / "models/o.onnx").write_bytes(b"o")
    monkeypatch.setenv("ROOMTONE_MODELS", str(tmp_path / "models"))
    return msgspec.structs.replace(
        Config(),
        paths=PathSettings(state=str(tmp_path / "state"), models=str(tmp_path / "pulled")),
        models=ModelSettings(speech="/mine", language="/mine.gguf", voice="old"),
    )


def test_the_list_tells_state_and_use(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.models_list(config, as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:4]] == [
        ["*", "old"],
        ["new", "voice"],
        ["word", "wake"],
    ]
    assert ["shipped" in lines[1], "missing" in lines[2], "missing" in lines[3]] == [True] * 3


def test_the_list_as_json_has_licence_and_size(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.models_list(config, as_json=True)
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["new"]["bytes"] == len(VOICE)
    assert rows["new"]["licence"] == "l"
    assert (rows["old"]["used"], rows["new"]["used"]) == (True, False)


def test_a_pull_by_name_says_which_line_selects_it(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.models_pull(config, ["new"], io.StringIO()) == 0
    assert capsys.readouterr().out.splitlines() == [
        "new: pulled, 0.0 MB",
        "To use them, write in the configuration:",
        "[models]",
        'voice = "new"',
    ]


def test_a_pull_without_a_name_brings_what_is_needed_and_no_advice(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.models_pull(config, [], io.StringIO()) == 0
    assert capsys.readouterr().out.splitlines() == ["word: pulled, 0.0 MB", "old: here already"]


def test_what_is_in_use_already_needs_no_line() -> None:
    done = [
        Pulled(model="old", kind="voice", fresh=True, bytes=1),
        Pulled(model="hey_jarvis", kind="wake", fresh=True, bytes=1),
        Pulled(model="silero-vad", kind="vad", fresh=True, bytes=1),
        Pulled(model="alexa", kind="wake", fresh=False, bytes=0),
    ]
    assert commands.config_lines(done, ["old", "hey_jarvis"]) == ["[wake.words]", "alexa = 0.5"]


def test_verify_fails_for_a_changed_file_and_says_what_to_run(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.models_pull(config, ["new"], io.StringIO())
    assert commands.models_verify(config, [], as_json=False) == 0
    (tmp_path / "pulled/new/v.onnx").write_bytes(VOICE[::-1])
    capsys.readouterr()
    assert commands.models_verify(config, [], as_json=False) == 1
    told = capsys.readouterr()
    assert "BAD new/v.onnx (changed)" in told.out
    assert told.err == "roomtone: run `roomtone models pull new`\n"


def test_verify_as_json_is_plain_data(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.models_verify(config, ["old"], as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"model": "old", "file": "o.onnx", "state": "shipped"}
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_one_line_moves_and_ends_at_the_whole() -> None:
    stream = Terminal()
    told = commands.progress(stream)
    for done in range(0, 101, 10):
        told("m", "f", done * 1_000_000, 100_000_000)
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().endswith("m/f  100.0 MB of 100.0 MB  100 %\x1b[K\n")


def test_in_a_log_a_file_is_one_line() -> None:
    stream = io.StringIO()
    told = commands.progress(stream)
    for done in (0, 50, 100):
        told("m", "f", done, 63_200_000)
    assert stream.getvalue() == "m/f  63.2 MB\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [(["list"], {}), (["pull", "a", "b"], {"names": ["a", "b"]}), (["verify"], {"names": []})],
)
def test_the_parser_knows_the_three_actions(line: list[str], expected: dict[str, object]) -> None:
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    options = vars(parser.parse_args(["models", *line]))
    assert callable(options["do"])
    assert expected.items() <= options.items()


def test_the_commands_of_the_service_mean_its_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "APPLIANCE", Path(sys.prefix))
    monkeypatch.setattr(paths, "SYSTEM_STATE", tmp_path / "state")
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    assert commands._weights(Config()).folder == tmp_path / "state" / "models"


def test_who_may_not_enter_the_services_folder_is_told_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OwnerError, match="sudo roomtone models"):
        commands._weights(Config())
