"""What one turn needs from the parts: the children offer it, and the tests' doubles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Protocol

import msgspec

from roomtone.base.room import Action

ACTING = frozenset({"skill", "daemon", "timer"})
"""Who may act: what was matched with the user's own words, never a text that a model wrote."""


class Sound(msgspec.Struct, frozen=True, kw_only=True):
    """Sound that is ready to be played: a chime, a pause."""

    pcm: bytes
    rate: int


class Clause(str):
    """The beginning of a sentence, or more of it, that is spoken before its end is written."""

    __slots__ = ()


class Answer(msgspec.Struct, kw_only=True):
    """An answer in the making."""

    by: str
    """skill, llama, cloud, daemon or timer; when two are asked, the one who spoke first."""
    sentences: AsyncIterator[str | Sound]
    skill: str = ""
    actions: tuple[Action, ...] = ()
    reason: str = ""
    """Why that one answers, when there was a choice."""
    ready: str = ""
    """Its first sentence, when that was there before the turn was sure."""
    ahead_ms: int = 0
    """How long before."""
    wasted_ms: int = 0
    """How long answers to other readings had been made for nothing."""
    current: Callable[[], bool] = lambda: True
    """False once the conversation that it belongs to has been forgotten."""
    entries: list[int] = msgspec.field(default_factory=list)
    """Numbers in the ledger of what left the house for it."""

    def __post_init__(self) -> None:
        """Refuse actions that somebody else's words could have asked for."""
        if self.actions and self.by not in ACTING:
            raise ValueError(f"an answer by {self.by} cannot act")


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
