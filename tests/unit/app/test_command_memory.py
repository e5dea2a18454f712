"""The memory itself at the command line: state, copies, a passphrase that is no argument."""

from __future__ import annotations

import io
import json

import pytest

from fakes.control import PROTECTION, FakeControl
from fakes.household import Terminal, daemon, moved_in
from roomtone.app.cli import main
from roomtone.app.command_memory import standing
from roomtone.base.error import PartError

MEMORY = {
    "file": "/var/lib/roomtone/roomtone.db",
    "bytes": 1_500_000,
    "turns": 12,
    "oldest": None,
    "snapshot": 1000.0,
    "protection": PROTECTION,
    "restored": None,
    "guest": False,
    "faults": [],
}


@pytest.fixture
def control(tmp_path, monkeypatch):
    with daemon(FakeControl(), moved_in(tmp_path, monkeypatch)) as running:
        yield running


def test_the_state_is_told_with_what_it_does_not_protect_against(control, capsys):
    assert main(["memory", "status"]) == 0
    shown = capsys.readouterr().out
    assert "a copy" in shown
    assert "a thief" in shown
    assert main(["memory", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["turns"] == 2


def test_a_memory_in_trouble_says_so():
    troubled = MEMORY | {"guest": True, "faults": ["the disk is full; make room"], "snapshot": None}
    lines = "\n".join(standing(troubled | {"restored": {"from_unix": 5.0}}, 1060.0))
    assert "1.5 MB, 12 turns" in lines
    assert "! the disk is full; make room" in lines
    assert "none yet" in lines
    assert "from a copy of" in lines
    assert "nothing is kept" in lines
    assert "1 min old" in "\n".join(standing(MEMORY, 1060.0))


def test_a_check_ends_badly_when_something_is_wrong(control, capsys):
    assert main(["memory", "check"]) == 0
    assert "All is well" in capsys.readouterr().out
    control.wrong = ["page 7 is damaged"]
    assert main(["memory", "check"]) == 1
    assert "! page 7 is damaged" in capsys.readouterr().out


def test_a_copy_is_written(control, capsys):
    assert main(["memory", "snapshot"]) == 0
    assert "snapshot" in capsys.readouterr().out


def test_going_back_asks_first_and_tells_what_is_lost(control, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    assert main(["memory", "restore"]) == 1
    assert "will be lost" in capsys.readouterr().out
    assert "restore" not in [what for what, _ in control.asked]
    assert main(["memory", "restore", "--yes"]) == 0
    assert control.asked[-1] == ("restore", None)


def test_a_passphrase_comes_by_standard_input(control, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("open sesame\n"))
    assert main(["memory", "protect", "--passphrase", "--stdin"]) == 0
    assert control.asked == [("protect", "open sesame")]
    assert "memory unlock" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("open sesame\n"))
    assert main(["memory", "unlock", "--stdin"]) == 0
    assert control.asked[-1] == ("unlock", "open sesame")


def test_a_key_file_needs_no_passphrase(control):
    assert main(["memory", "protect", "--key-file"]) == 0
    assert control.asked == [("protect", None)]


def test_a_credential_is_explained_with_the_commands_to_type(control, capsys):
    assert main(["memory", "protect", "--credential"]) == 0
    shown = capsys.readouterr().out
    assert "systemd-creds encrypt --name=database-key /var/lib/roomtone/key" in shown
    assert control.asked == []


def test_a_damaged_memory_can_be_restored_although_it_tells_nothing(control, capsys):
    control.memory_problem = PartError("store", "the file is damaged")
    assert main(["memory", "restore", "--yes"]) == 0
    assert control.asked[-1] == ("restore", None)
