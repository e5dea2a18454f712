"""What a process costs, read from outside."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from roomtone.app.bench.processes import cost, reading

SLEEPS = "import time\nprint(flush=True)\nwhile True: time.sleep(0.02)"
BURNS = "print(flush=True)\nwhile True: pass"


@pytest.fixture
def start() -> Iterator[object]:
    running = []

    def begin(words: str) -> int:
        process = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE)
        running.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process.pid

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def test_a_sleeper_wakes_as_often_as_it_says_and_costs_little(start):
    pid = start(SLEEPS)
    before, began = reading(pid), time.monotonic()
    time.sleep(0.6)
    found = cost(pid, before, time.monotonic() - began)
    assert 20 < found.wakeups < 60
    assert found.cpu < 30
    assert 1 < found.memory < 60


def test_a_busy_process_costs_a_share_of_a_core(start):
    pid = start(BURNS)
    before = reading(pid)
    time.sleep(0.5)
    assert cost(pid, before, 0.5).cpu > 10


def test_a_process_that_is_gone_costs_nothing():
    assert reading(2**22 + 1).wakeups == {}
