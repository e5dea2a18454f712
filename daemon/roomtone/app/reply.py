"""An utterance is read and answered, in time; then the floor is left to the user."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from roomtone.app.answerer import SORRY, Answerer
from roomtone.app.duplex import Duplex
from roomtone.app.floor import Floor
from roomtone.app.listening import Segment, Understanding
from roomtone.app.speaking import Speaking, say
from roomtone.app.speculation import Speculation
from roomtone.base import event, message
from roomtone.base.error import PartError
from roomtone.base.room import Action, Mute, Rest, SetVolume
from roomtone.base.timed import Timed, timed
from roomtone.base.words import Transcript
from roomtone.respond.skills.stop import is_stop
from roomtone.turn.port import Answer
from roomtone.turn.state import State

T = TypeVar("T")

FIRST_SOUND = 12.0
"""Seconds from the end of speech to the first sound, or the turn has failed: with an apology,
the room hears something within 20 s, whatever happens."""

APOLOGY = 7.5
"""Seconds from a failure to the first sound of an apology, or to the end of a cue in its place."""

ONLY_WAKE_MS = 300
"""Voice after the wake word below which the wake word probably stood alone."""

ENDED_MS = 150
"""Silence that every utterance ends with, but one that is cut at its greatest length."""

TAIL = 0.3
"""Seconds after our last sound before the next speech is for us: the room still rings."""

TOO_LONG = "That was too long for me. Please ask again in one sentence."


class Replying:
    """Has one utterance answered, or the room told why not.

    `mute` closes the microphone; its `ends` says whether the conversation ends with it.
    """

    def __init__(
        self,
        floor: Floor,
        ear: Duplex,
        understanding: Understanding,
        answerer: Answerer,
        speaking: Speaking,
        speculation: Speculation,
        mute: Callable[..., Awaitable[None]],
    ) -> None:
        self.window_ends = 0.0
        """Stream time at which nobody who has not begun to speak is listened to any more."""
        self.follow_up = 0.0
        """Seconds for which the next question may follow an answer without a wake word."""
        self._floor = floor
        self._ear = ear
        self._understanding = understanding
        self.question = ("", 0.0)
        """What is answered, and the stream time at which it had been said. Private."""
        self._answerer = answerer
        self._speaking = speaking
        self._speculation = speculation
        self._mute = mute
        answerer.forgotten.append(speculation.drop)
        self._speech_end: float | None = None
        self._patience: Timed | None = None
        self._waiting_for = "core"
        self._called = 0

    def called(self, t: float, patience: float) -> None:
        """Somebody called us at `t`: a turn begins, and speech may until `patience` s later."""
        self._called = self._floor.turn
        self._window(t, patience)

    def sounded(self, said: message.SoundBegan) -> None:
        """Note the first sound of an answer: its turn is in time."""
        if not self._floor.work.going or said.turn != self._floor.turn:
            return
        if self._patience is not None and not self._patience.expired():
            self._patience.reschedule(None)
        after = None if self._speech_end is None else round((said.t - self._speech_end) * 1000)
        self._speech_end = None
        self._floor.happen(event.SoundStarted(t=said.t, turn=said.turn, after_speech_ms=after))

    async def take(self, segment: Segment, end: message.SpeechEnd) -> None:
        """Read a segment and answer it. Raises PartError, also when nothing sounds in time."""
        self._waiting_for = "transcriber"
        await self._turn(self._answer(segment, end))

    async def respond(self, said: Transcript, end: message.SpeechEnd) -> None:
        """Answer what was read already. Raises PartError, also when nothing sounds in time."""
        self._waiting_for = "core"
        await self._turn(self._answer_read(said, end))

    async def _turn(self, answering: Awaitable[None]) -> None:
        self.question = ("", 0.0)
        try:
            await self._in_time(FIRST_SOUND, answering)
        except TimeoutError:
            raise PartError(self._waiting_for, "took too long") from None
        finally:
            self._speech_end = None
            self._speculation.end()

    async def reply(self, answer: Answer, question: str = "") -> None:
        """Carry out and speak one answer, then leave the floor to the user. Raises PartError.

        The microphone is closed also when the words that tell so fail or are cut off.
        """
        try:
            if answer.by in ("daemon", "timer"):
                self._answerer.let_go()
            await self.carry_out(answer.actions)
            self._waiting_for = "thinker" if answer.by in ("llama", "cloud") else "voice"
            await self._speaking.answer(
                self._floor.turn,
                answer,
                lambda told: self._answerer.remember(question, told.heard, answer),
            )
        except BaseException as error:
            if _mutes(answer.actions):
                late = self._patience is not None and self._patience.expired()
                await self._mute(ends=isinstance(error, asyncio.CancelledError) and not late)
            raise
        await self._leave_the_floor(answer.actions)

    async def carry_out(self, actions: tuple[Action, ...]) -> None:
        """Do what an answer asked for, but for what waits until it is spoken. Raises PartError."""
        await self._answerer.do(actions)
        for action in actions:
            if isinstance(action, SetVolume):
                await self._ear.send(message.Volume(level=action.level))

    async def nobody(self, t: float) -> None:
        """End a window in which nobody spoke; after a wake word the room hears that it is over."""
        turn = self._floor.turn
        self._answerer.let_go()
        called = turn == self._called and turn != self._floor.sounded
        self._floor.happen(event.NothingHeard(t=t, turn=turn))
        with contextlib.suppress(PartError):
            await self._ear.attend("asleep")
            if called:
                await self._speaking.signal("unheard")

    async def stop(self) -> None:
        """End the conversation. Raises PartError."""
        self._answerer.let_go()
        turn = self._floor.turn if self._floor.state is not State.ASLEEP else 0
        self._floor.happen(event.StopHeard(t=self._ear.t, turn=turn))
        await self._ear.attend("asleep")

    async def failed(self, part: str) -> None:
        """Tell the room that `part` failed the turn, and end it."""
        self._answerer.let_go()
        turn = self._floor.turn
        telling = self._speaking.apologise(turn, part, self._answerer.excuse(part))
        told = False
        with contextlib.suppress(TimeoutError):
            told = await self._in_time(None if self._floor.sounded == turn else APOLOGY, telling)
        self._floor.happen(event.Failed(t=self._ear.t, turn=turn, part=part, spoken=told))
        with contextlib.suppress(PartError):
            await self._ear.attend("asleep")

    async def _answer(self, segment: Segment, end: message.SpeechEnd) -> None:
        if end.silence_ms < ENDED_MS:
            self._over(end)
            await self.reply(Answer(by="daemon", sentences=say(TOO_LONG), actions=(Rest(),)))
            return
        last_voice = end.t - end.silence_ms / 1000
        transcript = await self._understanding.read(segment, last_voice)
        if not transcript.text:
            await self._nothing_said(segment, end)
            return
        await self._answer_read(transcript, end)

    async def _answer_read(self, transcript: Transcript, end: message.SpeechEnd) -> None:
        self._over(end)
        self.understood(transcript, max(end.t, self._ear.t))
        if is_stop(transcript.text):
            await self.stop()
        elif self._understanding.unsure(transcript):
            await self.reply(Answer(by="daemon", sentences=say(SORRY)), transcript.text)
        else:
            self._waiting_for = "core"
            text, turn = transcript.text, self._floor.turn
            self.question = (text, end.t - end.silence_ms / 1000)
            draft = self._speculation.take(text)
            ahead_ms = 0 if draft is None else round(draft.sentences.age * 1000)
            answer = await self._answerer.answer(text, turn, draft)
            answer.ahead_ms, answer.wasted_ms = ahead_ms, self._speculation.wasted_ms
            await self.reply(answer, transcript.text)

    async def _in_time(self, seconds: float | None, doing: Awaitable[T]) -> T:
        """Do it to the end, if it has sounded within `seconds`. Raises TimeoutError."""
        try:
            async with timed(seconds) as self._patience:
                return await doing
        finally:
            self._patience = None

    def understood(self, said: Transcript, t: float) -> None:
        """Tell what was heard."""
        turn = self._floor.turn
        self._floor.happen(
            event.Understood(
                t=t,
                turn=turn,
                text=said.text,
                confidence=said.confidence,
                compute_ms=said.compute_ms,
            )
        )

    def _window(self, t: float, length: float) -> None:
        self.window_ends = t + length
        self._speech_end = None

    def _over(self, end: message.SpeechEnd) -> None:
        self._speech_end = end.t - end.silence_ms / 1000
        self._floor.happen(
            event.SpeechEnded(
                t=end.t,
                turn=self._floor.turn,
                silence_ms=end.silence_ms,
                turn_probability=end.turn_probability,
            )
        )

    async def _nothing_said(self, segment: Segment, end: message.SpeechEnd) -> None:
        """The wake word alone, or noise: listen on while the window is open."""
        rest = self.window_ends - end.t
        if rest < 0.5:
            await self.nobody(end.t)
            return
        self._window(self._ear.t, rest)  # reading may have taken longer than the window
        await self._ear.attend("listening", rest)
        if segment.phrase and end.voiced_ms < ONLY_WAKE_MS:
            await self._speaking.signal("woken")

    async def _leave_the_floor(self, actions: tuple[Action, ...]) -> None:
        if _mutes(actions):
            await self._mute(ends=True)
        elif self.follow_up <= 0 or any(isinstance(action, Rest) for action in actions):
            self._floor.happen(event.NothingHeard(t=self._ear.t, turn=self._floor.turn))
            await self._ear.attend("asleep")
        else:
            self._window(self._ear.t, TAIL + self.follow_up)
            await self._ear.attend("listening", self.follow_up, TAIL)


def _mutes(actions: tuple[Action, ...]) -> bool:
    return any(isinstance(action, Mute) for action in actions)
