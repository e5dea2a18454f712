"""A timer rings whatever has become of the parts, and stays in the book until it was heard."""

from __future__ import annotations

import os
import signal
import time

import pytest

from sound.daemon import Daemon

pytestmark = pytest.mark.fault


def set_timer(daemon: Daemon, seconds: int) -> float:
    """Order one in writing; the monotonic time at which it is due."""
    list(daemon.client.ask(f"set an egg timer for {seconds} seconds"))
    return time.monotonic() + seconds


def struck(daemon: Daemon) -> None:
    """Wait until the book is empty."""
    end = time.monotonic() + 10.0
    while daemon.client.timers():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_timer_that_is_due_while_the_ear_is_down_rings_when_it_is_back(daemon, recovered, how):
    due = set_timer(daemon, 3)
    time.sleep(due - time.monotonic() - 0.3)
    os.kill(daemon.part("ear")["pid"], how)
    fallen = time.monotonic()
    began = daemon.wait_for("sound_started", 30.0)["at"]
    daemon.client.hush()
    struck(daemon)
    assert began > due - 0.2
    recovered(13, f"ear {how.name} as a timer is due: it rings after", began - fallen)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_timer_rings_in_time_without_voice_and_language_model(daemon, recovered, how):
    due = set_timer(daemon, 3)
    for part in ("voice", "thinker", "transcriber"):
        os.kill(daemon.part(part)["pid"], how)
    began = daemon.wait_for("sound_started", 30.0)["at"]
    daemon.client.hush()
    struck(daemon)
    assert began - due < 1.0
    recovered(28, f"all models {how.name}: a timer is late by", began - due)
