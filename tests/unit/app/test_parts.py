"""Jobs to a real child process: answers, failures, death and giving up."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from fakes.part import PartSetup
from roomtone.app.parts import News, Voice
from roomtone.app.run import alive
from roomtone.base import message
from roomtone.base.child import Child
from roomtone.base.error import OwnerError, PartError


@contextlib.asynccontextmanager
async def part(monkeypatch: pytest.MonkeyPatch, news: list[News], way: str = "work"):
    tests = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([tests, tests + "/../daemon"]))
    voice = Voice("voice", PartSetup(way=way), message.VoiceOut, news.append)
    voice.child._module = "fakes.part"
    async with alive(voice.child):
        await voice.child.ready(20)
        yield voice


async def up_again(voice: Voice) -> None:
    while not voice.child.up:  # noqa: ASYNC110 - seen from outside, as `status` sees it
        await asyncio.sleep(0.01)


async def voiced(voice: Voice, text: str) -> bytes:
    return b"".join([pcm async for pcm, _ in voice.voice(text)])


def test_a_job_brings_its_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use() -> None:
        news: list[News] = []
        async with part(monkeypatch, news) as voice:
            assert await voiced(voice, "hello") == b"hello"
            assert voice.child.detail == {"way": "work"}
            assert news == [News(part="voice", up=True, action="restart")]

    asyncio.run(use())


def test_a_failed_job_costs_that_job(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use() -> None:
        async with part(monkeypatch, []) as voice:
            with pytest.raises(PartError, match="RuntimeError"):
                await voiced(voice, "fail")
            assert await voiced(voice, "again") == b"again"

    asyncio.run(use())


def test_a_dead_part_is_told_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use() -> None:
        news: list[News] = []
        async with part(monkeypatch, news) as voice:
            with pytest.raises(PartError, match="went away"):
                await voiced(voice, "die")
            await voice.child.ready(20)
            await up_again(voice)
            assert await voiced(voice, "back") == b"back"
            assert voice.child.restarts == 1
            assert [one.fault for one in news if not one.up] == ["killed by SIGKILL"]

    asyncio.run(use())


def test_a_job_that_is_left_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use() -> None:
        async with part(monkeypatch, []) as voice:
            pieces = voice.voice("endless")
            await anext(pieces)
            await pieces.aclose()
            assert await voiced(voice, "next") == b"next"

    asyncio.run(use())


def test_a_part_that_cannot_start_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use() -> None:
        with pytest.raises(OwnerError, match="pull it"):
            async with part(monkeypatch, [], way="advise"):
                pass

    asyncio.run(use())


def test_a_request_to_a_part_that_is_away_is_refused() -> None:
    child: Child[object] = Child("voice", "fakes.part", PartSetup(), message.VoiceOut, None)
    with pytest.raises(PartError, match="not running"):
        asyncio.run(child.send(message.Speak(job=1, text="x")))
