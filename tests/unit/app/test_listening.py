"""From a segment of speech to its words."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from roomtone.app.listening import LONGEST, Segment, Understanding
from roomtone.base.words import Transcript
from roomtone.recognize.settings import HearingSettings


class Reader:
    """Reads one word for each second of sound."""

    def __init__(self, text: str, confidence: float = 0.9) -> None:
        self.text = text
        self.confidence = confidence
        self.asked: list[bool] = []

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        self.asked.append(final)
        words = self.text.split()[: None if final else len(pcm) // 32000]
        return Transcript(text=" ".join(words), confidence=self.confidence, seconds=1.0)


def test_the_wake_word_is_taken_off_a_woken_segment_only() -> None:
    async def read() -> None:
        understanding = Understanding(Reader("hey jarvis what time is it"), HearingSettings())
        woken = await understanding.read(Segment(1, "wake", "hey jarvis"))
        assert woken.text == "what time is it"
        follow_up = await understanding.read(Segment(2, "follow_up", ""))
        assert follow_up.text == "hey jarvis what time is it"

    asyncio.run(read())


def test_partials_are_told_while_the_segment_grows_each_once() -> None:
    async def grow() -> None:
        told: list[str] = []
        understanding = Understanding(Reader("what time is it"), HearingSettings())
        segment = Segment(1, "follow_up", "")
        understanding.follow(segment, told.append)
        for _ in range(8):
            segment.take(bytes(16000))
            for _ in range(5):
                await asyncio.sleep(0)
        await understanding.read(segment)
        assert told == ["what", "what time", "what time is", "what time is it"]

    asyncio.run(grow())


def test_partials_can_be_switched_off() -> None:
    async def grow() -> None:
        reader = Reader("what")
        understanding = Understanding(reader, HearingSettings(partials=False))
        segment = Segment(1, "follow_up", "")
        understanding.follow(segment, lambda _: None)
        segment.take(bytes(64000))
        await asyncio.sleep(0)
        assert reader.asked == []

    asyncio.run(grow())


def test_an_unsure_reading_is_told_apart() -> None:
    settings = HearingSettings(min_confidence=0.5)
    understanding = Understanding(Reader(""), settings)
    assert understanding.unsure(Transcript(text="x", confidence=0.4, seconds=1))
    assert not understanding.unsure(Transcript(text="x", confidence=0.6, seconds=1))


def test_endless_talk_does_not_grow_without_bound() -> None:
    segment = Segment(1, "wake", "")
    for _ in range(5):
        segment.take(bytes(LONGEST // 3))
    assert len(segment.pcm) <= LONGEST + LONGEST // 3


def test_a_soft_last_syllable_after_the_pause_is_read_too() -> None:
    loud = (8000 * np.sin(np.arange(16000) / 3)).astype("<i2").tobytes()
    soft = (600 * np.sin(np.arange(3200) / 3)).astype("<i2").tobytes()
    hiss = (20 * np.sin(np.arange(3200) / 3)).astype("<i2").tobytes()

    async def read(after: bytes) -> list[bool]:
        reader = Reader("who")
        understanding = Understanding(reader, HearingSettings(partials=False))
        segment = Segment(1, "follow_up", "")
        segment.take(loud)
        await understanding.prepare(segment, 1.1)
        segment.take(after)
        await understanding.read(segment, last_voice=1.0)
        return reader.asked

    assert asyncio.run(read(hiss)) == [True]
    assert asyncio.run(read(soft)) == [True, True]


def test_whoever_stops_waiting_for_what_is_read_ahead_leaves_it_to_the_end_of_the_segment() -> None:
    async def read() -> None:
        reader = Reader("what time is it")
        understanding = Understanding(reader, HearingSettings(partials=False))
        segment = Segment(1, "follow_up", "")
        ahead = asyncio.create_task(understanding.prepare(segment, 1.0))
        await asyncio.sleep(0)
        ahead.cancel()
        words = await understanding.read(segment, last_voice=0.9)
        assert words.text == "what time is it"
        assert len(reader.asked) == 1

    asyncio.run(read())


LOUD = (8000 * np.sin(np.arange(16000) / 3)).astype("<i2").tobytes()
HISS = (20 * np.sin(np.arange(3200) / 3)).astype("<i2").tobytes()


async def spoken_and_paused(confidence: float) -> tuple[Reader, list[str], Transcript]:
    """A second of speech and a fifth of quiet, read along, then in its pause."""
    stopped: list[str] = []
    reader = Reader("who", confidence)
    understanding = Understanding(reader, HearingSettings())
    segment = Segment(1, "follow_up", "")
    understanding.follow(segment, lambda _: None, lambda said: stopped.append(said.text))
    for piece in [LOUD, *(HISS[at : at + 1280] for at in range(0, len(HISS), 1280))]:
        segment.take(piece)
        for _ in range(5):
            await asyncio.sleep(0)
    await understanding.prepare(segment, 1.2)
    return reader, stopped, await understanding.read(segment, last_voice=1.0)


def test_the_words_are_told_as_soon_as_somebody_seems_to_have_stopped() -> None:
    _, stopped, _ = asyncio.run(spoken_and_paused(0.9))
    assert stopped
    assert set(stopped) == {"who"}


def test_words_known_before_they_were_out_are_told_while_the_last_sound_is_read_again() -> None:
    async def read() -> None:
        told: list[tuple[str, int]] = []
        reader = Reader("who")
        understanding = Understanding(reader, HearingSettings())
        segment = Segment(1, "follow_up", "")
        perhaps = lambda said: told.append((said.text, len(reader.asked)))  # noqa: E731
        understanding.follow(segment, lambda _: None, perhaps=perhaps)
        for piece in (LOUD, LOUD[:3200], *(HISS[at : at + 1280] for at in range(0, 6400, 1280))):
            segment.take(piece)
            for _ in range(5):
                await asyncio.sleep(0)
        assert told[0] == ("who", 1)
        understanding.forget(segment)

    asyncio.run(read())


def test_a_doubtful_partial_is_read_once_more_in_the_pause() -> None:
    reader, _, said = asyncio.run(spoken_and_paused(0.7))
    assert reader.asked[-1]
    assert said.text == "who"


@pytest.mark.parametrize(("text", "again"), [("help", False), ("who", True)])
def test_a_doubtful_command_in_its_own_words_is_not_read_once_more(text: str, again: bool) -> None:
    async def read() -> None:
        reader = Reader(text, 0.7)
        understanding = Understanding(reader, HearingSettings())
        segment = Segment(1, "follow_up", "")
        understanding.follow(segment, lambda _: None)
        for piece in (LOUD + HISS[:2560], HISS[2560:]):
            segment.take(piece)
            for _ in range(5):
                await asyncio.sleep(0)
        assert (await understanding.prepare(segment, 1.2)).text == text
        assert any(reader.asked) is again
        understanding.forget(segment)

    asyncio.run(read())


class Whole(Reader):
    """Reads all of its text in any sound."""

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        return await super().read(pcm if final else bytes(320000), final=final)


@pytest.mark.parametrize(("later", "readings"), [("who", 2), ("who is", 3)])
def test_in_a_noisy_room_a_later_partial_bears_out_what_was_read_in_the_pause(
    later: str, readings: int
) -> None:
    noise = np.random.default_rng(1).normal(0, 1500, 16000).astype("<i2").tobytes()

    async def read() -> None:
        reader = Whole("who")
        understanding = Understanding(reader, HearingSettings())
        segment = Segment(1, "follow_up", "")
        segment.take(LOUD)
        await understanding.prepare(segment, 1.1)
        reader.text = later
        understanding.follow(segment, lambda _: None)
        for at in range(0, 8000, 1280):
            segment.take(noise[at : at + 1280])
            for _ in range(5):
                await asyncio.sleep(0)
        said = await understanding.read(segment, last_voice=1.0)
        assert said.text == later
        assert reader.asked.count(True) == readings - 1

    asyncio.run(read())
