"""One answer as prose: it is voiced while it is still being written, two sentences apart."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import msgspec

from roomtone.base.error import first_of_group
from roomtone.base.frame import seconds
from roomtone.turn.port import Loudspeaker, Sound, Voicing

AHEAD = 2
"""Sentences the thinker may be ahead of the voice; then it waits."""


class Said(msgspec.Struct, kw_only=True):
    """One sentence and how long its sound is."""

    text: str
    seconds: float = 0.0


async def speak(
    turn: int,
    sentences: AsyncIterator[str | Sound],
    voicing: Voicing,
    loudspeaker: Loudspeaker,
    begun: Callable[[str], Said],
) -> None:
    """Voice `sentences` as they come.

    `begun` is told each sentence before it is voiced (ready sound is an empty one) and gives the
    `Said` that keeps account of its sound, so that a caller who cancels knows what had been
    played. Raises PartError.
    """
    waiting: asyncio.Queue[str | Sound | None] = asyncio.Queue(AHEAD)

    async def think() -> None:
        async with contextlib.aclosing(sentences):  # type: ignore[type-var]
            async for sentence in sentences:
                await waiting.put(sentence)
        await waiting.put(None)

    async def talk() -> None:
        while (sentence := await waiting.get()) is not None:
            if isinstance(sentence, Sound):
                begun("").seconds = seconds(sentence.pcm, sentence.rate)
                await loudspeaker.play(turn, sentence.pcm, sentence.rate)
                continue
            said = begun(sentence)
            pieces = voicing.voice(sentence)
            async with contextlib.aclosing(pieces):  # type: ignore[type-var]
                async for pcm, rate in pieces:
                    said.seconds += seconds(pcm, rate)
                    await loudspeaker.play(turn, pcm, rate)

    with first_of_group():
        async with asyncio.TaskGroup() as both:
            both.create_task(think())
            both.create_task(talk())


def spoken(said: list[Said], played: float) -> str:
    """The text of the sentences whose sound was heard to at least half, given seconds `played`."""
    heard: list[Said] = []
    for one in said:
        if played < one.seconds / 2 or played <= 0:
            break
        heard.append(one)
        played -= one.seconds
    return text(heard)


def text(said: list[Said]) -> str:
    """Everything that was said, each sentence once in a row: an alarm repeats itself."""
    words = [one.text for one in said if one.text]
    return " ".join(word for at, word in enumerate(words) if word not in words[at - 1 : at])
