"""Conducts: what the ear says and the doors want becomes what happens on the floor."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator
from functools import partial

import msgspec

from roomtone.app.answerer import Answerer
from roomtone.app.barge_in import BargeIn
from roomtone.app.duplex import Duplex, Mode
from roomtone.app.floor import Floor
from roomtone.app.interruption import Interruptions
from roomtone.app.listening import Segment, Understanding
from roomtone.app.reply import Replying
from roomtone.app.segments import Segments
from roomtone.app.speaking import Speaking
from roomtone.app.speculation import Speculation
from roomtone.app.work import Make
from roomtone.base import event, message
from roomtone.base.bulletin import Bulletin
from roomtone.base.error import PartError
from roomtone.base.room import Action, Rest
from roomtone.turn.port import Answer, Sound, Voicing
from roomtone.turn.state import State

WAKE_PATIENCE = 5.5
"""Seconds a person may take to begin after the wake word."""

ONE_WAKE = 2.0
"""Seconds within which a second wake word belongs to the same turn."""

ROOM_PATIENCE = 60.0
"""Seconds an announcement waits for the room."""

CROSSING = 0.1
"""Seconds of stream by which the ear may close a window early; earlier, it was an older window."""

OVERDUE = 2.0
"""Seconds of stream without a word from the ear after which its window or its segment is lost."""


class Conductor:
    """Conducts the conversation; who has the floor is the `Floor`'s to say."""

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
        self.ear = ear
        self.muted = False
        """True while nothing that the ear may still say is to be heard; see `mute`."""
        self._floor = floor = Floor(bulletin.publish, self._failed)
        speculation = Speculation(answerer, voicing, answerer.router.knows)
        self._speaking = Speaking(ear, speculation, floor.happen, cues=cues)
        self._speaking.wakes = lambda: answerer.wakes
        mute = partial(self.mute, on=True)
        self._replying = Replying(
            floor, ear, understanding, answerer, self._speaking, speculation, mute
        )
        self._replying.follow_up = follow_up
        self._segments = Segments(understanding, speculation, ear.send)
        room = BargeIn(floor, ear, self._speaking, self._replying, self.hush, lambda: self.muted)
        self._interruptions = Interruptions(understanding, room)
        self._woken_at = -math.inf
        self._lost_turn = False

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self._floor.state

    @property
    def turn(self) -> int:
        """Number of the newest turn."""
        return self._floor.turn

    @property
    def busy(self) -> bool:
        """True while an utterance is read or an answer is made and spoken."""
        return self._floor.work.going

    @property
    def making(self) -> bool:
        """True while somebody waits for us: an utterance is read, or not all sound is made yet."""
        beside = self._interruptions.weighing or self._segments.reading
        return beside or (self.busy and not self._speaking.made)

    async def heard(self, said: message.EarOut) -> None:
        """Take one message of the ear; never waits for a model."""
        match said:
            case message.Tick():
                await self._watch(said.t)
            case message.SoundBegan():
                self._replying.sounded(said)
            case _ if self.muted:
                pass  # what was on its way when the microphone was closed
            case message.WakeDetected():
                await self._woken(said)
            case message.SpeechBegan():
                self._speech_began(said)
            case message.SpeechChunk():
                self._segments.grow(said, self.ear.t)
            case message.SpeechPaused():
                if not self.busy:
                    self._segments.pause(said)
            case message.SpeechEnd():
                self._speech_ended(said)
            case message.WindowClosed():
                await self._window_closed(said.t)

    async def listen(self) -> None:
        """Listen as if the wake word had been said. Raises PartError."""
        if self.state is State.LISTENING and not self.busy:
            return
        await self._floor.work.interrupt()
        if self.muted:
            return
        self._begin_turn(event.ASKED, self.ear.t, 1.0)
        try:
            await self.ear.attend("listening", WAKE_PATIENCE)
            await self._speaking.signal("woken")
        except PartError:
            self._lose()
            raise

    async def hush(self) -> None:
        """Stop whatever is going on, at once. Raises PartError."""
        await self._floor.work.interrupt()
        self._segments.drop()
        await self._replying.stop()

    async def mute(self, *, on: bool, ends: bool = True) -> None:
        """Close or open the microphone; an ear that is away hears of it when it is back.

        Closing `ends` the conversation, but for a turn that is about to end in a failure. The wish
        is told before anything is waited for: an ear that starts meanwhile has to know it.
        """
        self.muted = on
        self._floor.happen(event.Muted(t=self.ear.t, on=on))
        try:
            if on:
                self._segments.drop()
                self._interruptions.drop()
                await self._floor.work.interrupt()
                if ends and self.state is not State.ASLEEP:
                    with contextlib.suppress(PartError):
                        await self._replying.stop()
        finally:
            with contextlib.suppress(PartError):
                await self.ear.send(message.Microphone(open=not self.muted))

    async def sign(self, name: str) -> None:
        """Play a cue. Raises PartError."""
        await self._speaking.signal(name)

    async def announce(
        self, pieces: AsyncIterator[str | Sound], why: event.TimerFired | None = None
    ) -> bool:
        """Say something nobody asked for, once the room is free; returns when it is over.

        True when its first sound was played at least. False when the room was not free within
        `ROOM_PATIENCE` seconds, when somebody took the floor before, or when a part failed.
        """
        if not await self._floor.free(ROOM_PATIENCE):
            return False
        turn = self._floor.next_turn()
        if why is not None:
            self._floor.happen(msgspec.structs.replace(why, t=self.ear.t, turn=turn))
        by = "daemon" if why is None else "timer"
        answer = Answer(by=by, sentences=pieces, actions=(Rest(),))
        await asyncio.wait([self._begin(lambda: self._replying.reply(answer))])
        return self._floor.sounded == turn

    def adjust(self, *, follow_up: float, cues: bool) -> None:
        """Listen on for `follow_up` seconds after an answer from now on, with cues or without."""
        self._replying.follow_up = follow_up
        self._speaking.cues = cues

    async def quiet(self, within: float) -> bool:
        """Wait until nobody talks with us; False when somebody does after `within` seconds."""
        return await self._floor.free(within)

    async def carry_out(self, actions: tuple[Action, ...]) -> None:
        """Do what an answer asked for, but for what waits until it is spoken. Raises PartError."""
        await self._replying.carry_out(actions)

    async def ear_lost(self) -> None:
        """The ear died: the turn is lost; it comes back asleep."""
        if self._floor.taken:
            self._lost_turn = True
        self._floor.sounded = 0  # a bell that was cut off has to ring again
        await self._floor.work.interrupt()
        self._segments.drop()
        self._lose()

    async def ear_back(self) -> None:
        """The ear is up again: tell the room of a turn lost with it, and listen as we should.

        Raises PartError when it has gone again.
        """
        lost, self._lost_turn = self._lost_turn, False
        if lost:
            await self._speaking.signal("failed", always=True)
        mode: Mode = "asleep"
        if self.state is State.LISTENING:
            mode = "listening"
        elif self._floor.taken:
            mode = "watching"
        await self.ear.attend(mode, WAKE_PATIENCE)

    def _lose(self) -> None:
        """End the turn that went with the ear."""
        if self.state is not State.ASLEEP:
            lost = event.Failed(t=self.ear.t, turn=self.turn, part="ear", spoken=False)
            self._floor.happen(lost)

    async def _failed(self, part: str) -> None:
        await self._replying.failed(part)

    async def _woken(self, said: message.WakeDetected) -> None:
        again = self.state is State.LISTENING and said.t - self._woken_at < ONE_WAKE
        await self._floor.work.interrupt()
        if self.muted:
            return  # what was interrupted has closed the microphone
        phrase = said.phrase.replace("_", " ")
        if again:
            self._replying.called(said.t, WAKE_PATIENCE)
        else:
            self._begin_turn(phrase, said.t, said.score)
        self._open(Segment(said.segment, "wake", phrase))

    def _begin_turn(self, phrase: str, t: float, score: float) -> None:
        turn = self._floor.next_turn()
        self._woken_at = t
        self._segments.drop()
        self._replying.called(t, WAKE_PATIENCE)
        self._floor.happen(event.WakeHeard(t=t, turn=turn, phrase=phrase, score=score))

    def _speech_began(self, said: message.SpeechBegan) -> None:
        over_us = said.kind == "interruption"
        if not over_us and self.state is not State.LISTENING:
            return  # its window had been closed meanwhile
        if said.kind == "follow_up":
            self._floor.next_turn()
        if not self._segments.holds(said.segment):
            self._open(Segment(said.segment, said.kind, "", clear=said.clear))
        if not over_us:
            self._floor.happen(event.SpeechStarted(t=said.t, turn=self.turn))

    def _open(self, segment: Segment) -> None:
        turn = self.turn
        self._segments.open(
            segment,
            lambda text: self._floor.happen(event.Partial(t=self.ear.t, turn=turn, text=text)),
        )

    def _begin(self, make: Make) -> asyncio.Task[None]:
        self._speaking.made = False
        return self._floor.work.start(make)

    def _speech_ended(self, said: message.SpeechEnd) -> None:
        segment = self._segments.end(said.segment)
        if segment is None:
            return
        over_us = said.kind == "interruption"
        if over_us and self.busy:
            self._interruptions.weigh(segment, said, self.turn)
        elif not over_us and self.state is State.LISTENING and not self.busy:
            self._begin(lambda: self._replying.take(segment, said))
        else:
            self._segments.refuse(segment)

    async def _window_closed(self, t: float) -> None:
        listening = self.state is State.LISTENING and not self.busy
        if listening and t > self._replying.window_ends - CROSSING:
            await self._replying.nobody(t)

    async def _watch(self, t: float) -> None:
        """End a window of which the ear knows nothing any more; what is being read has its time."""
        if not self.busy and t > max(self._replying.window_ends, self._segments.grew_at) + OVERDUE:
            self._segments.drop()
            await self._window_closed(t)
