"""What is learnt of wake words: enrolled voices, and wakes that were none. Numbers, never sound."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import Protocol

import msgspec

from roomtone.app.choices import WAKES
from roomtone.app.memory import Memory
from roomtone.base import message
from roomtone.base.error import OwnerError, PartError

MOST_VOICES = 8
"""Voices that can be enrolled."""

MOST_ALARMS = 24
"""False alarms that are remembered; the oldest gives way."""


class Ear(Protocol):
    """Whoever hears."""

    async def send(self, request: message.EarIn) -> None:
        """Tell the ear. Raises PartError."""
        ...


class Learning:
    """Hears what the ear tells, takes reports and voices, and has the ear know them."""

    def __init__(self, memory: Memory, ear: Ear) -> None:
        self._memory = memory
        self._ear = ear
        self._wakes: deque[message.WakeDetected] = deque(maxlen=2)
        self._called = False
        self._known = ""
        self._telling: asyncio.Task[None] | None = None

    @property
    def learnt(self) -> message.Learnt:
        """All of it."""
        return learnt(self._memory.chosen(WAKES))

    def overhear(self, said: message.EarOut) -> None:
        """Note what woke it, and tell the ear when what is learnt is not what it knows."""
        match said:
            case message.Ready():
                self._known = ""  # its setup may be older than what was learnt since
            case message.WakeDetected():
                self._wakes.append(said)
                self._called = True
            case message.SpeechEnd():
                self._called = said.kind == "wake"
            case message.Tick() if self._known != self._memory.chosen(WAKES):
                self._known = self._memory.chosen(WAKES)
                self._telling = asyncio.ensure_future(self._tell())
            case _:
                pass

    async def take_back(self) -> None:
        """Remember the wake before the one that this was said with. Raises PartError."""
        await self._remember(len(self._wakes) - 1 - self._called)

    async def report(self) -> bool:
        """Remember the last wake; False when nothing is to be kept of it. Raises PartError."""
        return await self._remember(len(self._wakes) - 1)

    def forgotten(self) -> None:
        """The conversation is forgotten, and with it how its wakes sounded."""
        self._wakes.clear()

    async def enroll(self, voice: message.KnownVoice) -> None:
        """Know this voice, in the place of one of its name and word. Raises OwnerError."""
        if self._memory.guest:
            raise OwnerError("guests are here and nothing is kept: `roomtone guest off` first")
        known = self.learnt
        same = (voice.name.casefold(), voice.word)
        others = [one for one in known.voices if (one.name.casefold(), one.word) != same]
        if len(others) >= MOST_VOICES:
            raise OwnerError(f"{MOST_VOICES} voices are enrolled: `roomtone wake forget` one first")
        await self._keep(msgspec.structs.replace(known, voices=(*others, voice)))

    async def forget(self, name: str | None) -> int:
        """Forget the voice of this name, or all that is learnt; how much went.

        Raises PartError while the disk has it still.
        """
        known, left = self.learnt, message.Learnt()
        if name is not None:
            voices = tuple(one for one in known.voices if one.name.casefold() != name.casefold())
            left = msgspec.structs.replace(known, voices=voices)
        gone = len(known.voices + known.alarms) - len(left.voices + left.alarms)
        if gone:
            await self._keep(left)
            await self._memory.store.forget_replaced()
        return gone

    async def _remember(self, place: int) -> bool:
        if place < 0 or self._memory.guest or not (wake := self._wakes[place]).trace:
            return False
        del self._wakes[place]
        known = self.learnt
        alarm = message.FalseAlarm(word=wake.phrase, trace=wake.trace, score=wake.score)
        alarms = (*known.alarms, alarm)[-MOST_ALARMS:]
        await self._keep(msgspec.structs.replace(known, alarms=alarms))
        return True

    async def _keep(self, known: message.Learnt) -> None:
        empty = known == message.Learnt()
        await self._memory.choose(WAKES, "" if empty else msgspec.json.encode(known).decode())

    async def _tell(self) -> None:
        with contextlib.suppress(PartError):  # the next ear has it from its setup
            await self._ear.send(learnt(self._known))


def learnt(kept: str) -> message.Learnt:
    """What was kept, as the ear wants it; nothing where that cannot be read."""
    try:
        return msgspec.json.decode(kept, type=message.Learnt) if kept else message.Learnt()
    except msgspec.MsgspecError:
        return message.Learnt()
