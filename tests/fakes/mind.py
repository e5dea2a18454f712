"""Doubles of the models: sound is its own transcript, answers are scripted."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

from roomtone.base.error import PartError
from roomtone.base.room import AlarmClock, Note, Timer
from roomtone.base.words import Exchanged, Transcript


class FakeTranscriber:
    """Reads sound that is text; a leading "?" makes it unsure."""

    def __init__(self) -> None:
        self.broken = False
        self.asked = 0

    async def read(self, pcm: bytes, *, final: bool) -> Transcript:
        self.asked += 1
        await asyncio.sleep(0)
        if self.broken:
            raise PartError("transcriber", "went away")
        text = pcm.decode()
        unsure = text.startswith("?")
        return Transcript(text=text.lstrip("?"), confidence=0.1 if unsure else 0.95, seconds=1.0)


class FakeThinker:
    """Answers from a script, word by word; remembers what it was asked with which history."""

    def __init__(self, script: dict[str, str]) -> None:
        self.script = script
        self.asked: list[tuple[str, list[Exchanged]]] = []
        self.foreseen: list[str] = []
        self.broken = False
        self.pause = asyncio.Event()
        self.pause.set()

    async def warm(self, system: str, history: list[Exchanged], question: str = "") -> None:
        self.foreseen.append(question)

    async def think(
        self, system: str, history: list[Exchanged], question: str, facts: str
    ) -> AsyncIterator[str]:
        self.asked.append((question, list(history)))
        await self.pause.wait()
        await asyncio.sleep(0)
        if self.broken:
            raise PartError("thinker", "went away")
        for word in self.script.get(question, "I don't know that.").split(" "):
            yield word + " "


class FakeVoice:
    """A tenth of a second of sound for each letter."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.broken = False
        self.hangs = False

    async def voice(self, sentence: str) -> AsyncIterator[tuple[bytes, int]]:
        await asyncio.sleep(3600 if self.hangs else 0)
        if self.broken:
            raise PartError("voice", "went away")
        self.said.append(sentence)
        yield b"\1\0" * 1600 * len(sentence), 16000


class FakeMemory:
    """Timers in a list."""

    def __init__(self) -> None:
        self.book: list[Timer] = []
        self.alarm_book: list[AlarmClock] = []
        self.volume = 1.0
        self.guest = False
        self.note_book: list[Note] = []
        self.forgotten: list[str] = []

    async def add_timer(self, seconds: int, name: str, now: float) -> Timer:
        timer = Timer(id=len(self.book) + 1, name=name, seconds=seconds, due=now + seconds)
        self.book.append(timer)
        return timer

    async def cancel_timers(self, ids: tuple[int, ...]) -> None:
        self.book = [timer for timer in self.book if timer.id not in ids]

    async def timers(self) -> tuple[Timer, ...]:
        return tuple(sorted(self.book, key=lambda timer: timer.due))

    async def add_alarm(self, at: dt.datetime, name: str = "") -> AlarmClock:
        alarm = AlarmClock(id=len(self.alarm_book) + 1, at=at, name=name)
        self.alarm_book.append(alarm)
        return alarm

    async def cancel_alarms(self, ids: tuple[int, ...]) -> None:
        self.alarm_book = [alarm for alarm in self.alarm_book if alarm.id not in ids]

    async def alarms(self) -> tuple[AlarmClock, ...]:
        return tuple(sorted(self.alarm_book, key=lambda alarm: alarm.at))

    async def set_volume(self, level: float) -> None:
        self.volume = level

    async def set_guest(self, *, on: bool) -> None:
        self.guest = on

    async def notes(self) -> tuple[Note, ...]:
        return tuple(self.note_book)

    async def add_note(self, text: str) -> Note:
        note = Note(id=len(self.note_book) + 1, at=float(len(self.note_book)), text=text)
        self.note_book.append(note)
        return note

    async def drop_notes(self, ids: tuple[int, ...]) -> int:
        before = len(self.note_book)
        self.note_book = [note for note in self.note_book if note.id not in ids]
        return before - len(self.note_book)

    def pass_over(self) -> None:
        self.forgotten.append("this turn")

    async def turns_today(self) -> int:
        return 3

    async def forget(self, what: str) -> int:
        self.forgotten.append(what)
        return 1
