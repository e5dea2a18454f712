"""Who gives way, and what is known of memory."""

from __future__ import annotations

import mmap
import os
import subprocess
from pathlib import Path

import pytest

from roomtone.base import rank


@pytest.fixture
def sleeper():
    process = subprocess.Popen(["sleep", "60"])
    yield process.pid
    process.kill()
    process.wait()


def test_a_process_is_put_behind_the_one_that_started_it(sleeper: int) -> None:
    place = rank.Rank(nice=9, oom=700)
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    rank.give(sleeper, place)
    assert os.getpriority(os.PRIO_PROCESS, sleeper) == min(19, mine + rank.STARTING)
    rank.settle(sleeper, place)
    assert os.getpriority(os.PRIO_PROCESS, sleeper) == min(19, mine + 9)
    assert Path(f"/proc/{sleeper}/oom_score_adj").read_text() == "700\n"


def test_a_process_that_has_gone_is_no_trouble() -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    rank.give(process.pid, rank.Rank(nice=3, oom=700))
    rank.settle(process.pid, rank.Rank(nice=3))
    assert rank.memory(process.pid) == 0


def test_memory_is_what_a_process_holds_itself() -> None:
    with mmap.mmap(-1, 50_000_000, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as held:
        before = rank.memory(os.getpid())
        held.write(b"x" * len(held))
        assert rank.memory(os.getpid()) - before > 40_000_000


def test_kills_are_counted_in_the_own_group_else_on_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, vmstat = tmp_path / "cgroup", tmp_path / "vmstat"
    monkeypatch.setattr(rank, "_OWN_CGROUP", own)
    monkeypatch.setattr(rank, "_CGROUPS", tmp_path)
    monkeypatch.setattr(rank, "_VMSTAT", vmstat)
    assert rank.oom_kills() == 0
    vmstat.write_text("nr_free_pages 7\noom_kill 5\n")
    assert rank.oom_kills() == 5
    own.write_text("0::/system.slice/roomtone.service\n")
    assert rank.oom_kills() == 5
    events = tmp_path / "system.slice" / "roomtone.service" / "memory.events"
    events.parent.mkdir(parents=True)
    events.write_text("low 0\noom 3\noom_kill 2\noom_group_kill 0\n")
    assert rank.oom_kills() == 2
