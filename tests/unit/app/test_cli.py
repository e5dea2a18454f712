"""The command line: help, exit codes, one line of advice."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fakes.control import FakeControl
from fakes.door import beside
from roomtone.app import alone
from roomtone.app.cli import main, parser
from roomtone.app.config import Config, places
from roomtone.base.error import OwnerError
from roomtone.store.store import Store
from roomtone.web.door import LOCKS, claim

COMMANDS = [
    ["run"], ["try"], ["replay"], ["ask"], ["say"], ["status"], ["listen"], ["hush"], ["mute"],
    ["unmute"], ["timers"], ["alarms"], ["history", "list"], ["explain"], ["devices"],
    ["config", "check"], ["config", "show"], ["models", "list"], ["models", "pull"],
    ["models", "verify"], ["doctor"], ["false-wake"], ["history", "search"], ["history", "show"],
    ["history", "export"], ["history", "forget"], ["notes"], ["guest"], ["cloud", "status"],
    ["cloud", "allow"], ["cloud", "deny"], ["cloud", "ledger"], ["cloud", "serve"],
    ["memory", "status"], ["memory", "check"], ["memory", "snapshot"], ["memory", "restore"],
    ["memory", "protect"], ["memory", "unlock"], ["prove"],
]  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "ROOMTONE_CONFIG", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_worth_reading(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*command, "--help"])
    assert left.value.code == 0
    assert len(capsys.readouterr().out.split()) > 15


@pytest.mark.parametrize(
    "bad",
    [
        [], ["sing"], ["replay"], ["history", "list", "--limit", "0"], ["history", "forget"],
        ["history", "forget", "yesterday"], ["history", "forget", "0"], ["history", "search"],
        ["history", "forget", "all", "--match", "x"], ["history", "search", " "], ["cloud"],
        ["notes", "forget", "x"], ["notes", "forget"], ["guest", "maybe"], ["memory", "protect"],
        ["memory", "protect", "--key-file", "--passphrase"], ["cloud", "ledger", "last"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_usage_ends_with_two(bad: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(bad)
    assert left.value.code == 2


@pytest.mark.parametrize(
    "command",
    [
        ["status"], ["false-wake"], ["hush"], ["mute"], ["listen"], ["say", "hi"], ["guest", "on"],
        ["cloud", "allow", "--yes"], ["memory", "status"], ["memory", "check"],
        ["memory", "restore", "--yes"], ["notes", "forget", "1"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_without_a_daemon_one_line_says_what_to_do(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "start" in told


@pytest.mark.skipif(not LOCKS.exists(), reason="the kernel does not tell of its locks")
def test_a_daemon_that_is_starting_is_told_as_such_and_waited_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(alone, "PAUSE", 0.01)
    waits = ThreadPoolExecutor(1)
    with claim(places(Config()).socket):
        for command in (["status"], ["say", "hi"]):
            assert main(command) == 1
            assert "starting; `roomtone status --wait`" in capsys.readouterr().err
        waiting = waits.submit(main, ["status", "--wait", "--json"])
        assert not waiting.done()
    with beside(FakeControl(), places(Config()).socket):
        assert waiting.result(10) == 0
    assert '"state": "asleep"' in capsys.readouterr().out


@pytest.mark.skipif(not LOCKS.exists(), reason="the kernel does not tell of its locks")
def test_what_lies_on_the_disk_is_not_changed_beside_a_daemon_that_is_starting(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = places(Config())

    async def kept() -> None:
        where.state.mkdir(mode=0o700, parents=True)
        await (await Store.open(where.database, where.key)).close()

    asyncio.run(kept())
    with claim(where.socket):
        assert main(["history", "forget", "last"]) == 1
        assert "the daemon is starting" in capsys.readouterr().err
        assert main(["cloud", "deny"]) == 0
        assert "The daemon is starting and finds" in capsys.readouterr().out


def test_nobody_waits_for_a_daemon_that_nobody_has_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(alone, "BEGINNING", 0.05)
    assert main(["status", "--wait"]) == 1
    assert "no daemon is running" in capsys.readouterr().err


def test_mistakes_are_told_once_by_the_daemon_that_reloads(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "config.toml"
    file.write_text("[follow_up]\nsecond = 3\n")
    control = FakeControl()
    control.problem = OwnerError(f"{file}: a mistake\n{file}: another")
    with beside(control, places(Config()).socket):
        assert main(["reload", "--config", str(file)]) == 1
    told = capsys.readouterr().err
    assert told == f"roomtone: {file}: a mistake\nroomtone: {file}: another\n"


def test_before_anything_was_kept_there_is_nothing_to_show(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["timers"]) == 0
    assert main(["alarms"]) == 0
    assert main(["history", "list"]) == 0
    assert main(["history", "search", "tea"]) == 0
    assert main(["history", "export"]) == 0
    assert main(["history", "forget", "all", "--yes"]) == 0
    assert main(["notes"]) == 0
    assert main(["cloud", "ledger"]) == 0
    assert main(["explain", "last"]) == 1
    out = capsys.readouterr()
    assert "No timer" in out.out
    assert "No alarm" in out.out
    assert "Everything is forgotten: 0 turns" in out.out
    assert "No notes" in out.out
    assert "The ledger is empty" in out.out
    assert "history list" in out.err


def test_a_missing_recording_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(home / "none.wav")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_all_mistakes_of_a_configuration_are_told_at_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "config.toml"
    file.write_text('[follow_up]\nsecond = 3\n[cues]\nenabled = "loud"\n')
    assert main(["config", "check", "--config", str(file)]) == 1
    told = capsys.readouterr().err
    assert "seconds" in told
    assert "cues.enabled" in told.replace("[cues] enabled", "cues.enabled")


def test_the_configuration_in_force_can_be_shown_and_checked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "show"]) == 0
    file = home / "shown.toml"
    file.write_text(capsys.readouterr().out)
    assert main(["config", "check", "--config", str(file)]) == 0
    assert "no mistakes" in capsys.readouterr().out
