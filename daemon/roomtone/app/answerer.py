"""Who answers: a skill when one matches, else the language model; and what an answer sets going."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal, Protocol

from roomtone.app.choosing import Asked, Choosing
from roomtone.base.clock import Clock, local
from roomtone.base.deadline import deadline
from roomtone.base.error import PartError
from roomtone.base.room import (
    Action,
    AddNote,
    AlarmClock,
    CancelAlarms,
    CancelTimers,
    DenyCloud,
    DropNotes,
    Forget,
    Note,
    Reply,
    Room,
    SetAlarm,
    SetGuest,
    SetTimer,
    SetVolume,
    Timer,
)
from roomtone.base.words import Exchanged
from roomtone.respond.route import Router
from roomtone.respond.settings import AnswerSettings
from roomtone.turn.port import ACTING, Answer

SORRY = "Sorry, I didn't catch that. Could you say it again?"
"""Said instead of acting when hearing was unsure."""

TROUBLE = "Sorry, something went wrong. Please ask me again."
"""Said when a turn was lost."""

AWAY = {
    "thinker": "I can't think about that right now. The time, timers and sums still work.",
    "transcriber": "I hear you, but I can't make out words right now. My status tells why.",
}
"""Part -> what is said while it is away for longer."""

QUOTING = frozenset({"repeat", "note_list"})
"""Skills that say somebody else's words: a question in them is nobody's to answer."""

CONFIRMING = 30.0
"""Seconds for which a question waits for its yes."""

DECIDING = 5.0
"""Seconds that a skill may take."""


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

    @property
    def guest(self) -> bool:
        """True while nothing is kept."""
        ...

    async def set_guest(self, *, on: bool) -> None:
        """Keep nothing from this turn on, or again what the owner wants."""
        ...

    async def notes(self) -> tuple[Note, ...]:
        """What is to be remembered, the oldest first."""
        ...

    async def add_note(self, text: str) -> Note:
        """Remember `text`."""
        ...

    async def drop_notes(self, ids: tuple[int, ...]) -> int:
        """Forget notes; how many there were."""
        ...

    async def turns_today(self) -> int:
        """How many turns of today are kept."""
        ...

    async def forget(self, what: Literal["last", "today", "all"]) -> int:
        """Forget turns, and the one that asks for it; how many. Raises PartError."""
        ...


class Answerer:
    """Answers questions in the context of the conversation."""

    def __init__(
        self,
        router: Router,
        choosing: Choosing,
        keeping: Keeping,
        settings: AnswerSettings,
        clock: Clock,
    ) -> None:
        self._router = router
        self._choosing = choosing
        self._keeping = keeping
        self.settings = settings
        self._clock = clock
        self._history: list[Exchanged] = []
        self._last_at = 0.0
        self._last_reply = ""
        self._last_is_ours = True
        self._pending: Action | None = None
        self._asked_at = 0.0
        self.wakes: tuple[str, ...] = ()
        """The phrases that wake."""
        self.deny: Callable[[], Awaitable[None]] = _nobody
        """Takes the permission to ask the cloud back."""
        self.away: Callable[[str], bool] = lambda _part: False
        """Tells whether a part is away for longer."""

    async def answer(self, text: str, turn: int = 0) -> Answer:
        """Who answers `text`, with its sentences as they are written. Raises PartError.

        `turn` is the number of the turn; 0 when it was asked in writing.
        """
        reply = self._skilled(text, await self._room())
        self.let_go()
        if reply is not None and reply.confirm is not None:
            self._pending, self._asked_at = reply.confirm, self._clock.now()
        if reply is not None and not (reply.unknown and self._choosing.permit):
            return Answer(
                by="skill", sentences=_once(reply.text), skill=reply.skill, actions=reply.actions
            )
        away = self.away("thinker")
        if away and reply is None and not self._choosing.permit:
            return Answer(by="daemon", sentences=_once(AWAY["thinker"]))
        return self._choosing.answer(
            Asked(
                text=text,
                history=list(self._history),
                settings=self.settings,
                turn=turn,
                wakes=self.wakes,
                admission=reply.text if reply is not None else "",
            )
        )

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
                case AddNote():
                    await self._keeping.add_note(action.text)
                case DropNotes():
                    await self._keeping.drop_notes(action.ids)
                case Forget():
                    self.forget()
                    await self._keeping.forget(action.what)
                case SetGuest():
                    self.forget()
                    await self._keeping.set_guest(on=action.on)
                case DenyCloud():
                    await self.deny()
                case _:
                    pass

    def let_go(self) -> None:
        """Drop what waits for a yes: nobody has answered in this conversation."""
        self._pending = None

    def forget(self) -> None:
        """Begin a new conversation: nothing of this one is known any more."""
        self._history.clear()
        self._last_reply = ""
        self._pending = None

    def remember(self, user: str, assistant: str, answer: Answer) -> None:
        """Take a finished exchange into the conversation: what the room has heard of `answer`."""
        now = self._clock.now()
        if now - self._last_at > self.settings.history_minutes * 60:
            self._history.clear()
        self._last_at = now
        if assistant:
            self._last_reply = assistant
            ours = answer.by in ACTING and answer.skill not in QUOTING
            self._last_is_ours = ours or (answer.skill == "repeat" and self._last_is_ours)
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
            notes=await self._keeping.notes(),
            guest=self._keeping.guest,
            turns_today=await self._keeping.turns_today(),
            pending=self._pending if self._clock.now() - self._asked_at < CONFIRMING else None,
            cloud=self._choosing.permit is not None,
            last_is_ours=self._last_is_ours,
            wakes=self.wakes,
        )


async def _once(text: str) -> AsyncIterator[str]:
    if text:
        yield text


async def _nobody() -> None:
    pass
