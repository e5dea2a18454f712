"""What the witness tells is believed when it could see, and only then."""

from __future__ import annotations

import msgspec

from roomtone.app.prove import rehearsal
from roomtone.app.prove.witness import Witnessed
from roomtone.base import event

EVENTS = [
    msgspec.Raw(event.to_json(one).encode())
    for one in (
        event.Understood(text="what time is it", confidence=0.9),
        event.ReplyFinished(by="skill", text="It's two.", spoken_text="It's two."),
        event.ReplyFinished(by="llama", text="Paris.", spoken_text=""),
    )
]


def told(seen, log=b"", tmp=None):
    answer = seen if isinstance(seen, bytes) else msgspec.json.encode(seen)
    return rehearsal._told(answer, log, tmp)


def test_what_was_heard_and_said_is_taken_from_the_events(tmp_path):
    found = told(Witnessed(events=EVENTS), tmp=tmp_path)
    assert not found.problem
    assert found.heard == ("what time is it",)
    assert found.replies == ("It's two.", "Paris.")
    assert found.by_model == 1


def test_a_system_without_namespaces_is_told_with_what_would_help(tmp_path):
    found = told(Witnessed(refused="Operation not permitted"), tmp=tmp_path)
    assert "Operation not permitted" in found.problem
    assert "sudo" in found.mend


def test_a_blind_witness_proves_nothing(tmp_path):
    assert "blind" in told(Witnessed(blind=("a packet",), events=EVENTS), tmp=tmp_path).problem


def test_a_visit_that_fails_is_told_with_its_last_line(tmp_path):
    assert "no model" in told(Witnessed(status=1), b"first\nno model\n", tmp_path).problem
    assert "Killed" in told(b"", b"Killed\n", tmp_path).problem
