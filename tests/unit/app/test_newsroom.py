"""Faults are published, and the ear is put right when it comes back."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

from roomtone.app.newsroom import Newsroom
from roomtone.base import event, message
from roomtone.base.bulletin import Bulletin
from roomtone.base.falls import News


class Conductor:
    def __init__(self) -> None:
        self.lost = 0
        self.sent: list[object] = []
        self.ear = self
        self.microphone = "missing"
        self.t = 0.0
        self.ticked = asyncio.Event()

    async def ear_lost(self) -> None:
        self.lost += 1

    async def ear_back(self) -> None:
        self.sent.append("back")

    async def tick(self) -> None:
        await self.ticked.wait()
        self.t += 0.3
        await asyncio.sleep(0)

    async def send(self, request: object) -> None:
        self.sent.append(request)


def test_a_fault_is_an_event() -> None:
    bulletin, told = Bulletin(), []
    bulletin.listen(told.append)
    room = Newsroom(bulletin, SimpleNamespace(volume=1.0, muted=False))
    segv = {"fault": "killed by SIGSEGV", "kind": "part_died"}
    room.tell(News(part="voice", up=False, action="restart", **segv))
    assert [fault.kind for fault in room.faults.active()] == ["part_died"]
    room.tell(News(part="voice", up=True))
    room.tell(News(part="voice", up=True, kind="part_died", recovered_ms=612))
    assert told == [
        event.Fault(part="voice", action="restart", **segv),
        event.Fault(part="voice", action="none", recovered_ms=612, **segv),
    ]
    assert room.faults.active() == []


def test_an_ear_that_comes_back_gets_its_volume_and_its_mute() -> None:
    async def fall_and_rise() -> None:
        room = Newsroom(Bulletin(), SimpleNamespace(volume=0.3, muted=True))
        room.conductor = Conductor()
        room.tell(News(part="ear", up=True))
        assert room.conductor.sent == []
        room.tell(News(part="ear", up=False, fault="killed by SIGKILL"))
        room.tell(News(part="ear", up=True))
        await asyncio.sleep(0)
        assert room.conductor.lost == 1
        assert room.conductor.sent == [
            message.Volume(level=0.3),
            message.Microphone(open=False),
            "back",
        ]

    asyncio.run(fall_and_rise())


def test_what_only_the_last_ear_complained_of_is_over_when_the_next_one_hears() -> None:
    async def fall_and_rise() -> None:
        room = Newsroom(Bulletin(), SimpleNamespace(volume=1.0, muted=False))
        room.conductor = Conductor()
        lost = {"part": "ear", "up": True, "action": "waiting for it"}
        room.tell(News(fault="the microphone is gone", kind="microphone_lost", **lost))
        room.tell(News(fault="the sound server hangs", kind="sound_server_hung", **lost))
        room.tell(News(part="ear", up=False, fault="stands still", kind="part_hung"))
        room.tell(News(part="ear", up=True))
        room.tell(News(part="ear", up=True, kind="part_hung", recovered_ms=900))
        await asyncio.sleep(0.05)
        room.tell(News(fault="the microphone is gone", kind="microphone_lost", **lost))
        assert [fault.kind for fault in room.faults.active()] == [
            "microphone_lost",
            "sound_server_hung",
        ]
        room.conductor.microphone = "open"
        room.conductor.ticked.set()
        await asyncio.sleep(0.05)
        assert [fault.kind for fault in room.faults.active()] == ["microphone_lost"]

    asyncio.run(fall_and_rise())


def test_what_the_next_ear_complains_of_in_its_first_breath_lasts() -> None:
    async def fall_and_rise() -> None:
        room = Newsroom(Bulletin(), SimpleNamespace(volume=1.0, muted=False))
        room.conductor = Conductor()
        room.conductor.microphone = "open"
        room.tell(News(part="ear", up=False, fault="stands still", kind="part_hung"))
        room.tell(News(part="ear", up=True))
        room.tell(News(part="ear", up=True, fault="no loudspeaker", kind="loudspeaker_lost"))
        await asyncio.sleep(0.05)
        assert room.faults.find("ear", "loudspeaker_lost")

    asyncio.run(fall_and_rise())


def test_without_a_microphone_what_the_last_ear_complained_of_is_over_after_a_while() -> None:
    async def fall_and_rise() -> None:
        room = Newsroom(Bulletin(), SimpleNamespace(volume=1.0, muted=False))
        room.conductor = Conductor()
        room.tell(News(part="ear", up=True, fault="it hangs", kind="sound_server_hung"))
        room.tell(News(part="ear", up=False, fault="killed by SIGKILL"))
        room.tell(News(part="ear", up=True))
        room.tell(News(part="ear", up=True, fault="there is none", kind="microphone_missing"))
        await asyncio.sleep(0.05)
        assert room.faults.find("ear", "sound_server_hung")
        room.conductor.ticked.set()
        await asyncio.sleep(0.05)
        assert [fault.kind for fault in room.faults.active()] == ["microphone_missing"]

    asyncio.run(fall_and_rise())


def test_a_mute_that_is_found_late_closes_the_ear() -> None:
    class Open(Conductor):
        muted = False

        async def mute(self, *, on: bool) -> None:
            self.muted = on

    async def find() -> None:
        room = Newsroom(Bulletin(), SimpleNamespace(volume=0.3, muted=True))
        room.conductor = Open()
        room.chosen()
        await asyncio.sleep(0)
        assert room.conductor.muted
        assert room.conductor.sent == [message.Volume(level=0.3)]

    asyncio.run(find())


def test_a_provider_that_refuses_is_told_once_and_when_it_answers_again() -> None:
    bulletin, told = Bulletin(), []
    bulletin.listen(told.append)
    room = Newsroom(bulletin, SimpleNamespace(volume=1.0, muted=False))
    for outcome in ("answered", "refused", "refused", "slow", "answered", "answered"):
        room.came_of(outcome)
    assert [(one.kind, one.recovered_ms is None) for one in told] == [
        ("cloud_refused", True),
        ("cloud_refused", False),
    ]
    assert room.faults.active() == []


def test_how_late_an_echo_is_is_kept_when_it_has_moved() -> None:
    kept: list[tuple[str, str]] = []

    async def choose(name: str, value: str) -> None:
        kept.append((name, value))

    async def find() -> None:
        room = Newsroom(Bulletin(), SimpleNamespace(echo_delay=0.0, choose=choose))
        for delay in (0.081, 0.084, 0.079, 0.12):
            room.echo_found(delay)
            await asyncio.sleep(0)
        assert kept == [("echo_delay", "0.081"), ("echo_delay", "0.12")]

    asyncio.run(find())
