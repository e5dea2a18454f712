"""Who answers: a skill when one matches, else the language model; and what an answer sets going."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeGuard

from roomtone.app.choosing import Asked, Choosing, Draft, begun
from roomtone.app.keeping import Keeping, What
from roomtone.base.clock import Clock, local
from roomtone.base.deadline import deadline
from roomtone.base.error import PartError
from roomtone.base.room import (
    Action,
    AddNote,
    CancelAlarms,
    CancelTimers,
    DropNotes,
    Forget,
    Reply,
    Room,
    SetAlarm,
    SetGuest,
    SetTimer,
    SetVolume,
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

UNTOLD = QUOTING | {"note_add", "note_drop"}
"""Skills whose exchanges no model is told of: they may hold notes, and its answer may leave."""

FORGETTING = 3.0
"""Seconds that the words "it's forgotten" wait for the last byte to go."""

NOT_FORGOTTEN = "Not everything is forgotten: the disk failed. Please ask me to forget it again."
"""Said when the rest could not be erased after all."""

CONFIRMING = 30.0
"""Seconds for which a question waits for its yes."""

DECIDING = 5.0
"""Seconds that a skill may take."""


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
        self.router = router
        self._choosing = choosing
        self._keeping = keeping
        self.settings = settings
        self._clock = clock
        self._history: list[Exchanged] = []
        self._last_at = -math.inf
        self._last_reply = ""
        self._last_is_ours = True
        self._pending: Action | None = None
        self._asked_at = 0.0
        self._asked_aloud = False
        self._epoch = 0
        self._forgetting: set[asyncio.Future[int]] = set()
        self.wakes: tuple[str, ...] = ()
        """The phrases that wake."""
        self.elsewhere: dict[type[Action], Callable[[], Awaitable[None]]] = {}
        """Who carries out what is neither the memory's nor the conductor's."""
        self.say: Callable[[str], None] = lambda _words: None
        """Has something said that nobody waits for."""
        self.away: Callable[[str], bool] = lambda _part: False
        """Tells whether a part is away for longer."""
        self.forgotten: list[Callable[[], None]] = []
        """Told that the conversation is forgotten, with all that was made of it."""

    async def draft(self, text: str) -> Draft | None:
        """What would be answered aloud to `text` now, without any change; see `Draft`.

        None when that cannot be told ahead. Raises PartError.
        """
        self._expire()
        reply = self._skilled(text, await self._room(spoken=True))
        if self._settles(reply):
            return Draft(sentences=begun(_once(reply.text)))
        if self.away("thinker"):
            return None
        return self._choosing.draft(self._asked(text, 0, reply))

    async def foresee(self, beginning: str) -> None:
        """Have the house read how a question begins."""
        await self._choosing.foresee(*self.context(), beginning)

    async def answer(self, text: str, turn: int = 0, draft: Draft | None = None) -> Answer:
        """Who answers `text`, with its sentences as they are written. Raises PartError.

        `turn` is the number of the turn; 0 when it was asked in writing. A `draft` of it is used as
        far as it still holds.
        """
        self._expire()
        reply = self._skilled(text, await self._room(spoken=turn > 0))
        self.let_go()
        if reply is not None and reply.confirm is not None:
            self._pending, self._asked_at = reply.confirm, self._elapsed()
            self._asked_aloud = turn > 0
        asked = self._asked(text, turn, reply)
        if self._settles(reply):
            return Answer(
                by="skill",
                sentences=_once(reply.text),
                skill=reply.skill,
                actions=reply.actions,
                current=asked.current,
                ready=draft.first if draft is not None else "",
            )
        away = self.away("thinker")
        if away and reply is None and not self._choosing.permit:
            return Answer(by="daemon", sentences=_once(AWAY["thinker"]), current=asked.current)
        if draft is None or not draft.fits(asked):
            return self._choosing.answer(asked)
        answer = self._choosing.answer(draft.of(asked))
        answer.ready = draft.first
        return answer

    def _settles(self, reply: Reply | None) -> TypeGuard[Reply]:
        """Whether a skill has the last word."""
        return reply is not None and not (reply.unknown and self._choosing.permit)

    def _asked(self, text: str, turn: int, reply: Reply | None) -> Asked:
        """Put `text` into its conversation, as it stands."""
        epoch = self._epoch
        return Asked(
            text=text,
            history=list(self._history),
            settings=self.settings,
            turn=turn,
            current=lambda: epoch == self._epoch,
            wakes=self.wakes,
            admission=reply.text if reply is not None else "",
        )

    def excuse(self, part: str) -> str:
        """What to say when `part` failed a turn."""
        return AWAY.get(part, TROUBLE) if self.away(part) else TROUBLE

    def _skilled(self, text: str, room: Room) -> Reply | None:
        try:
            with deadline(DECIDING):
                return self.router.answer(text, room)
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
                    self.forget()
                    self._keeping.pass_over()
                    await self._keeping.drop_notes(action.ids)
                case Forget():
                    self.forget()
                    await self._have_forgotten(action.what)
                case SetGuest():
                    self.forget()
                    await self._keeping.set_guest(on=action.on)
                case _ if type(action) in self.elsewhere:
                    await self.elsewhere[type(action)]()
                case _:
                    pass

    async def _have_forgotten(self, what: What) -> None:
        """Have it forgotten; of a large memory the rest goes on while the answer is spoken."""
        forgetting = asyncio.ensure_future(self._keeping.forget(what))
        self._forgetting.add(forgetting)
        forgetting.add_done_callback(self._forgetting.discard)
        done, _ = await asyncio.wait({forgetting}, timeout=FORGETTING)
        if done:
            forgetting.result()
        else:
            forgetting.add_done_callback(self._tell_of_failure)

    def _tell_of_failure(self, forgetting: asyncio.Future[int]) -> None:
        if not forgetting.cancelled() and forgetting.exception() is not None:
            self.say(NOT_FORGOTTEN)

    def let_go(self) -> None:
        """Drop what waits for a yes: nobody has answered in this conversation."""
        self._pending = None

    def forget(self) -> None:
        """Begin a new conversation: nothing of this one is known any more, nor will be."""
        self._epoch += 1
        self._clear()
        for told in self.forgotten:
            told()

    def _expire(self) -> None:
        """Have an old conversation be over, and a new one begin."""
        if self._elapsed() - self._last_at > self.settings.history_minutes * 60:
            self._clear()
            self._last_at = self._elapsed()

    def _elapsed(self) -> float:
        return self._clock.read().elapsed

    def _clear(self) -> None:
        self._history.clear()
        self._last_reply = ""
        self._pending = None

    def remember(self, user: str, assistant: str, answer: Answer) -> None:
        """Take a finished exchange into the conversation: what the room has heard of `answer`."""
        if not answer.current():
            return
        self._expire()
        self._last_at = self._elapsed()
        if assistant:
            self._last_reply = assistant
            ours = answer.by in ACTING and answer.skill not in QUOTING
            self._last_is_ours = ours or (answer.skill == "repeat" and self._last_is_ours)
            if answer.by != "daemon" and answer.skill not in UNTOLD:
                self._history.append(Exchanged(user=user, assistant=assistant, by=answer.by))
                self._shorten()

    def _shorten(self) -> None:
        """Cut to the wanted length only at twice that: in between, the model reads on."""
        most = self.settings.history_turns
        if len(self._history) >= 2 * most:
            del self._history[: len(self._history) - most]

    def context(self) -> tuple[str, list[Exchanged]]:
        """What is known of the next prompt before the next question: (system, history)."""
        self._expire()
        return self.settings.system, list(self._history)

    async def _room(self, *, spoken: bool) -> Room:
        waits = self._elapsed() - self._asked_at < CONFIRMING and self._asked_aloud == spoken
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
            pending=self._pending if waits else None,
            cloud=self._choosing.permit is not None,
            last_is_ours=self._last_is_ours,
            wakes=self.wakes,
        )


async def _once(text: str) -> AsyncIterator[str]:
    if text:
        yield text
