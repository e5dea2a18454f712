"""The stage: the real rules, skills and conductor, with doubles for everything that makes sound."""

from __future__ import annotations

import asyncio

from fakes.ear import FakeEar
from fakes.mind import FakeMemory, FakeThinker, FakeTranscriber, FakeVoice
from roomtone.app.alarm import Alarm
from roomtone.app.answerer import Answerer
from roomtone.app.choosing import Choosing
from roomtone.app.conductor import Conductor
from roomtone.app.listening import Understanding
from roomtone.app.writing import Writing
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import StreamClock
from roomtone.base.event import Event
from roomtone.recognize.settings import HearingSettings
from roomtone.respond.route import Router
from roomtone.respond.settings import AnswerSettings
from roomtone.turn.state import State

NOON = 1_790_000_000.0
ROUTER = Router()


class Stage:
    """A room, its daemon, and everything that happened there."""

    def __init__(self, script: dict[str, str] | None = None, follow_up: float = 6.0) -> None:
        self.ear = FakeEar()
        self.transcriber = FakeTranscriber()
        self.thinker = FakeThinker(script or {})
        self.voice = FakeVoice()
        self.memory = FakeMemory()
        self.clock = StreamClock(NOON)
        self.events: list[Event] = []
        bulletin = Bulletin()
        bulletin.listen(self.events.append)
        hearing = HearingSettings(partials=False)
        self.answerer = Answerer(
            ROUTER, Choosing(Writing(self.thinker)), self.memory, AnswerSettings(), self.clock
        )
        self.daemon = Conductor(
            self.ear,  # type: ignore[arg-type]
            self.voice,
            Understanding(self.transcriber, hearing),
            self.answerer,
            bulletin,
            follow_up=follow_up,
            cues=True,
        )
        self.ear.tell(self.daemon.heard)
        self.alarm = Alarm(self.memory, self.daemon.announce, self.clock, ring_seconds=30)

    async def says(self, text: str, phrase: str = "hey jarvis", voiced_ms: int = 900) -> None:
        """A person says the wake word and `text` in one breath."""
        await self.ear.wake(phrase, text, voiced_ms)
        await self.settle()

    async def goes_on(self, text: str) -> None:
        """A person speaks in the follow-up window."""
        await self.ear.speech(text)
        await self.settle()

    async def interrupts(self, text: str, *, clear: bool = True) -> None:
        """A person speaks while Roomtone does."""
        await self.ear.speech(text, "interruption", clear=clear)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that can happen without time happen."""
        for _ in range(300):
            await asyncio.sleep(0)

    async def rests(self) -> float:
        """Wait, in virtual time, until it is asleep; the seconds that took."""
        now = asyncio.get_running_loop().time
        began = now()
        while self.daemon.state is not State.ASLEEP:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)
        return now() - began

    def kinds(self) -> list[str]:
        """The kinds of all events, in order."""
        return [type(happened).__name__ for happened in self.events]

    def last(self, kind: type) -> Event:
        """The newest event of a kind."""
        return next(happened for happened in reversed(self.events) if isinstance(happened, kind))
