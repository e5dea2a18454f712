"""The vocabulary: kinds in snake case, private fields out of logs."""

from __future__ import annotations

import json
from typing import get_args

import msgspec

from roomtone.base import event


def test_an_event_is_one_line_of_json_with_its_kind_first() -> None:
    line = event.to_json(event.WakeHeard(t=1.23456, turn=2, phrase="hey jarvis", score=0.9))
    assert "\n" not in line
    assert list(json.loads(line)) == ["event", "t", "turn", "phrase", "score"]
    assert json.loads(line)["event"] == "wake_heard"
    assert json.loads(line)["t"] == 1.235


def test_every_event_travels_as_message_pack_and_back() -> None:
    decoder = msgspec.msgpack.Decoder(event.Event)
    for kind in get_args(event.Event):
        sample = kind(
            **{
                name: {"str": "x", "float": 0.5, "int": 1, "bool": True, "int | None": None}[typed]
                for name, typed in kind.__annotations__.items()
            }
        )
        assert decoder.decode(msgspec.msgpack.encode(sample)) == sample


def test_what_people_said_is_not_public() -> None:
    heard = event.Understood(text="secret", confidence=0.5)
    rung = event.TimerFired(name="secret")
    assert "secret" not in str(event.public(heard)) + str(event.public(rung))
    assert event.public(heard)["confidence"] == 0.5
    told = event.ReplyFinished(by="skill", text="", spoken_text="", skill="note_add", reason="x")
    assert "note" not in str(event.public(told))
