"""Feeds what the ear says to the table, and carries out what follows."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import msgspec

from roomtone.app.answerer import SORRY, Answerer
from roomtone.app.duplex import Duplex
from roomtone.app.listening import Segment, Understanding
from roomtone.app.speaking import Speaking, say
from roomtone.app.work import Make, Work
from roomtone.base import event, message
from roomtone.base.bulletin import Bulletin
from roomtone.base.error import PartError
from roomtone.base.room import Action, Mute, Rest, SetVolume
from roomtone.base.words import Transcript
from roomtone.respond.skills.stop import is_stop
from roomtone.respond.whole import is_whole
from roomtone.turn import state
from roomtone.turn.port import Answer, Sound, Voicing
from roomtone.turn.state import State

_log = logging.getLogger(__name__)

WAKE_PATIENCE = 6.0
"""Seconds a person may take to begin after the wake word."""

ONLY_WAKE_MS = 300
"""Voice after the wake word below which the wake word probably stood alone."""


class Conductor:
    """Holds the state of the conversation; everything that happens passes through `happen`."""

    def __init__(
        self,
        ear: Duplex,
        voicing: Voicing,
        understanding: Understanding,
        answerer: Answerer,
        bulletin: Bulletin,
        *,
        follow_up: float,
        cues: bool,
    ) -> None:
        self.state = State.ASLEEP
        self.turn = 0
        self.ear = ear
        self._understanding = understanding
        self._answerer = answerer
        self._bulletin = bulletin
        self._follow_up = follow_up
        self._speaking = Speaking(ear, voicing, self.happen, cues=cues)
        self._segment: Segment | None = None
        self._phrase = ""
        self._window_ends = 0.0
        self._speech_end: float | None = None
        self._work = Work(self._failed)
        self._weighing: asyncio.Task[None] | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._asleep = asyncio.Event()
        self._asleep.set()

    @property
    def busy(self) -> bool:
        """True while an utterance is read or an answer is made and spoken."""
        return self._work.going

    @property
    def making(self) -> bool:
        """True while somebody waits for us: an utterance is read, or not all sound is made yet."""
        beside = any(task and not task.done() for task in (self._weighing, self._preparing))
        return beside or (self.busy and not self._speaking.made)

    def happen(self, happened: event.Event) -> None:
        """Publish an event and let the table decide what follows."""
        self.state = state.after(self.state, happened)
        if self.state is State.ASLEEP:
            self._asleep.set()
        else:
            self._asleep.clear()
        self._bulletin.publish(happened)

    async def heard(self, said: message.EarOut) -> None:
        """Take one message of the ear; never waits for a model."""
        match said:
            case message.WakeDetected():
                await self._woken(said)
            case message.SpeechBegan():
                self._speech_began(said)
            case message.SpeechChunk():
                if self._segment is not None and self._segment.number == said.segment:
                    self._segment.take(said.pcm)
            case message.SpeechPaused():
                self._speech_paused(said)
            case message.SpeechEnd():
                self._speech_ended(said)
            case message.WindowClosed():
                if self.state is State.LISTENING and not self.busy:
                    self.happen(event.NothingHeard(t=said.t, turn=self.turn))
            case message.SoundBegan():
                self._sound_began(said)

    async def listen(self) -> None:
        """Listen as if the wake word had been said. Raises PartError."""
        await self._work.interrupt()
        self._begin_turn("listen", self.ear.t, 1.0)
        await self.ear.attend("listening", WAKE_PATIENCE)
        await self._speaking.signal("woken")

    async def hush(self) -> None:
        """Stop whatever is going on, at once. Raises PartError."""
        await self._work.interrupt()
        await self._stop()

    async def mute(self, *, on: bool) -> None:
        """Close or open the microphone. Raises PartError."""
        if on and self.state is not State.ASLEEP:
            await self._stop()
        await self.ear.send(message.Microphone(open=not on))
        self.happen(event.Muted(t=self.ear.t, turn=self.turn, on=on))

    async def announce(
        self, pieces: AsyncIterator[str | Sound], why: event.TimerFired | None = None
    ) -> None:
        """Say something nobody asked for, once the room is free; returns when it is over."""
        await self._asleep.wait()
        self.turn += 1
        self._speech_end = None
        if why is not None:
            self.happen(msgspec.structs.replace(why, t=self.ear.t, turn=self.turn))
        by = "daemon" if why is None else "timer"
        answer = Answer(by=by, sentences=pieces, actions=(Rest(),))
        await asyncio.wait([self._begin(lambda: self._reply(answer, ""))])

    async def carry_out(self, actions: tuple[Action, ...]) -> None:
        """Do what an answer asked for, but for what waits until it is spoken. Raises PartError."""
        await self._answerer.do(actions)
        for action in actions:
            if isinstance(action, SetVolume):
                await self.ear.send(message.Volume(level=action.level))

    async def ear_lost(self) -> None:
        """The ear died: the turn is lost; it comes back asleep."""
        await self._work.interrupt()
        self._segment = None
        if self.state is not State.ASLEEP:
            self.happen(event.Failed(t=self.ear.t, turn=self.turn, part="ear", spoken=False))

    async def _woken(self, said: message.WakeDetected) -> None:
        await self._work.interrupt()
        phrase = said.phrase.replace("_", " ")
        self._begin_turn(phrase, said.t, said.score)
        self._open(Segment(said.segment, "wake", phrase))

    def _begin_turn(self, phrase: str, t: float, score: float) -> None:
        self.turn += 1
        self._phrase = phrase
        self._window_ends = t + WAKE_PATIENCE
        self.happen(event.WakeHeard(t=t, turn=self.turn, phrase=phrase, score=score))

    def _speech_began(self, said: message.SpeechBegan) -> None:
        if said.kind == "follow_up" and self.state is State.LISTENING:
            self.turn += 1
        if self._segment is None or self._segment.number != said.segment:
            self._open(Segment(said.segment, said.kind, ""))
        if said.kind != "interruption":
            self.happen(event.SpeechStarted(t=said.t, turn=self.turn))

    def _open(self, segment: Segment) -> None:
        self._segment = segment
        turn = self.turn
        if segment.kind != "interruption":
            self._understanding.follow(
                segment, lambda text: self.happen(event.Partial(t=self.ear.t, turn=turn, text=text))
            )

    def _speech_paused(self, said: message.SpeechPaused) -> None:
        segment = self._segment
        if segment is None or segment.number != said.segment or self.busy:
            return
        if self._preparing is not None:
            self._preparing.cancel()
        self._preparing = asyncio.create_task(self._prepare(segment, said.t))

    async def _prepare(self, segment: Segment, t: float) -> None:
        """Read ahead; a whole command need not wait for a longer silence."""
        with contextlib.suppress(PartError):
            transcript = await self._understanding.prepare(segment, t)
            sure = transcript.text and not self._understanding.unsure(transcript)
            if sure and is_whole(transcript.text):
                await self.ear.send(message.Settle(segment=segment.number))

    def _begin(self, make: Make) -> asyncio.Task[None]:
        self._speaking.made = False
        return self._work.start(make)

    def _speech_ended(self, said: message.SpeechEnd) -> None:
        segment, self._segment = self._segment, None
        if segment is None or segment.number != said.segment:
            return
        if said.kind != "interruption":
            if self.state is State.LISTENING and not self.busy:
                self._begin(lambda: self._take_turn(segment, said))
        elif self.busy and (self._weighing is None or self._weighing.done()):
            self._weighing = asyncio.create_task(self._weigh(segment))

    def _sound_began(self, said: message.SoundBegan) -> None:
        after = None if self._speech_end is None else round((said.t - self._speech_end) * 1000)
        self._speech_end = None
        self.happen(event.SoundStarted(t=said.t, turn=said.turn, after_speech_ms=after))

    async def _take_turn(self, segment: Segment, end: message.SpeechEnd) -> None:
        last_voice = end.t - end.silence_ms / 1000
        transcript = await self._understanding.read(segment, last_voice)
        if not transcript.text:
            await self._nothing_said(segment, end)
            return
        self._understood(transcript, end)
        if is_stop(transcript.text):
            await self._stop()
        elif self._understanding.unsure(transcript):
            await self._reply(Answer(by="daemon", sentences=say(SORRY)), transcript.text)
        else:
            await self._reply(await self._answerer.answer(transcript.text), transcript.text)

    def _understood(self, transcript: Transcript, end: message.SpeechEnd) -> None:
        self._speech_end = end.t - end.silence_ms / 1000
        self.happen(
            event.SpeechEnded(
                t=end.t,
                turn=self.turn,
                silence_ms=end.silence_ms,
                turn_probability=end.turn_probability,
            )
        )
        self._heard(transcript, max(end.t, self.ear.t))

    def _heard(self, said: Transcript, t: float) -> None:
        heard = event.Understood(t=t, turn=self.turn, text=said.text, confidence=said.confidence)
        self.happen(heard)

    async def _nothing_said(self, segment: Segment, end: message.SpeechEnd) -> None:
        """The wake word alone, or noise: listen on while the window is open."""
        rest = self._window_ends - end.t
        if rest < 0.5:
            self.happen(event.NothingHeard(t=end.t, turn=self.turn))
            await self.ear.attend("asleep")
            return
        await self.ear.attend("listening", rest)
        if segment.phrase and end.voiced_ms < ONLY_WAKE_MS:
            await self._speaking.signal("woken")

    async def _reply(self, answer: Answer, question: str) -> None:
        """Carry out and speak one answer, then leave the floor to the user."""
        await self.carry_out(answer.actions)
        await self._speaking.answer(
            self.turn, answer, lambda told: self._answerer.remember(question, told.heard)
        )
        await self._leave_the_floor(answer.actions)

    async def _leave_the_floor(self, actions: tuple[Action, ...]) -> None:
        if any(isinstance(action, Mute) for action in actions):
            await self.mute(on=True)
        elif self._follow_up <= 0 or any(isinstance(action, Rest) for action in actions):
            self.happen(event.NothingHeard(t=self.ear.t, turn=self.turn))
            await self.ear.attend("asleep")
        else:
            self._window_ends = self.ear.t + self._follow_up
            await self.ear.attend("listening", self._follow_up)

    async def _weigh(self, segment: Segment) -> None:
        """Somebody spoke over us: only a stop counts."""
        try:
            transcript = await self._understanding.read(segment)
            if is_stop(transcript.text) and self.busy:
                self._heard(transcript, self.ear.t)
                await self.hush()
        except PartError:
            _log.warning("an interruption was lost")

    async def _stop(self) -> None:
        self._segment = None
        self.happen(event.StopHeard(t=self.ear.t, turn=self.turn))
        await self.ear.attend("asleep")

    async def _failed(self, part: str) -> None:
        told = await self._speaking.apologise(self.turn, part)
        self.happen(event.Failed(t=self.ear.t, turn=self.turn, part=part, spoken=told))
        with contextlib.suppress(PartError):
            await self.ear.attend("asleep")
