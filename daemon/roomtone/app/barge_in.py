"""What follows when somebody speaks over us: silence, another answer, or the rest of this one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from roomtone.app.duplex import Duplex
from roomtone.app.floor import Floor
from roomtone.app.reply import Replying
from roomtone.app.speaking import Speaking
from roomtone.base import event, message
from roomtone.base.words import Transcript
from roomtone.respond.expects import expects

HEALING = 1.5
"""Seconds after the end of a question in which somebody who was cut off goes on with it."""


class BargeIn:
    """The room of the `Interruptions`; `hush` ends the conversation, `muted` says that it has."""

    def __init__(
        self,
        floor: Floor,
        ear: Duplex,
        speaking: Speaking,
        replying: Replying,
        hush: Callable[[], Awaitable[None]],
        muted: Callable[[], bool],
    ) -> None:
        self._floor = floor
        self._ear = ear
        self._speaking = speaking
        self._replying = replying
        self._hush = hush
        self._muted = muted

    @property
    def saying(self) -> str:
        """What the newest answer has said so far. Private."""
        return self._speaking.saying

    @property
    def ringing(self) -> bool:
        """True while a bell rings."""
        return self._speaking.ringing

    async def stopped(self, said: Transcript, turn: int) -> None:
        """Obey a stop that was said over `turn`. Raises PartError."""
        if self._going(turn):
            self._replying.understood(said, self._ear.t)
            await self._hush()

    async def barged_in(self, said: Transcript, end: message.SpeechEnd, turn: int) -> None:
        """Answer what was said over `turn`; a question that was cut in two is healed."""
        if not self._going(turn):
            return
        whole = self._healed(said, end)
        self._floor.happen(event.BargedIn(t=self._ear.t, turn=turn))
        await self._floor.work.interrupt()
        if self._floor.turn != turn or self._floor.work.going or self._muted():
            return
        self._floor.next_turn()
        self._floor.happen(event.SpeechStarted(t=_began(end), turn=self._floor.turn))
        self._speaking.made = False
        self._floor.work.start(lambda: self._replying.respond(whole, end))

    async def go_on(self) -> None:
        """Speak on. Raises PartError."""
        await self._ear.send(message.Resume())

    def _going(self, turn: int) -> bool:
        return self._floor.work.going and turn == self._floor.turn

    def _healed(self, said: Transcript, end: message.SpeechEnd) -> Transcript:
        """Join the words with those before, when their speaker had been cut off."""
        first, ended = self._replying.question
        if not first or _began(end) - ended > HEALING or expects(first) == "complete":
            return said
        return msgspec.structs.replace(said, text=f"{first} {said.text}")


def _began(end: message.SpeechEnd) -> float:
    """About when these words began, seconds of stream: their stops are left out."""
    return end.t - (end.silence_ms + end.voiced_ms) / 1000
