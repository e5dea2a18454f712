"""What was reported as a false alarm is remembered, told to the ear, and forgotten by order."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.app.choices import WAKES
from roomtone.app.learning import MOST_ALARMS, MOST_VOICES, Learning, learnt
from roomtone.base import message
from roomtone.base.error import OwnerError


class Memory:
    """Choices, and nothing else."""

    def __init__(self) -> None:
        self.guest = False
        self.choices: dict[str, str] = {}
        self.store = self
        self.swept: list[str] = []
        """What was kept each time that nothing of before was to be left."""

    def chosen(self, name: str) -> str:
        return self.choices.get(name, "")

    async def choose(self, name: str, value: str) -> None:
        self.choices[name] = value

    async def forget_replaced(self) -> None:
        self.swept.append(self.choices[WAKES])


class Ear:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[message.EarIn] = []

    async def send(self, request: message.EarIn) -> None:
        self.told.append(request)


def wake(t: float, trace: bytes = b"ab") -> message.WakeDetected:
    return message.WakeDetected(
        t=t, phrase="hey_jarvis", score=0.6, segment=1, began=t - 1, trace=trace
    )


def ended(kind: message.Kind) -> message.SpeechEnd:
    return message.SpeechEnd(
        t=9.0, segment=1, kind=kind, silence_ms=300, turn_probability=0.9, voiced_ms=900
    )


TICK = message.Tick(t=9.0, level_db=-60.0, queued=0.0, captured=1.0, lost=0.0, microphone="open")


@pytest.fixture
def home() -> tuple[Memory, Ear, Learning]:
    memory, ear = Memory(), Ear()
    return memory, ear, Learning(memory, ear)  # type: ignore[arg-type]


def traces(memory: Memory) -> list[bytes]:
    return [alarm.trace for alarm in learnt(memory.chosen(WAKES)).alarms]


def test_the_last_wake_is_remembered_once(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        learning.overhear(wake(1.0))
        await learning.report()
        await learning.report()

    asyncio.run(play())
    assert traces(memory) == [b"ab"]


def test_said_with_a_wake_word_it_means_the_wake_before(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        for said in (wake(1.0, b"no"), ended("wake"), wake(5.0, b"me"), ended("wake")):
            learning.overhear(said)
        await learning.take_back()

    asyncio.run(play())
    assert traces(memory) == [b"no"]


def test_said_without_one_it_means_the_last(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        for said in (wake(1.0, b"no"), ended("wake"), ended("follow_up")):
            learning.overhear(said)
        await learning.take_back()

    asyncio.run(play())
    assert traces(memory) == [b"no"]


def test_the_ear_is_told_with_its_next_tick_also_when_all_is_forgotten(home) -> None:
    memory, ear, learning = home

    async def play() -> None:
        learning.overhear(wake(1.0))
        await learning.report()
        for _ in range(2):
            learning.overhear(TICK)
            await asyncio.sleep(0)
        memory.choices[WAKES] = ""
        learning.overhear(TICK)
        await asyncio.sleep(0)

    asyncio.run(play())
    assert [len(told.alarms) for told in ear.told] == [1, 0]


def test_the_oldest_gives_way(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        for number in range(MOST_ALARMS + 3):
            learning.overhear(wake(float(number), bytes([number])))
            await learning.report()

    asyncio.run(play())
    assert traces(memory)[0] == bytes([3])
    assert len(traces(memory)) == MOST_ALARMS


def test_while_guests_are_here_nothing_is_remembered(home) -> None:
    memory, _, learning = home
    memory.guest = True
    learning.overhear(wake(1.0))
    asyncio.run(learning.report())
    assert not memory.choices


def voice(name: str, word: str = "hey_jarvis") -> message.KnownVoice:
    return message.KnownVoice(word=word, name=name, weights=b"1234", bias=0.5)


def test_a_voice_is_known_once_and_forgotten_by_its_name(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        for one in (voice("Ada"), voice("Bob"), voice("ada"), voice("Ada", "alexa")):
            await learning.enroll(one)
        learning.overhear(wake(1.0))
        await learning.report()
        assert [one.name for one in learning.learnt.voices] == ["Bob", "ada", "Ada"]
        assert await learning.forget("ADA") == 2
        assert [one.name for one in learning.learnt.voices] == ["Bob"]
        assert await learning.forget("nobody") == 0
        assert len(memory.swept) == 1
        assert await learning.forget(None) == 2

    asyncio.run(play())
    assert memory.swept[1] == memory.chosen(WAKES) == ""


def test_who_may_be_enrolled_has_limits(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        for number in range(MOST_VOICES):
            await learning.enroll(voice(f"voice {number}"))
        with pytest.raises(OwnerError, match="wake forget"):
            await learning.enroll(voice("one more"))
        memory.guest = True
        with pytest.raises(OwnerError, match="guest off"):
            await learning.enroll(voice("voice 1"))

    asyncio.run(play())


def test_what_is_forgotten_cannot_be_reported_any_more(home) -> None:
    memory, _, learning = home

    async def play() -> None:
        learning.overhear(wake(1.0))
        learning.forgotten()
        assert not await learning.report()
        learning.overhear(wake(2.0))
        assert await learning.report()

    asyncio.run(play())
    assert len(traces(memory)) == 1


def test_what_cannot_be_read_is_nothing() -> None:
    assert learnt("no base64 of ours") == message.Learnt()
    assert learnt("") == message.Learnt()
