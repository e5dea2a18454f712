"""Set phrases are rehearsed while the house rests, and whatever happens goes first."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from types import SimpleNamespace

from fakes.virtual import VirtualLoop
from roomtone.app.rehearsal import BREATH, REST, Rehearsal
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.error import PartError

PHRASES = ("one", "two", "three")


class Voice:
    """Takes a second for each phrase."""

    def __init__(self) -> None:
        self.child = SimpleNamespace(pid=1)
        self.begun: list[str] = []
        self.kept: list[str] = []
        self.broken = self.full = False

    async def rehearse(self, phrase: str) -> bool:
        self.begun.append(phrase)
        await asyncio.sleep(1.0)
        if self.broken:
            raise PartError("voice", "went away")
        if not self.full:
            self.kept.append(phrase)
        return not self.full


class House:
    def __init__(self) -> None:
        self.voice, self.bulletin, self.asleep = Voice(), Bulletin(), True
        self.rehearsal = Rehearsal(
            self.voice,  # type: ignore[arg-type]
            lambda: PHRASES,
            self.bulletin,
            lambda: self.asleep,
        )

    def happens(self) -> None:
        self.bulletin.publish(event.NothingHeard(t=0.0, turn=1))


@contextlib.asynccontextmanager
async def rehearsing() -> AsyncIterator[House]:
    house = House()
    task = asyncio.create_task(house.rehearsal.run())
    try:
        yield house
    finally:
        task.cancel()
        await asyncio.wait([task])


async def thread(work):
    return work()


def play(scene, monkeypatch) -> None:
    monkeypatch.setattr(asyncio, "to_thread", thread)

    async def run() -> None:
        async with rehearsing() as house:
            await scene(house)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def test_all_are_rehearsed_in_a_house_at_rest_and_then_nothing_more(monkeypatch) -> None:
    async def scene(house: House) -> None:
        await asyncio.sleep(REST - 0.1)
        assert house.voice.begun == []
        await asyncio.sleep(3 * (1 + BREATH) + 1)
        assert house.voice.kept == list(PHRASES)
        house.happens()
        await asyncio.sleep(60)
        assert house.voice.begun == list(PHRASES)

    play(scene, monkeypatch)


def test_whatever_happens_ends_it_and_it_goes_on_where_it_was(monkeypatch) -> None:
    async def scene(house: House) -> None:
        await asyncio.sleep(REST + 1 + BREATH + 0.5)
        assert house.voice.begun == ["one", "two"]
        house.happens()
        await asyncio.sleep(REST - 0.1)
        assert house.voice.kept == ["one"]
        house.asleep = False
        await asyncio.sleep(60)
        assert house.voice.kept == ["one"]
        house.asleep = True
        house.happens()
        await asyncio.sleep(REST + 5)
        assert house.voice.kept == list(PHRASES)

    play(scene, monkeypatch)


def test_a_voice_that_was_started_again_learns_them_again(monkeypatch) -> None:
    async def scene(house: House) -> None:
        await asyncio.sleep(REST + 10)
        house.voice.child.pid = 2
        house.happens()
        await asyncio.sleep(REST + 10)
        assert house.voice.kept == [*PHRASES, *PHRASES]

    play(scene, monkeypatch)


def test_a_voice_that_is_away_or_full_is_left_alone(monkeypatch) -> None:
    async def scene(house: House) -> None:
        house.voice.broken = True
        await asyncio.sleep(REST + 10)
        assert house.voice.begun == ["one"]
        house.voice.broken, house.voice.full = False, True
        house.happens()
        await asyncio.sleep(REST + 10)
        assert house.voice.begun == ["one", "one"]
        assert house.voice.kept == []

    play(scene, monkeypatch)
