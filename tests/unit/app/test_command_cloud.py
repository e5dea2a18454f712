"""The owner's yes and no at the command line, and what is shown of what left."""

from __future__ import annotations

import asyncio
import io
import json
import os
import stat
import sys
import time
from pathlib import Path

import msgspec
import pytest

from fakes.control import FakeControl
from fakes.household import Terminal, daemon, moved_in
from roomtone.app.cli import main
from roomtone.app.command_cloud import standing, told
from roomtone.store.store import Store
from roomtone.system import paths
from roomtone.turn.consent import Consent
from roomtone.turn.ledger import Entry

ENTRY = {
    "id": 4, "at": 1_700_000_000.0, "turn": 2, "by": "cloud", "bytes": 321,
    "provider": "https://api.openai.com/v1", "model": "gpt-4o-mini", "reason": "cloud-first",
    "text": '{"messages": []}', "outcome": "answered", "milliseconds": 812,
}  # fmt: skip


@pytest.fixture
def state(tmp_path, monkeypatch):
    return moved_in(tmp_path, monkeypatch)


@pytest.fixture
def control(state):
    with daemon(FakeControl(), state) as running:
        yield running


def test_a_typed_yes_agrees_to_exactly_what_was_shown(control, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    assert main(["cloud", "allow"]) == 0
    shown = capsys.readouterr().out
    assert "OpenAI" in shown
    assert "Names that are not on the list may go" in shown
    assert next(given for what, given in control.asked if what == "allow")[0] == control.terms


def test_nothing_is_agreed_to_by_anything_else(control, monkeypatch, capsys):
    for typed in (Terminal("no\n"), Terminal(""), io.StringIO("yes\n")):
        monkeypatch.setattr("sys.stdin", typed)
        assert main(["cloud", "allow"]) == 1
    assert "allow" not in [what for what, _ in control.asked]
    assert "--yes" in capsys.readouterr().err


def test_a_script_may_agree_with_an_option(control, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["cloud", "allow", "--yes"]) == 0
    assert control.asked[-1][0] == "allow"


def test_while_the_policy_is_local_there_is_nothing_to_agree_to(control, capsys):
    control.policy = "local"
    assert main(["cloud", "allow", "--yes"]) == 1
    assert 'policy is "local"' in capsys.readouterr().err
    assert "allow" not in [what for what, _ in control.asked]


def test_a_no_reaches_the_daemon(control):
    assert main(["cloud", "deny"]) == 0
    assert control.asked == [("deny", None)]


def test_without_a_daemon_a_no_waits_for_the_next_one(state, capsys):
    assert main(["cloud", "deny"]) == 0
    sign = state / "cloud-denied"
    assert sign.read_bytes() == b""
    assert stat.S_IMODE(sign.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert main(["cloud", "deny"]) == 0
    assert str(sign) in capsys.readouterr().out


def test_a_daemon_that_does_not_hear_the_no_finds_it_all_the_same(control, state, capsys):
    control.problem = ZeroDivisionError()
    assert main(["cloud", "deny"]) == 1
    assert (state / "cloud-denied").exists()
    assert "it is denied by" in capsys.readouterr().err


def served(tmp_path, monkeypatch) -> Path:
    """Make this the service's own command; the folder of the service."""
    monkeypatch.setattr(paths, "APPLIANCE", Path(sys.prefix))
    monkeypatch.setattr(paths, "SYSTEM_STATE", tmp_path / "served")
    monkeypatch.setattr(paths, "SYSTEM_SOCKET", tmp_path / "served" / "roomtone.sock")
    return tmp_path / "served"


def test_the_services_own_command_leaves_the_no_where_the_service_looks(
    state, tmp_path, monkeypatch, capsys
):
    folder = served(tmp_path, monkeypatch)
    assert main(["cloud", "deny"]) == 0
    assert (folder / "cloud-denied").exists()
    assert not state.exists()
    assert str(folder) in capsys.readouterr().out


def test_a_no_goes_to_the_daemon_that_was_asked_also_when_it_hangs(
    state, tmp_path, monkeypatch, capsys
):
    folder = served(tmp_path, monkeypatch)
    folder.mkdir()
    control = FakeControl()
    control.problem = ZeroDivisionError()
    with daemon(control, folder):
        assert main(["cloud", "deny"]) == 1
        monkeypatch.setattr(paths, "APPLIANCE", Path("/nonexistent"))
        (folder / "cloud-denied").unlink()
        assert main(["cloud", "deny"]) == 1
    assert (folder / "cloud-denied").exists()
    assert not state.exists()
    assert str(folder / "cloud-denied") in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root acts for others")
def test_a_no_of_root_belongs_to_who_owns_the_folder(state, tmp_path, monkeypatch):
    folder = served(tmp_path, monkeypatch)
    folder.mkdir(mode=0o700)
    tmp_path.chmod(0o755)
    os.chown(folder, 65534, 65534)
    assert main(["cloud", "deny"]) == 0
    there = (folder / "cloud-denied").stat()
    assert (there.st_uid, there.st_gid, os.geteuid()) == (65534, 65534, 0)


def test_the_status_tells_what_and_why_not(control, capsys):
    assert main(["cloud", "status"]) == 0
    assert "not asked: nobody has allowed it" in capsys.readouterr().out
    assert main(["cloud", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["policy"] == "local-first"


def test_without_a_daemon_the_status_is_that_of_the_disk(state, tmp_path, capsys):
    assert main(["cloud", "status"]) == 0
    assert "not asked: the policy is local" in capsys.readouterr().out
    file = tmp_path / "config.toml"
    file.write_text('[cloud]\npolicy = "race"\n')
    assert main(["cloud", "status", "--config", str(file)]) == 0
    assert "not asked: nobody has allowed it" in capsys.readouterr().out
    consent = Consent(
        at=1_700_000_000.0,
        by="ann",
        provider="https://api.openai.com/v1",
        model="gpt-4o-mini",
        context=0,
    )
    sent = Entry(at=time.time(), by="cloud", bytes=321)
    kept(state, consent, sent)
    assert main(["cloud", "status", "--config", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "not asked: no daemon runs" in shown
    assert "allowed     by ann" in shown
    assert "321 bytes" in shown
    (state / "guests").touch()
    assert main(["cloud", "status", "--config", str(file)]) == 0
    assert "not asked: guests are here" in capsys.readouterr().out
    assert main(["cloud", "deny"]) == 0
    assert main(["cloud", "status", "--config", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert (found["consent"], found["allowed"], found["policy"]) == (None, False, "race")


def kept(state: Path, consent: Consent, sent: Entry) -> None:
    """Have the household agree, and something sent."""

    async def fill() -> None:
        store = await Store.open(state / "roomtone.db", state / "key")
        await store.set_setting("consent", msgspec.json.encode(consent).decode())
        await store.note_sent(sent)
        await store.close()

    state.mkdir(mode=0o700, exist_ok=True)
    asyncio.run(fill())


def test_the_status_of_an_open_way_tells_who_opened_it_and_what_went_wrong():
    lines = "\n".join(
        standing(
            {
                "policy": "race",
                "allowed": True,
                "why_not": "",
                "consent": {"by": "ann", "at": 1_700_000_000.0},
                "terms": {"provider": "http://192.168.1.5:8080/v1", "model": "m", "context": 1},
                "standing": {
                    "has_key": False, "rests_s": 30.4, "last_failure": "offline", "detail": "",
                },
                "sent_today_bytes": 99,
                "last_used": 1_700_000_000.0,
            }
        )
    )  # fmt: skip
    assert lines.startswith("The cloud is not asked: there is no key for the provider.")
    assert "by ann" in lines
    assert "a computer in your house" in lines
    assert "key         missing" in lines
    assert "rests for 30 s" in lines
    assert "there is no way to the internet" in lines
    assert "99 bytes" in lines


def test_the_ledger_shows_every_text_to_the_byte(control, capsys):
    control.entries = [ENTRY]
    assert main(["cloud", "ledger", "2", "--limit", "7"]) == 0
    shown = capsys.readouterr().out
    assert "turn 2: 321 bytes to https://api.openai.com/v1 (gpt-4o-mini), 812 ms" in shown
    assert "asked by the policy cloud-first" in shown
    assert 'sent: {"messages": []}' in shown
    assert control.asked == [("ledger", (7, 2))]


def test_an_empty_ledger_says_that_nothing_left(control, capsys):
    control.entries = []
    assert main(["cloud", "ledger"]) == 0
    shown = capsys.readouterr().out
    assert "The ledger is empty" in shown
    assert "is written down before" in shown
    assert main(["cloud", "ledger", "7"]) == 0
    assert "nothing of a turn 7; `roomtone history list`" in capsys.readouterr().out


def test_what_is_forgotten_or_not_over_or_stayed_here_is_told_as_such():
    assert "the text is forgotten" in told(ENTRY | {"text": ""})[-1]
    assert "what came of it is not known" in told(ENTRY | {"outcome": ""})[0]
    assert "a turn that is not in the history" in told(ENTRY | {"turn": None})[0]
    local = ENTRY | {"by": "local"}
    assert "nothing left the house (race, llama spoke first)" in "".join(
        told(local | {"reason": "race, llama spoke first"})
    )
    assert "nothing left the house (answered by skill)" in told(local | {"reason": "skill"})[0]
    assert told(local | {"reason": ""})[0].endswith("nothing left the house")


def test_a_request_that_was_given_up_in_time_counts_as_nothing(control, capsys):
    control.entries = [ENTRY | {"outcome": "not sent", "bytes": 0, "text": ""}]
    assert main(["cloud", "ledger"]) == 0
    shown = capsys.readouterr().out
    assert "nothing, as a request to https://api.openai.com/v1 (gpt-4o-mini) was given up" in shown
    assert "forgotten" not in shown
    assert "Nothing left the house for any of these." in shown
