"""What one turn needs from the parts; the children are one implementation, the tests' doubles another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from roomtone.base.room import Action
from roomtone.base.words import Transcript


class Answer(msgspec.Struct, kw_only=True):
    """An answer in the making."""

    by: str
    sentences: AsyncIterator[str]
    skill: str = ""
    actions: tuple[Action, ...] = ()


class Hearing(Protocol):
    """Utterance -> transcript."""

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        """Transcribe mono 16 kHz s16le. Raises PartError."""
        ...


class Answering(Protocol):
    """Question -> answer."""

    async def answer(self, text: str) -> Answer:
        """Who answers, and the sentences as they are written. Raises PartError, also later."""
        ...

    async def do(self, actions: tuple[Action, ...]) -> None:
        """Carry out what the answer asked for."""
        ...


class Voicing(Protocol):
    """Sentence -> sound."""

    def voice(self, sentence: str) -> AsyncIterator[tuple[bytes, int]]:
        """Pieces of (mono s16le, samples per second). Raises PartError."""
        ...


class Loudspeaker(Protocol):
    """Sound -> room."""

    async def play(self, turn: int, pcm: bytes, rate: int) -> None:
        """Append to what is played; waits while more than a few seconds are queued."""
        ...

    async def finish(self, turn: int) -> float:
        """Wait until the sound of `turn` is over; seconds of it the room has heard."""
        ...
