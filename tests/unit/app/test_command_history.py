"""What was said and kept, at the command line, with a daemon beside it."""

from __future__ import annotations

import io
import json
import stat

import pytest

from fakes.control import FakeControl
from fakes.household import Terminal, daemon, moved_in
from roomtone.app.cli import main
from roomtone.app.kept import as_data
from roomtone.base.error import PartError
from roomtone.turn.record import Turn

TURN = as_data(Turn(id=2, started=1_700_000_000.0, heard="tea?", reply="Soon.", spoken="Soon."))


@pytest.fixture
def state(tmp_path, monkeypatch):
    return moved_in(tmp_path, monkeypatch)


@pytest.fixture
def control(state):
    with daemon(FakeControl(), state) as running:
        running.turns = [TURN]
        yield running


def test_found_turns_are_listed_and_the_words_stand_together(control, capsys):
    assert main(["history", "search", "tea?"]) == 0
    assert "'tea?' -> 'Soon.'" in capsys.readouterr().out
    assert main(["history", "search", "green", "tea", "--limit", "3"]) == 0
    assert "No turn has all of these words" in capsys.readouterr().out
    assert control.asked == [("search", ("tea?", 20)), ("search", ("green tea", 3))]


@pytest.mark.parametrize("command", [["history", "show"], ["explain"], ["explain", "2"]])
def test_one_turn_is_shown_with_what_left_for_it(control, capsys, command):
    assert main(command) == 0
    assert "left the house: nothing" in capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == 2


def test_an_export_is_lines_of_json(control, capsys):
    assert main(["history", "export", "--out", "-"]) == 0
    piped = capsys.readouterr().out
    assert main(["history", "export"]) == 0
    (line,) = piped.splitlines()
    assert capsys.readouterr().out == piped
    assert json.loads(line)["heard"] == "tea?"


def test_an_exported_file_is_for_its_owner_alone_and_replaces_none(control, tmp_path, capsys):
    file = tmp_path / "all.jsonl"
    assert main(["history", "export", "--out", str(file)]) == 0
    assert "1 records" in capsys.readouterr().out
    assert json.loads(file.read_text())["id"] == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["history", "export", "--out", str(file)]) == 1
    assert "there already" in capsys.readouterr().err


def test_an_export_that_breaks_off_leaves_no_file(control, tmp_path, capsys):
    control.breaks_off = PartError("store", "the disk is gone")
    assert main(["history", "export", "--out", str(tmp_path / "all.jsonl")]) == 1
    assert "the disk is gone" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["roomtone"]


def test_an_export_into_a_folder_that_is_not_there_is_told(control, tmp_path, capsys):
    assert main(["history", "export", "--out", str(tmp_path / "no" / "all")]) == 1
    assert "--out" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["last", "7"])
def test_one_turn_is_forgotten_without_a_question(control, capsys, what):
    assert main(["history", "forget", what]) == 0
    assert control.asked == [("forget", what)]
    assert "Forgotten: 2." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "question", "forgotten"),
    [
        (["all"], "2 turns, all notes and the whole ledger will be forgotten", ("forget", "all")),
        (["today"], "0 turns of today will be forgotten for good; notes stay", ("forget", "today")),
        (["--match", "tea?"], "1 turn with these words", ("forget_matching", "tea?")),
    ],
)
def test_much_is_forgotten_only_after_a_typed_yes(
    control, monkeypatch, capsys, command, question, forgotten
):
    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    assert main(["history", "forget", *command]) == 1
    assert question in capsys.readouterr().out
    assert forgotten not in control.asked
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    assert main(["history", "forget", *command]) == 0
    assert control.asked[-1] == forgotten


def test_a_script_that_forgets_much_must_say_yes(control, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["history", "forget", "all"]) == 1
    assert "--yes" in capsys.readouterr().err
    control.asked.clear()
    assert main(["history", "forget", "all", "--yes"]) == 0
    assert control.asked == [("forget", "all")]


def test_notes_are_listed_and_forgotten(control, capsys):
    assert main(["notes"]) == 0
    assert "'the key is under the mat'" in capsys.readouterr().out
    assert main(["notes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == 1
    assert main(["notes", "forget", "1", "1"]) == 0
    assert control.asked[-1] == ("drop_notes", [1])
    assert capsys.readouterr().out == "Forgotten: 1.\n"


def test_a_note_that_is_not_there_is_told_and_the_others_are_forgotten(control, capsys):
    assert main(["notes", "forget", "99"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "there is no note 99; see `roomtone notes`" in told.err
    assert main(["notes", "forget", "98", "1", "99"]) == 1
    told = capsys.readouterr()
    assert told.out == "Forgotten: 1.\n"
    assert "there is no note 98, 99;" in told.err


def test_guests_come_and_go(control, capsys):
    assert main(["guest", "on"]) == 0
    assert main(["guest", "off"]) == 0
    assert main(["guest"]) == 0
    assert "No guests" in capsys.readouterr().out
    assert control.asked == [("guest", True), ("guest", False), ("memory", None)]
