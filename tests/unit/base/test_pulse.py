"""What counts as alive, and what as hung."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import msgspec
import pytest

from roomtone.base.pulse import HELD_UP, LOOK, Patience, Pulse, Signs, Vitals, verdict, vitals

WELL = Signs(
    age=9.0,
    ready=True,
    stopped=0.0,
    silent=0.4,
    resting=0.4,
    queueing=False,
    working=None,
)
SLEEPS = Vitals(state="S", cpu=1.0)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, ""),
        ({"stopped": 0.6}, "was stopped"),
        ({"stopped": 0.6, "ready": False}, "was stopped"),
        ({"silent": 2.9}, ""),
        ({"silent": 3.0}, "stands still"),
        ({"silent": 3.0, "resting": 0.0}, "stands still"),
        ({"silent": 9.0, "queueing": True}, ""),
        ({"silent": 10.0, "queueing": True}, "stands still"),
        ({"working": 0.1, "silent": 9.0}, ""),
        ({"working": 9.0, "silent": 9.0, "resting": 0.1}, ""),
        ({"working": 9.0, "silent": 9.0, "resting": 3.0}, "stands still in its work"),
        ({"working": 9.0, "silent": 9.0, "resting": 9.0, "queueing": True}, ""),
        ({"working": 20.0, "silent": 9.0, "resting": 0.1}, "does not come to an end"),
        ({"working": 20.0, "silent": 0.1, "resting": 0.1}, "does not come to an end"),
        ({"working": 3.0, "refusing": True, "silent": 0.1}, "does not take up its work"),
        ({"working": 2.0, "refusing": True, "silent": 0.1}, ""),
        ({"ready": False, "silent": 60.0, "resting": 60.0, "age": 60.0}, ""),
        ({"ready": False, "silent": 60.0, "age": 120.0}, "does not get ready"),
    ],
)
def test_a_verdict_follows_from_the_signs(changed: dict, wrong: str) -> None:
    assert verdict(msgspec.structs.replace(WELL, **changed), Patience()) == wrong


def watch(pulse: Pulse, seconds: float, seen: Vitals = SLEEPS, elapsed: float = LOOK) -> str:
    """Look for as long; the first thing that is wrong."""
    for _ in range(round(seconds / LOOK)):
        if wrong := pulse.look(elapsed, seen):
            return wrong
    return ""


def started() -> Pulse:
    pulse = Pulse(Patience())
    pulse.ready()
    return pulse


def test_beats_keep_an_idle_process_alive_and_their_end_does_not() -> None:
    pulse = started()
    for _ in range(5):
        assert not watch(pulse, 1.0)
        pulse.beat(0, busy=False)
    assert watch(pulse, 4.0) == "stands still"


def test_a_native_call_lives_while_it_uses_the_processor_and_not_for_ever() -> None:
    pulse = started()
    pulse.gave(1)
    seconds = 0.0
    while not (wrong := pulse.look(LOOK, Vitals(state="S", cpu=1.0 + seconds))):
        seconds += LOOK
        assert seconds < 21
    assert wrong == "does not come to an end"
    assert seconds > 19


def test_a_native_call_that_waits_for_ever_is_found_soon() -> None:
    pulse = started()
    pulse.gave(1)
    assert not watch(pulse, 2.8)
    assert watch(pulse, 1.0) == "stands still in its work"


def test_steps_between_two_answers_are_progress() -> None:
    pulse = started()
    pulse.gave(1)
    for steps in range(30):
        pulse.beat(steps + 1, busy=True)
        assert not watch(pulse, 1.0, Vitals(state="S", cpu=float(steps)))


def test_work_that_is_not_taken_up_is_found_behind_the_beats_of_idleness() -> None:
    pulse = started()
    pulse.gave(1)
    for _ in range(2):
        assert not watch(pulse, 1.0)
        pulse.beat(0, busy=False)
    assert watch(pulse, 2.0) == "does not take up its work"


def test_work_that_is_done_is_no_longer_waited_for() -> None:
    pulse = started()
    pulse.gave(1)
    watch(pulse, 1.0)
    assert not pulse.rested
    pulse.done(1)
    assert not watch(pulse, 2.8)
    assert pulse.rested == pytest.approx(2.8)


def test_a_watcher_that_was_held_up_blames_nobody() -> None:
    pulse = started()
    assert not pulse.look(60.0, SLEEPS)


def test_a_stopped_process_is_seen_as_stopped() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert vitals(process.pid).state in "RSD"
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        assert vitals(process.pid).state == "T"
    finally:
        process.kill()
        process.communicate()
    assert vitals(process.pid) is None


def test_processor_time_is_counted() -> None:
    before = vitals(os.getpid()).cpu
    while vitals(os.getpid()).cpu < before + 0.05:
        sum(range(10_000))


def test_it_is_looked_at_more_often_while_somebody_waits_for_it():
    pulse = Pulse(Patience())
    assert pulse.next_look == LOOK
    pulse.ready()
    assert LOOK < pulse.next_look <= HELD_UP
    pulse.gave(1)
    assert pulse.next_look == LOOK
    pulse.done(1)
    assert pulse.next_look > LOOK
