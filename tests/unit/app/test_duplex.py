"""The account the core keeps of what is being played."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app import duplex
from roomtone.app.duplex import QUEUED_AHEAD, Duplex
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.falls import News


class Ear(Duplex):
    """A duplex whose child only remembers what it was sent."""

    def __init__(self) -> None:
        self.news: list[News] = []
        super().__init__(message.Hush(), self.news.append)
        self.sent: list[object] = []
        self.child._up.set()
        self.child.send = self._remember

    async def _remember(self, request: object) -> None:
        self.sent.append(request)


def test_the_end_of_a_sound_tells_how_much_was_heard() -> None:
    async def play() -> None:
        ear = Ear()
        await ear.play(1, bytes(32000), 16000)
        finishing = asyncio.create_task(ear.finish(1))
        await asyncio.sleep(0)
        await ear._heard(message.SoundEnded(t=1.0, turn=1, played=1.0))
        assert await finishing == 1.0

    asyncio.run(play())


def test_the_voice_waits_while_much_is_queued() -> None:
    async def play() -> None:
        ear = Ear()
        await ear.play(1, bytes(int(32000 * QUEUED_AHEAD)), 16000)
        waiting = asyncio.create_task(ear.play(1, bytes(32000), 16000))
        await asyncio.sleep(0)
        await ear._heard(message.Tick(t=0.1, level_db=-60, queued=QUEUED_AHEAD))
        await asyncio.sleep(0)
        assert not waiting.done()
        await ear._heard(message.Tick(t=0.2, level_db=-60, queued=QUEUED_AHEAD - 1))
        await waiting
        assert len(ear.sent) == 2

    asyncio.run(play())


def test_a_hushed_sound_tells_what_was_heard_of_it() -> None:
    async def play() -> None:
        ear = Ear()
        await ear.play(1, bytes(64000), 16000)
        await ear._heard(message.Tick(t=0.5, level_db=-60, queued=1.5))
        assert await ear.hush(1) == 0.5
        assert ear.sent[-1] == message.Hush()
        assert await ear.hush(7) == 0.0

    asyncio.run(play())


def test_when_the_ear_dies_nobody_waits_for_it() -> None:
    async def play() -> None:
        ear = Ear()
        await ear.play(1, bytes(32000), 16000)
        finishing = asyncio.create_task(ear.finish(1))
        await asyncio.sleep(0)
        ear._changed(News(part="ear", up=False, fault="killed by SIGKILL"))
        with pytest.raises(PartError, match="went away"):
            await finishing
        assert ear.news[-1].fault == "killed by SIGKILL"

    asyncio.run(play())


def test_a_complaint_becomes_news_and_reaches_the_listener() -> None:
    async def play() -> None:
        ear, heard = Ear(), []

        async def listener(said: object) -> None:
            heard.append(said)

        ear.tell(listener)
        complaint = message.Complaint(fault="no sound", action="reopen")
        await ear._heard(complaint)
        assert heard == [complaint]
        assert (ear.news[0].up, ear.news[0].fault) == (True, "no sound")

    asyncio.run(play())


def test_an_ear_that_plays_nothing_any_more_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(duplex, "EAR_PATIENCE", 0.01)

    async def play() -> None:
        ear = Ear()
        await ear.play(1, bytes(int(32000 * QUEUED_AHEAD)), 16000)
        with pytest.raises(PartError, match="plays nothing"):
            await ear.play(1, bytes(32000), 16000)
        with pytest.raises(PartError, match="plays nothing"):
            await ear.finish(1)

    asyncio.run(play())


def test_when_the_ear_falls_the_voice_does_not_wait_for_a_place_in_its_queue() -> None:
    async def play() -> None:
        ear = Ear()
        await ear.play(1, bytes(int(32000 * QUEUED_AHEAD)), 16000)
        waiting = asyncio.create_task(ear.play(1, bytes(32000), 16000))
        await asyncio.sleep(0)
        ear.child._up.clear()
        ear._changed(News(part="ear", up=False, fault="killed by SIGKILL"))
        async with asyncio.timeout(1):
            await waiting

    asyncio.run(play())


def test_an_ear_that_aborts_before_it_is_ready_says_what_to_look_at() -> None:
    async def fall() -> None:
        ear = Ear()
        abort = News(part="ear", up=False, fault="killed by SIGABRT", kind="part_died")
        ear._changed(abort)
        assert "/etc/asound.conf" in ear.news[-1].fault
        ear._changed(News(part="ear", up=True))
        ear._changed(abort)
        assert ear.news[-1] == abort

    asyncio.run(fall())


def test_what_the_ear_says_of_an_echo_is_handed_on() -> None:
    async def listen() -> None:
        ear, found = Ear(), []
        ear.echo_found = found.append
        await ear._heard(message.Tick(t=0.1, level_db=-60, queued=0.0))
        assert (ear.erle_db, found) == (None, [])
        tick = message.Tick(t=0.2, level_db=-60, queued=0.0, erle_db=24.0, echo_delay=0.08)
        await ear._heard(tick)
        assert (ear.erle_db, found) == (24.0, [0.08])
        ear._changed(News(part="ear", up=False, fault="killed by SIGKILL"))
        assert ear.erle_db is None

    asyncio.run(listen())
