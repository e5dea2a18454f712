"""Any part falls at any moment of a turn: it costs that turn at most, and the next one works."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Iterator

import pytest

from faults.house import ARITHMETIC, KNOWLEDGE, House, patience

pytestmark = pytest.mark.fault

HEARD_WITHIN = 2.0
"""Seconds from a fall to a sound in the room, when a turn was lost."""

NEXT_WITHIN = 3.0
"""Seconds from a fall to the next question that works."""

PARTS = ("ear", "transcriber", "thinker", "voice")
MOMENTS = {
    "idle": "",
    "listening": "speech_started",
    "thinking": "understood",
    "speaking": "sound_started",
}
"""Moment of a turn -> the event with which it begins."""

ROW = {"ear": 13, "transcriber": 28, "thinker": 28, "voice": 28}


@pytest.fixture(scope="module")
def house(tmp_path_factory, voice) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"), voice)
    list(house.daemon.client.ask("set a timer for two hours"))
    yield house
    house.close()


def cases() -> Iterator[tuple[str, str, str]]:
    """Every part and moment, killed and stopped; a crash is to the core what a kill is."""
    for number in ("SIGKILL", "SIGSTOP"):
        for moment in MOMENTS:
            for part in PARTS:
                yield number, moment, part
    for moment, part in zip(MOMENTS, PARTS, strict=True):
        yield "SIGSEGV", moment, part


@pytest.mark.parametrize(("number", "moment", "part"), list(cases()))
def test_the_next_question_works(house, recovered, number, moment, part):
    daemon = house.daemon
    core = daemon.process.pid
    pid = daemon.part(part)["pid"]
    daemon.events.clear()
    if moment != "idle":
        house.begin(KNOWLEDGE if part == "thinker" else ARITHMETIC)
        daemon.wait_for(MOMENTS[moment])
    fell = time.monotonic()
    os.kill(pid, signal.Signals[number])
    took = house.mended(part, within=8)["at"] - fell
    house.heard_out()
    failed = [one for one in daemon.events if one["event"] == "failed"]
    house.answers()
    recovered(ROW[part], f"{part} {number} {moment}", took)
    assert took <= patience(NEXT_WITHIN)
    if failed:
        heard = house.loudspeaker.after(fell)
        recovered(ROW[part], f"{part} {number} {moment}: the room hears", heard)
        assert heard <= patience(HEARD_WITHIN)
    assert daemon.process.pid == core
    assert daemon.process.poll() is None
    assert len(daemon.client.timers()) == 1


@pytest.mark.parametrize("number", ["SIGKILL", "SIGSTOP"])
def test_all_parts_at_once(house, recovered, number):
    daemon = house.daemon
    pids = [daemon.part(part)["pid"] for part in PARTS]
    daemon.events.clear()
    house.begin(ARITHMETIC)
    daemon.wait_for("speech_started")
    fell = time.monotonic()
    for pid in pids:
        os.kill(pid, signal.Signals[number])
    took = max(house.mended(part, within=10)["at"] - fell for part in PARTS)
    house.answers()
    recovered(28, f"all parts {number} at once", took)
    assert took <= patience(2 * NEXT_WITHIN)
    assert len(daemon.client.timers()) == 1


def test_falls_at_random_moments(house):
    daemon, chance = house.daemon, random.Random(28)  # noqa: S311 - chance that can be repeated
    signals = (signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV, signal.SIGABRT)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        house.heard_out()
        house.begin(chance.choice((ARITHMETIC, KNOWLEDGE)))
        for _ in range(3):
            if pid := daemon.part(chance.choice(PARTS))["pid"]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, chance.choice(signals))
            time.sleep(chance.uniform(0.1, 2.0))
    house.settled(within=20)
    house.answers(within=30)
    assert daemon.client.status()["faults"] == []
    assert len(daemon.client.timers()) == 1


@pytest.mark.parametrize("lead", [0.2, -1.5], ids=["just before", "while it rings"])
def test_a_timer_rings_though_the_ear_falls_then(house, recovered, lead):
    daemon = house.daemon
    house.heard_out()
    daemon.events.clear()
    list(daemon.client.ask("set a timer for five seconds"))
    due = time.monotonic() + 5
    time.sleep(due - lead - time.monotonic())
    fell = time.monotonic()
    os.kill(daemon.part("ear")["pid"], signal.SIGKILL)
    house.mended("ear", within=8)
    rung = house.wait(
        "sound", lambda one: one["event"] == "sound_started" and one["at"] > fell, within=15
    )
    recovered(13, f"timer heard after the ear fell ({lead} s before it was due)", rung["at"] - fell)
    daemon.client.hush()
    house.wait("stop", lambda one: one["event"] == "stop_heard", within=5)
    assert len(daemon.client.timers()) == 1


def test_a_core_that_was_stopped_blames_no_part(house):
    daemon = house.daemon
    house.heard_out()
    restarts = {part: daemon.part(part)["restarts"] for part in PARTS}
    daemon.process.send_signal(signal.SIGSTOP)
    time.sleep(5)
    daemon.process.send_signal(signal.SIGCONT)
    house.answers()
    assert {part: daemon.part(part)["restarts"] for part in PARTS} == restarts


def test_parts_that_are_stopped_do_not_delay_the_end(house, recovered):
    daemon = house.daemon
    house.heard_out()
    for part in PARTS:
        os.kill(daemon.part(part)["pid"], signal.SIGSTOP)
    took = daemon.stop()
    recovered(32, "stopped beside parts that hang", took)
    assert took <= patience(NEXT_WITHIN)
