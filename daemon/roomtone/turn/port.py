"""What one turn needs from the parts: the children offer it, and the tests' doubles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import msgspec

from roomtone.base.room import Action


class Sound(msgspec.Struct, frozen=True, kw_only=True):
    """Sound that is ready to be played: a chime, a pause."""

    pcm: bytes
    rate: int


class Answer(msgspec.Struct, kw_only=True):
    """An answer in the making."""

    by: str
    sentences: AsyncIterator[str | Sound]
    skill: str = ""
    actions: tuple[Action, ...] = ()


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
