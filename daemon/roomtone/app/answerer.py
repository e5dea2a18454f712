"""Who answers: a skill when one matches, else the language model; and what an answer sets going."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from roomtone.base.clock import Clock, local
from roomtone.base.deadline import deadline
from roomtone.base.error import PartError
from roomtone.base.room import (
    Action,
    AlarmClock,
    CancelAlarms,
    CancelTimers,
    Reply,
    Room,
    SetAlarm,
    SetTimer,
    SetVolume,
    Timer,
)
from roomtone.base.words import Exchanged
from roomtone.respond.fit import Fit
from roomtone.respond.route import Router
from roomtone.respond.sentence import Splitter
from roomtone.respond.settings import AnswerSettings
from roomtone.turn.port import Answer

SORRY = "Sorry, I didn't catch that. Could you say it again?"
"""Said instead of acting when hearing was unsure."""

TROUBLE = "Sorry, something went wrong. Please ask me again."
"""Said when a turn was lost."""

AWAY = {
    "thinker": "I can't think about that right now. The time, timers and sums still work.",
    "transcriber": "I hear you, but I can't make out words right now. My status tells why.",
}
"""Part -> what is said while it is away for longer."""

ENDLESS = "That took me too long. Please ask me something simpler."
"""Said when not even a first sentence was written in time."""

WRITING = 20.0
"""Seconds that the language model may write at an answer; pauses of its listeners do not count."""

DECIDING = 5.0
"""Seconds that a skill may take."""


class Thinking(Protocol):
    """A language model that writes as it thinks."""

    def think(
        self, system: str, history: list[Exchanged], question: str, facts: str
    ) -> AsyncIterator[str]:
        """Pieces of the answer."""
        ...


class Keeping(Protocol):
    """What outlives a conversation."""

    volume: float
    """Of the loudspeaker, 0..1."""

    async def add_timer(self, seconds: int, name: str, now: float) -> Timer:
        """Start a timer."""
        ...

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        """Remove timers."""
        ...

    async def timers(self) -> tuple[Timer, ...]:
        """All that run, the next one first."""
        ...

    async def add_alarm(self, at: dt.datetime, name: str = "") -> AlarmClock:
        """Set an alarm at a local time."""
        ...

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        """Remove alarms."""
        ...

    async def alarms(self) -> tuple[AlarmClock, ...]:
        """All that are set, the next one first."""
        ...

    async def set_volume(self, level: float) -> None:
        """Remember the volume, 0..1."""
        ...


class Answerer:
    """Answers questions in the context of the conversation."""

    def __init__(
        self,
        router: Router,
        thinking: Thinking,
        keeping: Keeping,
        settings: AnswerSettings,
        clock: Clock,
    ) -> None:
        self._router = router
        self._thinking = thinking
        self._keeping = keeping
        self.settings = settings
        self._clock = clock
        self._history: list[Exchanged] = []
        self._last_at = 0.0
        self._last_reply = ""
        self.away: Callable[[str], bool] = lambda _part: False
        """Tells whether a part is away for longer."""

    async def answer(self, text: str) -> Answer:
        """Who answers `text`, with its sentences as they are written. Raises PartError."""
        reply = self._skilled(text, await self._room())
        if reply is not None:
            return Answer(
                by="skill", sentences=_once(reply.text), skill=reply.skill, actions=reply.actions
            )
        if self.away("thinker"):
            return Answer(by="daemon", sentences=_once(AWAY["thinker"]))
        return Answer(by="llama", sentences=self._write(text))

    def excuse(self, part: str) -> str:
        """What to say when `part` failed a turn."""
        return AWAY.get(part, TROUBLE) if self.away(part) else TROUBLE

    def _skilled(self, text: str, room: Room) -> Reply | None:
        try:
            with deadline(DECIDING):
                return self._router.answer(text, room)
        except TimeoutError:
            raise PartError("skill", f"took longer than {DECIDING:.0f} s") from None

    async def do(self, actions: tuple[Action, ...]) -> None:
        """Carry out what concerns the memory; sound is the conductor's. Raises PartError."""
        for action in actions:
            match action:
                case SetTimer():
                    await self._keeping.add_timer(action.seconds, action.name, self._clock.now())
                case CancelTimers():
                    await self._keeping.cancel_timers(action.ids)
                case SetAlarm():
                    await self._keeping.add_alarm(action.at, action.name)
                case CancelAlarms():
                    await self._keeping.cancel_alarms(action.ids)
                case SetVolume():
                    await self._keeping.set_volume(action.level)
                case _:
                    pass

    def remember(self, user: str, assistant: str) -> None:
        """Take a finished exchange into the conversation."""
        now = self._clock.now()
        if now - self._last_at > self.settings.history_minutes * 60:
            self._history.clear()
        self._last_at = now
        if assistant:
            self._last_reply = assistant
            self._history.append(Exchanged(user=user, assistant=assistant))
            self._shorten()

    def _shorten(self) -> None:
        """Cut to the wanted length only at twice that: in between, the model reads on."""
        most = self.settings.history_turns
        if len(self._history) >= 2 * most:
            del self._history[: len(self._history) - most]

    def context(self) -> tuple[str, list[Exchanged]]:
        """What is known of the next prompt before the next question: (system, history)."""
        return self.settings.system, list(self._history)

    async def _room(self) -> Room:
        return Room(
            now=local(self._clock.now()),
            timers=await self._keeping.timers(),
            alarms=await self._keeping.alarms(),
            volume=self._keeping.volume,
            last_reply=self._last_reply,
            name=self.settings.name,
        )

    async def _write(self, question: str) -> AsyncIterator[str]:
        system, history = self.context()
        splitter, fit = Splitter(), Fit(self.settings)
        said = False
        pieces = self._thinking.think(system, history, question, "")
        async with contextlib.aclosing(pieces):  # type: ignore[type-var]
            try:
                async for piece in _within(pieces, WRITING):
                    for sentence in splitter.feed(piece):
                        if fitting := fit.take(sentence):
                            said = True
                            yield fitting
                        if fit.full:
                            return
            except TimeoutError:
                if not said:
                    yield ENDLESS
                return
        for sentence in splitter.flush():
            if fitting := fit.take(sentence):
                yield fitting
        if last := fit.finish():
            yield last


async def _within(pieces: AsyncIterator[str], seconds: float) -> AsyncIterator[str]:
    """The pieces, as long as the wait for them takes no longer in all. Raises TimeoutError."""
    now = asyncio.get_running_loop().time
    while True:
        began = now()
        async with asyncio.timeout(seconds):
            piece = await anext(pieces, None)
        if piece is None:
            return
        seconds -= now() - began
        if seconds < 0:
            raise TimeoutError
        yield piece


async def _once(text: str) -> AsyncIterator[str]:
    if text:
        yield text
