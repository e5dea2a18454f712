"""Jobs to a real child process: answers, failures, death, standstill, and giving up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest

from fakes.part import PartSetup
from roomtone.app.parts import Voice
from roomtone.app.policy import POLICIES, ear_policy
from roomtone.app.run import alive
from roomtone.base import life, message
from roomtone.base.child import Child
from roomtone.base.error import OwnerError, PartError
from roomtone.base.falls import MOST, News
from roomtone.base.pulse import Patience

Part = Callable[..., contextlib.AbstractAsyncContextManager[Voice]]


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Part:
    """Runs a voice that is the tests' own part."""
    tests = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([tests, tests + "/../daemon"]))

    @contextlib.asynccontextmanager
    async def run(setup: PartSetup | None = None, **policy) -> AsyncIterator[Voice]:
        kept = msgspec.structs.replace(POLICIES["voice"], **policy)
        monkeypatch.setitem(POLICIES, "voice", kept)
        news: list[News] = []
        voice = Voice("voice", setup or PartSetup(), message.VoiceOut, news.append)
        voice.news = news
        voice.child.module = "fakes.part"
        async with alive(voice.child):
            await voice.child.ready(20)
            yield voice

    return run


async def voiced(voice: Voice, text: str) -> bytes:
    return b"".join([pcm async for pcm, _ in voice.voice(text)])


async def until(true: Callable[[], object], within: float = 20.0) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - seen from outside, as `status` sees it
            await asyncio.sleep(0.01)


def faults(voice: Voice) -> list[tuple[str, str]]:
    return [(one.kind, one.fault) for one in voice.news if one.fault]


def mended(voice: Voice) -> list[str]:
    return [one.kind for one in voice.news if one.recovered_ms is not None]


def test_a_job_brings_its_answers(part: Part) -> None:
    async def use() -> None:
        async with part() as voice:
            assert await voiced(voice, "hello") == b"hello"
            assert voice.child.detail == {"way": "work"}
            assert voice.news == [News(part="voice", up=True)]

    asyncio.run(use())


def test_what_is_to_be_said_goes_before_what_is_rehearsed(part: Part) -> None:
    async def use() -> None:
        async with part() as voice:
            assert await voice.rehearse("set phrase")
            rehearsing = asyncio.create_task(voice.rehearse("long"))
            await asyncio.sleep(0.05)
            async with asyncio.timeout(5):
                assert await voiced(voice, "now") == b"now"
                assert not await rehearsing
            rehearsing = asyncio.create_task(voice.rehearse("long"))
            await asyncio.sleep(0.05)
            rehearsing.cancel()
            async with asyncio.timeout(5):
                assert await voice.rehearse("set phrase")

    asyncio.run(use())


def test_a_failed_job_costs_that_job(part: Part) -> None:
    async def use() -> None:
        async with part() as voice:
            with pytest.raises(PartError, match="RuntimeError"):
                await voiced(voice, "fail")
            assert await voiced(voice, "again") == b"again"

    asyncio.run(use())


@pytest.mark.parametrize(
    ("way", "fault", "within"),
    [
        ("die", ("part_died", "killed by SIGKILL"), 2.0),
        ("stop", ("part_hung", "was stopped"), 4.0),
        ("hang", ("part_hung", "stands still in its work"), 4.0),
        ("spin", ("part_hung", "does not come to an end"), 5.0),
    ],
)
def test_a_part_that_falls_in_its_work_costs_that_job_and_comes_back(
    part: Part, way: str, fault: tuple[str, str], within: float
) -> None:
    falls = 2 if way in {"die", "stop"} else 1  # a job that ends soon is tried once more

    async def use() -> None:
        async with part(patience=Patience(silent=1.8, working=3.0)) as voice:
            began = time.monotonic()
            with pytest.raises(PartError, match="went away"):
                await voiced(voice, way)
            assert time.monotonic() - began < within
            assert await voiced(voice, "back") == b"back"
            assert voice.child.restarts == falls
            assert faults(voice) == [fault] * falls
            assert mended(voice) == [fault[0]] * falls

    asyncio.run(use())


def test_a_part_that_falls_by_chance_costs_nothing_but_time(part: Part, tmp_path: Path) -> None:
    deadly = tmp_path / "deadly"
    deadly.write_bytes(b"")

    async def use() -> None:
        async with part() as voice:
            assert await voiced(voice, str(deadly)) == str(deadly).encode()
            assert voice.child.restarts == 1

    asyncio.run(use())


@pytest.mark.parametrize(("number", "kind"), [("SIGSTOP", "part_hung"), ("SIGSEGV", "part_died")])
def test_a_part_that_falls_while_it_waits_comes_back(part: Part, number: str, kind: str) -> None:
    async def use() -> None:
        async with part() as voice:
            os.kill(voice.child.pid, signal.Signals[number])
            await until(lambda: mended(voice) == [kind])
            assert await voiced(voice, "back") == b"back"

    asyncio.run(use())


def test_an_idle_part_beats_and_is_left_alone(part: Part) -> None:
    async def use() -> None:
        async with part(patience=Patience(silent=1.5)) as voice:
            await asyncio.sleep(4)
            assert voice.child.beat_age() < 1.5
            assert voice.child.restarts == 0

    asyncio.run(use())


def test_a_part_whose_reader_is_slow_is_not_blamed(part: Part) -> None:
    async def use() -> None:
        async with part(patience=Patience(silent=1.0, working=1.5)) as voice:
            pieces = voice.voice("endless")
            await anext(pieces)
            await asyncio.sleep(3)
            await pieces.aclose()
            assert await voiced(voice, "next") == b"next"
            assert voice.child.restarts == 0

    asyncio.run(use())


def test_a_part_that_falls_at_every_start_is_degraded_and_told_once(part: Part) -> None:
    async def use() -> None:
        with pytest.raises(PartError, match="falls whenever"):
            async with part(PartSetup(way="crash"), retry=0.2):
                pass

    asyncio.run(use())


def test_a_degraded_part_comes_back_by_itself(part: Part) -> None:
    async def use() -> None:
        async with part(retry=0.3) as voice:
            for _ in range(MOST):
                await until(lambda: voice.child.up)
                os.kill(voice.child.pid, signal.SIGKILL)
                await until(lambda: not voice.child.up)
            await until(lambda: voice.child.degraded)
            assert [kind for kind, _ in faults(voice)] == ["part_died"] * MOST + ["part_failing"]
            await until(lambda: voice.child.up)
            assert not voice.child.degraded
            assert mended(voice)[-2:] == ["part_died", "part_failing"]

    asyncio.run(use())


def test_a_job_that_is_left_is_given_up(part: Part) -> None:
    async def use() -> None:
        async with part() as voice:
            pieces = voice.voice("endless")
            await anext(pieces)
            await pieces.aclose()
            assert await voiced(voice, "next") == b"next"

    asyncio.run(use())


def test_a_part_that_cannot_start_says_what_to_do(part: Part) -> None:
    async def use() -> None:
        with pytest.raises(OwnerError, match="pull it"):
            async with part(PartSetup(way="advise")):
                pass

    asyncio.run(use())


def test_a_model_that_is_mended_brings_its_part_back_without_anybody(
    part: Part, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    model.write_bytes(b"")

    async def use() -> None:
        async with part(PartSetup(model=str(model)), retry=0.3) as voice:
            model.unlink()
            os.kill(voice.child.pid, signal.SIGKILL)
            await until(lambda: voice.child.degraded)
            assert voice.child.advice == "the model is missing; pull it"
            with pytest.raises(PartError, match="pull it"):
                await voiced(voice, "hello")
            await asyncio.sleep(1)
            assert faults(voice)[1:] == [("model_bad", "the model is missing; pull it")]
            model.write_bytes(b"")
            await until(lambda: voice.child.up)
            assert mended(voice) == ["part_died", "model_bad"]
            assert await voiced(voice, "hello") == b"hello"

    asyncio.run(use())


def test_a_part_that_has_grown_is_replaced_while_it_rests(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "WEIGHING", 0.3)
    monkeypatch.setattr(life, "REST", 0.6)

    async def use() -> None:
        async with part() as voice:
            await until(lambda: voice.child._life._first_memory)
            first = voice.child.pid
            assert await voiced(voice, "grow") == b"grow"
            await until(lambda: voice.child.up and voice.child.pid != first)
            assert voice.child.restarts == 0
            assert await voiced(voice, "fresh") == b"fresh"
            assert faults(voice) == []
            await until(lambda: 0 < voice.child.memory < 100_000_000)

    asyncio.run(use())


def test_a_part_that_is_renewed_starts_at_once_with_what_counts_now(part: Part) -> None:
    async def use() -> None:
        async with part() as voice:
            first, setup = voice.child.pid, voice.child._setup
            voice.child._setup = lambda: setup
            await voice.child.renew(20)
            assert voice.child.pid != first
            assert await voiced(voice, "hello") == b"hello"
            assert (voice.child.restarts, faults(voice)) == (0, [])

    asyncio.run(use())


def test_a_part_stands_behind_the_core_and_dumps_nothing(part: Part) -> None:
    async def use() -> None:
        async with part() as voice:
            process = Path(f"/proc/{voice.child.pid}")
            nice = os.getpriority(os.PRIO_PROCESS, voice.child.pid)
            behind = POLICIES["voice"].rank.nice
            assert behind > POLICIES["ear"].rank.nice
            assert nice == min(19, os.getpriority(os.PRIO_PROCESS, 0) + behind)
            assert process.joinpath("oom_score_adj").read_text() == "500\n"
            limits = process.joinpath("limits").read_text()
            assert "Max core file size        0                    0" in limits
            assert b"MALLOC_ARENA_MAX=2" in process.joinpath("environ").read_bytes()

    asyncio.run(use())


def test_what_was_said_is_read_before_anything_is_made_of_it() -> None:
    order = sorted(POLICIES, key=lambda part: POLICIES[part].rank.nice)
    assert order == ["ear", "transcriber", "voice", "thinker"]


def test_a_request_to_a_part_that_is_away_is_refused() -> None:
    child: Child[object] = Child("voice", PartSetup(), message.VoiceOut, None)
    with pytest.raises(PartError, match="not running"):
        asyncio.run(child.send(message.Speak(job=1, text="x")))


def test_an_ear_that_waits_for_its_recording_is_not_expected_to_tick() -> None:
    assert ear_policy(on_grants=False).patience.silent < 2
    assert ear_policy(on_grants=True).patience.silent > 1e9
