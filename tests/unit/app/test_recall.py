"""What is kept, without a daemon: read as it lies there, and forgotten for good."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from pathlib import Path

import msgspec
import pytest

from fakes.household import moved_in
from roomtone.app import recall
from roomtone.app.cli import main
from roomtone.app.config import Config, places
from roomtone.base.error import OwnerError
from roomtone.base.room import Note
from roomtone.store.store import Store
from roomtone.system import paths
from roomtone.turn.ledger import Entry
from roomtone.turn.record import Turn
from roomtone.web.door import claim

SENT = Entry(
    at=1_700_000_001.0,
    by="cloud",
    provider="https://api.openai.com/v1",
    model="gpt-4o-mini",
    reason="cloud-first",
    bytes=18,
    text='{"ask": "walnuts"}',
)


@pytest.fixture
def config(tmp_path, monkeypatch) -> Config:
    """A household that keeps two turns, one of today, a note, and what left for the older."""
    moved_in(tmp_path, monkeypatch).mkdir(mode=0o700)
    where = places(Config())

    async def fill() -> None:
        store = await Store.open(where.database, where.key)
        sent = await store.note_sent(SENT)
        await store.add_turn(
            Turn(started=1_700_000_000.0, heard="where are walnuts", reply="Here.", entries=(sent,))
        )
        await store.add_turn(Turn(started=time.time(), heard="what time is it", reply="Noon."))
        await store.add_note(Note(id=0, at=1_700_000_000.0, text="buy walnuts"))
        await store.close()

    asyncio.run(fill())
    return Config()


def heard(config: Config) -> list[str]:
    return [turn["heard"] for turn in recall.history(config, 10)]


@pytest.fixture
def service(config, tmp_path, monkeypatch) -> Path:
    """The same household is a service's, and this its own command."""
    state = places(config).state
    monkeypatch.setattr(paths, "APPLIANCE", Path(sys.prefix))
    monkeypatch.setattr(paths, "SYSTEM_STATE", state)
    monkeypatch.setattr(recall, "SYSTEM_STATE", state)
    monkeypatch.setattr(paths, "SYSTEM_SOCKET", state / "roomtone.sock")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    return state


def test_the_services_own_command_finds_what_the_service_keeps(config, service):
    assert heard(config) == ["what time is it", "where are walnuts"]
    assert recall.forget(config, "last") == 1
    assert heard(config) == ["where are walnuts"]


def test_a_key_that_systemd_keeps_for_the_service_is_told(config, service):
    (service / "key").unlink()
    with pytest.raises(OwnerError, match="systemctl start roomtone"):
        recall.forget(config, "all")


def test_everything_is_read_as_it_lies_there(config):
    assert heard(config) == ["what time is it", "where are walnuts"]
    (found,) = recall.search(config, "walnuts", 5)
    (entry,) = recall.explain(config, str(found["id"]))["ledger"]
    assert entry["text"] == SENT.text
    assert [sent["bytes"] for sent in recall.ledger(config, 5, None)] == [0, 18]
    assert [sent["bytes"] for sent in recall.ledger(config, 5, found["id"])] == [18]
    (note,) = recall.notes(config)
    assert note["text"] == "buy walnuts"
    assert note["at"].startswith("2023-11-1")
    assert "walnuts" in json.dumps(list(recall.export(config)))
    assert recall.kept(config, "all") == 2
    assert recall.kept(config, "today") == 1


def test_how_the_memory_stands_is_read_as_it_lies_there(config, capsys):
    assert main(["memory", "status"]) == 0
    shown = capsys.readouterr().out
    assert f"{places(config).database}: " in shown
    assert "2 turns, the oldest of 2023-11-1" in shown
    assert "the key lies beside the database" in shown
    assert not recall.memory(config)["guest"]
    places(config).database.with_name("guests").touch()
    assert recall.memory(config)["guest"]


def test_before_anything_is_kept_the_memory_has_no_state(tmp_path, monkeypatch, capsys):
    moved_in(tmp_path, monkeypatch)
    assert main(["memory", "status"]) == 1
    assert "nothing is kept yet" in capsys.readouterr().err


def test_a_memory_behind_a_passphrase_says_how_it_is_opened(config, capsys):
    where = places(config)

    async def protect() -> None:
        store = await Store.open(where.database, where.key)
        await store.protect("open sesame")
        await store.close()

    asyncio.run(protect())
    for command in (["memory", "status"], ["cloud", "status"], ["history", "list"]):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert "start one with `roomtone run`, then `roomtone memory unlock`" in told


def test_an_export_that_is_given_up_closes_the_file(config):
    records = recall.export(config)
    assert next(records)
    records.close()
    assert len(list(recall.export(config))) > 2


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("last", ["where are walnuts"]),
        ("today", ["where are walnuts"]),
        ("1", ["what time is it"]),
        ("all", []),
    ],
)
def test_what_is_forgotten_is_gone(config, what, left):
    assert recall.forget(config, what) >= 1
    assert heard(config) == left


def test_what_matches_is_gone_from_turns_notes_and_ledger(config):
    assert recall.forget_matching(config, "walnuts") >= 2
    assert "walnuts" not in json.dumps(list(recall.export(config)))
    assert heard(config) == ["what time is it"]


def test_a_turn_that_is_not_there_cannot_be_forgotten(config):
    with pytest.raises(OwnerError, match="no turn 99"):
        recall.forget(config, "99")


def test_nothing_is_changed_while_another_roomtone_holds_the_memory(config, capsys):
    with contextlib.ExitStack() as held:
        held.enter_context(claim(places(config).socket))
        assert main(["history", "forget", "all", "--yes"]) == 1
    told = capsys.readouterr().err
    assert "the daemon is starting" in told or "another Roomtone" in told
    assert len(heard(config)) == 2


def test_without_a_turn_the_last_is_what_was_sent_of_late_for_none(tmp_path, monkeypatch):
    moved_in(tmp_path, monkeypatch).mkdir(mode=0o700)
    where = places(Config())

    async def fill() -> None:
        store = await Store.open(where.database, where.key)
        await store.note_sent(msgspec.structs.replace(SENT, at=time.time()))
        await store.close()

    asyncio.run(fill())
    assert recall.forget(Config(), "last") == 1
    assert [entry["text"] for entry in recall.ledger(Config(), 9, None)] == [""]


def test_the_last_of_nothing_is_nothing(config):
    recall.forget(config, "all")
    assert recall.forget(config, "last") == 0
