"""Somebody speaks over us: a stop is obeyed, a question is answered, a nod is let pass."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Literal, Protocol

from roomtone.app.listening import Segment, Understanding
from roomtone.app.reply import ENDED_MS
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.timed import timed
from roomtone.base.words import Transcript
from roomtone.respond.aside import is_nod, is_ours
from roomtone.respond.skills.stop import is_stop

_log = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds in which an interruption is read, or given up: the next one may be a "stop" too."""

Meaning = Literal["stop", "meant", "aside"]


class Room(Protocol):
    """Who is interrupted."""

    @property
    def saying(self) -> str:
        """What is being said, or was just now. Private."""
        ...

    @property
    def ringing(self) -> bool:
        """True while a bell rings: it ends for a stop and for nothing else."""
        ...

    async def stopped(self, said: Transcript, turn: int) -> None:
        """Obey a stop that was said over `turn`. Raises PartError."""
        ...

    async def barged_in(self, said: Transcript, end: message.SpeechEnd, turn: int) -> None:
        """Answer what was said over `turn` instead of speaking on. Raises PartError."""
        ...

    async def go_on(self) -> None:
        """Speak on. Raises PartError."""
        ...


def meaning(said: Transcript, room: Room, *, sure: bool, clear: bool) -> Meaning:
    """What somebody who `said` this over us wants; only a `clear` voice can mean us.

    Whoever talks without an end talks to somebody else, or is a television: that is not clear.
    """
    if is_stop(said.text):
        return "stop"
    aside = is_nod(said.text) or is_ours(said.text, room.saying)
    return "aside" if aside or not sure or not clear or room.ringing else "meant"


class Interruptions:
    """Reads what is said over an answer, one at a time."""

    def __init__(self, understanding: Understanding, room: Room) -> None:
        self._understanding = understanding
        self._room = room
        self._weighing: asyncio.Task[None] | None = None

    @property
    def weighing(self) -> bool:
        """True while one is read."""
        return self._weighing is not None and not self._weighing.done()

    def weigh(self, segment: Segment, end: message.SpeechEnd, turn: int) -> None:
        """Read what was said over `turn`; what comes meanwhile is passed over."""
        if not self.weighing:
            self._weighing = asyncio.create_task(self._weigh(segment, end, turn))

    def drop(self) -> None:
        """Read no more of what was said."""
        if self._weighing is not None and self._weighing is not asyncio.current_task():
            self._weighing.cancel()

    async def _weigh(self, segment: Segment, end: message.SpeechEnd, turn: int) -> None:
        try:
            async with timed(PATIENCE):
                said = await self._understanding.read(segment)
        except (PartError, TimeoutError):
            _log.warning("an interruption was lost")
            with contextlib.suppress(PartError):
                await self._room.go_on()
            return
        sure = not self._understanding.unsure(said)
        clear = segment.clear and end.silence_ms >= ENDED_MS
        try:
            match meaning(said, self._room, sure=sure, clear=clear):
                case "stop":
                    await self._room.stopped(said, turn)
                case "meant":
                    await self._room.barged_in(said, end, turn)
                case "aside":
                    await self._room.go_on()
        except PartError:
            _log.warning("an interruption was lost")
