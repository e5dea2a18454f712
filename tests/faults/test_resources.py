"""Too little memory, too little processor time, and nothing that leaks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from fakes.part import PartSetup
from faults.house import House
from roomtone.app.parts import Voice
from roomtone.app.run import alive
from roomtone.base import falls, message
from roomtone.base.error import PartError
from roomtone.base.falls import News

pytestmark = pytest.mark.fault

TESTS = Path(__file__).resolve().parents[1]
GROUPS = (
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
    (Path("/sys/fs/cgroup"), "memory.max"),
)
"""Where a control group for memory can be made, in either version, and the name of its limit."""

SETTLED = 0.5
"""Seconds until what a part that fell held is closed."""


@pytest.fixture
def group() -> Iterator[Path]:
    """A control group whose processes may hold 100 MB."""
    made = None
    for place, limit in GROUPS:
        with contextlib.suppress(OSError):
            made = place / f"roomtone-test-{os.getpid()}"
            made.mkdir()
            (made / limit).write_text("100000000")
            break
        with contextlib.suppress(OSError):
            made.rmdir()
        made = None
    if made is None:
        pytest.skip("making a control group for memory needs root and a writable /sys/fs/cgroup")
    yield made
    end = time.monotonic() + 5
    while (made / "cgroup.procs").read_text():
        assert time.monotonic() < end
        threading.Event().wait(0.05)
    made.rmdir()


@pytest.fixture
def voices(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., contextlib.AbstractAsyncContextManager]:
    """Runs voices that are the tests' own part, with their news."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), str(TESTS.parent / "daemon")]))

    @contextlib.asynccontextmanager
    async def run(count: int = 1) -> AsyncIterator[tuple[list[Voice], list[News]]]:
        news: list[News] = []
        made = [Voice("voice", PartSetup(), message.VoiceOut, news.append) for _ in range(count)]
        for voice in made:
            voice.child.module = "fakes.part"
        async with alive(*(voice.child for voice in made)):
            for voice in made:
                await voice.child.ready(20)
            yield made, news

    return run


async def until(true: Callable[[], object], within: float = 20.0) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.01)


def test_a_part_that_is_killed_for_its_memory_is_told_as_such_and_comes_back(
    voices, group, recovered
):
    async def use() -> None:
        async with voices() as ((voice,), news):
            (group / "cgroup.procs").write_text(str(voice.child.pid))
            with contextlib.suppress(PartError):  # the next process may do it instead
                [piece async for piece in voice.voice("grow")]
            await until(lambda: voice.child.up)
            told = [(one.kind, one.fault) for one in news if one.fault]
            assert told == [("memory_short", "was killed for want of memory")]
            took = next(one.recovered_ms for one in news if one.recovered_ms is not None)
            recovered(29, "a part killed for its memory", took / 1000)
            assert [pcm async for pcm, _ in voice.voice("back")] == [b"back"]

    asyncio.run(use())


def test_two_hundred_falls_leave_no_descriptor_and_no_thread_behind(voices, monkeypatch):
    monkeypatch.setattr(falls, "BACKOFF", (0.0,))

    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    async def fall(voice: Voice, times: int) -> None:
        for _ in range(times):
            await until(lambda: voice.child.up)
            os.kill(voice.child.pid, signal.SIGKILL)
            await until(lambda: not voice.child.up)
        await until(lambda: voice.child.up)

    async def use() -> None:
        async with voices(4) as (made, _news):
            await asyncio.gather(*(fall(voice, 2) for voice in made))
            await asyncio.sleep(SETTLED)
            before = held()
            await asyncio.gather(*(fall(voice, 50) for voice in made))
            await asyncio.sleep(SETTLED)
            assert held() == before
            assert sum(voice.child.restarts for voice in made) >= 200

    asyncio.run(use())


def test_another_program_that_takes_the_processor_does_not_make_it_deaf(tmp_path, voice, recovered):
    house = House(tmp_path, voice)
    burners = []
    try:
        house.answers()
        lost = house.daemon.client.status()["health"]["lost_s"]
        burn = ["sh", "-c", "while :; do :; done"]
        burners = [subprocess.Popen(burn) for _ in range(2 * (os.cpu_count() or 1))]
        house.heard_out()
        house.begin("Hey Jarvis, what time is it?")
        house.heard_out()
        asked = time.monotonic()
        took = house.answers(within=25) - asked
        recovered(70, "asked and answered beside two busy programs for each core", took)
        assert house.daemon.client.status()["health"]["lost_s"] - lost < 0.5
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
        house.close()
