"""The ear as the core uses it: how to listen, what to play, when the sound is over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import msgspec

from roomtone.app.policy import ear_policy
from roomtone.base import message
from roomtone.base.child import Child
from roomtone.base.error import PartError
from roomtone.base.falls import News, Told
from roomtone.base.frame import seconds
from roomtone.base.timed import timed

QUEUED_AHEAD = 4.0
"""Seconds of sound the ear may hold before the voice has to wait."""

EAR_PATIENCE = 30.0
"""Seconds to wait for sound to be played; what may be queued takes a fraction of it."""

ABORTED = "SIGABRT"
ABORT_ADVICE = (
    "often the sound library that gives up: look at /etc/asound.conf and ~/.asoundrc,"
    " then at `aplay -l`"
)
"""PortAudio and ALSA end the process over a configuration that they cannot read."""

Mode = Literal["asleep", "listening", "watching"]


class Duplex:
    """Sends to the ear, and keeps account of what is being played."""

    def __init__(
        self,
        setup: msgspec.Struct | Callable[[], msgspec.Struct],
        told: Told,
        *,
        on_grants: bool = False,
    ) -> None:
        self.t = 0.0
        """Stream time of the last message, seconds."""
        self.level_db = -120.0
        self.captured = 0.0
        """Seconds of sound that the microphone has delivered to this ear."""
        self.captured_at = 0.0
        """Time of the monotonic clock at which `captured` last grew; 0 before."""
        self.ticked_at = 0.0
        """Time of the monotonic clock of the last tick; 0 before the first."""
        self.lost = 0.0
        """Seconds of it that were given up."""
        self.erle_db: float | None = None
        """How much of our own voice the ear takes away; None: not known, or none is there."""
        self.echo_found: Callable[[float], None] = lambda _delay: None
        """Called with the seconds by which our own voice comes back late."""
        self.overheard: Callable[[message.EarOut], None] = lambda _said: None
        """Called with whatever the ear says, before anybody acts on it."""
        self.microphone: message.Microphones = "missing"
        self._handle: Callable[[Any], Awaitable[None]] = _nobody
        self._told = told
        self._sent = 0.0
        self._ticked = asyncio.Condition()
        self._waking: asyncio.Task[None] | None = None
        self._rose = False
        self._queued = 0.0
        self._endings: dict[int, asyncio.Future[float]] = {}
        self._given: dict[int, float] = {}
        self._leaving: asyncio.Future[None] | None = None
        self.child: Child[Any] = Child(
            "ear",
            setup,
            message.EarOut,
            self._heard,
            self._changed,
            ear_policy(on_grants=on_grants),
        )

    def tell(self, handle: Callable[[Any], Awaitable[None]]) -> None:
        """Hand everything the ear says to `handle`."""
        self._handle = handle

    async def attend(self, mode: Mode, within: float = 0.0, after: float = 0.0) -> None:
        """Listen like this from now on; see `message.Attend`. Raises PartError."""
        await self.child.send(message.Attend(mode=mode, seconds=within, after=after))

    async def play(
        self, turn: int, pcm: bytes, rate: int, *, calls: bool = False, rings: bool = False
    ) -> None:
        """Append to what is played; waits while `QUEUED_AHEAD` seconds are. Raises PartError.

        `calls` says that a wake word is in it, `rings` that it is a bell.
        """
        try:
            async with timed(EAR_PATIENCE), self._ticked:
                await self._ticked.wait_for(
                    lambda: self._queued + self._sent < QUEUED_AHEAD or not self.child.up
                )
        except TimeoutError:
            raise PartError("ear", "plays nothing any more") from None
        self._ending(turn)
        length = seconds(pcm, rate)
        self._sent += length
        self._given[turn] = self._given.get(turn, 0.0) + length
        request = message.Play(turn=turn, pcm=pcm, rate=rate, calls=calls, rings=rings)
        await self.child.send(request)

    async def cue(self, pcm: bytes, rate: int) -> None:
        """Play a short signal that belongs to no answer. Raises PartError."""
        await self.child.send(message.Play(turn=0, pcm=pcm, rate=rate, cue=True))
        await self.child.send(message.PlayEnd(turn=0))

    async def finish(self, turn: int) -> float:
        """Wait for the end of `turn`'s sound; the seconds the room has heard. Raises PartError."""
        ending = self._ending(turn)
        await self.child.send(message.PlayEnd(turn=turn))
        try:
            async with timed(EAR_PATIENCE):
                return await asyncio.shield(ending)
        except TimeoutError:
            raise PartError("ear", "plays nothing any more") from None
        finally:
            if ending.done():
                self._endings.pop(turn, None)
                self._given.pop(turn, None)

    async def hush(self, turn: int) -> float:
        """Fade out at once; seconds of `turn` the room has heard, to a tick. Raises PartError.

        It does not wait for the ear's word: whoever reads the ear's messages may call it.
        """
        self._endings.pop(turn, None)
        given = self._given.pop(turn, 0.0)
        await self.child.send(message.Hush())
        return max(0.0, given - self._queued - self._sent)

    @property
    def sounding(self) -> bool:
        """True while something is queued to be played."""
        return self._queued + self._sent > 0

    def next_ending(self) -> asyncio.Future[None]:
        """Done when the last sample of a sound has left for the room, from now on."""
        if self._leaving is None or self._leaving.done():
            self._leaving = asyncio.get_running_loop().create_future()
        return self._leaving

    async def tick(self) -> None:
        """Wait for the next tick of the ear, or for its fall."""
        async with self._ticked:
            await self._ticked.wait()

    async def send(self, request: message.EarIn) -> None:
        """Any other wish: volume, microphone, grant. Raises PartError."""
        await self.child.send(request)

    def _ending(self, turn: int) -> asyncio.Future[float]:
        if turn not in self._endings:
            self._endings[turn] = asyncio.get_running_loop().create_future()
        return self._endings[turn]

    async def _heard(self, said: message.EarOut) -> None:
        self.t = max(self.t, getattr(said, "t", 0.0))
        self.overheard(said)
        match said:
            case message.Tick():
                self._count(said)
                async with self._ticked:
                    self.level_db = said.level_db
                    self._queued, self._sent = said.queued, 0.0
                    self._ticked.notify_all()
            case message.SoundEnded():
                ending = self._endings.get(said.turn)
                if ending is not None and not ending.done() and not said.hushed:
                    ending.set_result(said.played)
                if self._leaving is not None and not self._leaving.done():
                    self._leaving.set_result(None)
            case message.Complaint():
                news = News(
                    part="ear", up=True, fault=said.fault, action=said.action, kind=said.kind
                )
                self._told(news)
            case message.Mended():
                self._told(News(part="ear", up=True, kind=said.kind, recovered_ms=said.after_ms))
            case _:
                pass
        await self._handle(said)

    def _count(self, tick: message.Tick) -> None:
        self.ticked_at = time.monotonic()
        if tick.captured != self.captured:
            self.captured_at = self.ticked_at
        self.captured, self.lost, self.microphone = tick.captured, tick.lost, tick.microphone
        self.erle_db = tick.erle_db
        if tick.echo_delay is not None:
            self.echo_found(tick.echo_delay)

    def _changed(self, news: News) -> None:
        if news.up:
            self._rose = True
        else:
            if not self._rose and ABORTED in news.fault:
                news = msgspec.structs.replace(news, fault=f"{news.fault}: {ABORT_ADVICE}")
            self._rose = False
            for ending in self._endings.values():
                if not ending.done():
                    ending.set_exception(PartError("ear", "went away"))
                    ending.exception()
            self._endings.clear()
            self._given.clear()
            self._queued = self._sent = self.t = self.captured = 0.0
            self.microphone, self.erle_db = "missing", None
            self._waking = asyncio.create_task(self._wake())
        self._told(news)

    async def _wake(self) -> None:
        async with self._ticked:
            self._ticked.notify_all()


async def _nobody(_said: Any) -> None:
    pass
