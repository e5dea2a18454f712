"""What is wrong at this moment."""

from __future__ import annotations

from roomtone.app.faults import ActiveFault, Faults
from roomtone.base import event

DIED = event.Fault(part="voice", fault="killed by SIGKILL", action="restart", kind="part_died")
OVER = event.Fault(part="voice", fault="", action="", kind="part_died", recovered_ms=600)


class At:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_fault_lasts_until_it_is_said_to_be_over() -> None:
    faults = Faults(At())
    faults.note(DIED)
    assert faults.active() == [
        ActiveFault(
            part="voice",
            kind="part_died",
            fault="killed by SIGKILL",
            action="restart",
            since=0.0,
            told=0.0,
        )
    ]
    faults.note(OVER)
    assert faults.active() == []


def test_a_fault_told_again_lasts_since_it_was_first_told() -> None:
    at = At()
    faults = Faults(at)
    faults.note(DIED)
    at.now = 7.0
    faults.note(event.Fault(part="ear", fault="f", action="a", kind="microphone_lost"))
    faults.note(DIED)
    assert [(one.part, one.since) for one in faults.active()] == [("voice", 0.0), ("ear", 7.0)]
    assert faults.find("voice", "part_died").told == 7.0
    assert faults.find("ear", "microphone_lost").fault == "f"
    assert faults.find("ear", "part_died") is None


def test_what_has_no_kind_is_over_at_once_and_other_events_mean_nothing() -> None:
    faults = Faults(At())
    faults.note(event.Fault(part="ear", fault="too much sound is waiting", action="dropped"))
    faults.note(event.NothingHeard())
    faults.note(OVER)
    assert faults.active() == []
