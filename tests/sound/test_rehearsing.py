"""A daemon at rest learns its set phrases, once, and leaves off when somebody speaks to it."""

from __future__ import annotations

import threading
import time

import pytest

from roomtone.app.bench.product import cpu_of
from roomtone.app.rehearsal import REST

pytestmark = pytest.mark.sound

LEARNING = 0.4
"""Processor seconds that sixty phrases need at the very least."""


def rested(pid: int, seconds: float, within: float = 60.0) -> float:
    """Wait until a process has done nothing for so long; its processor seconds."""
    end, last, since = time.monotonic() + within, cpu_of(pid), time.monotonic()
    while time.monotonic() - since < seconds:
        assert time.monotonic() < end, "it does not rest"
        threading.Event().wait(0.1)
        if (now := cpu_of(pid)) > last + 0.02:
            last, since = now, time.monotonic()
    return last


def test_a_daemon_at_rest_learns_its_set_phrases_once(daemon) -> None:
    pid = daemon.part("voice")["pid"]
    before = cpu_of(pid)
    learned = rested(pid, REST + 2) - before
    assert learned > LEARNING
    daemon.client.say("Ten minutes, starting now.")
    daemon.wait_for("reply_finished")
    assert rested(pid, REST + 2) - before - learned < 0.2
