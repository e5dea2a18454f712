"""An ear without sound: it remembers what was played and lets a scene speak into it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.frame import seconds


class FakeEar:
    """Stands for `Duplex`. Sound takes no time unless `holding`."""

    def __init__(self) -> None:
        self.t = 0.0
        self.mode = "asleep"
        self.window = self.tail = 0.0
        self.played: list[tuple[int, bytes]] = []
        self.cues: list[bytes] = []
        self.sent: list[Any] = []
        self.holding = self.away = False
        self.calling: list[bool] = []
        self.ringing: list[bool] = []
        self._segments = itertools.count(1)
        self._open = 0
        self._going: dict[int, float] = {}
        self._over: dict[int, asyncio.Event] = {}
        self.handle: Callable[[Any], Awaitable[None]]

    def tell(self, handle: Callable[[Any], Awaitable[None]]) -> None:
        self.handle = handle

    async def attend(self, mode: str, within: float = 0.0, after: float = 0.0) -> None:
        self.mode, self.window, self.tail = mode, after + within, after

    async def play(
        self, turn: int, pcm: bytes, rate: int, *, calls: bool = False, rings: bool = False
    ) -> None:
        self.calling.append(calls)
        self.ringing.append(rings)
        await asyncio.sleep(0)
        if turn not in self._going:
            await self.handle(message.SoundBegan(t=self.t, turn=turn))
        self._going[turn] = self._going.get(turn, 0.0) + seconds(pcm, rate)
        self.played.append((turn, pcm))

    async def cue(self, pcm: bytes, rate: int) -> None:
        self.cues.append(pcm)

    async def finish(self, turn: int) -> float:
        if self.holding:
            await self._over.setdefault(turn, asyncio.Event()).wait()
        length = self._going.pop(turn, 0.0)
        self.t += length
        return length

    async def hush(self, turn: int) -> float:
        return self._going.pop(turn, 0.0) / 4

    async def send(self, request: Any) -> None:
        if self.away:
            raise PartError("ear", "is not running")
        self.sent.append(request)

    # --- what a scene does to it

    async def wake(self, phrase: str, text: str = "", voiced_ms: int = 900) -> None:
        """The wake word, and in one breath `text`; the sound is the text itself."""
        number = next(self._segments)
        self.mode = "listening"
        await self.handle(
            message.WakeDetected(
                t=self.t, phrase=phrase, score=0.9, segment=number, began=self.t - 1
            )
        )
        await self._speak(number, "wake", f"{phrase} {text}".strip(), voiced_ms)

    async def opens(self, phrase: str) -> None:
        """The wake word, and whoever said it is about to go on."""
        number = self._open = next(self._segments)
        self.mode = "listening"
        await self.handle(
            message.WakeDetected(t=self.t, phrase=phrase, score=0.9, segment=number, began=self.t)
        )

    async def pauses(self, phrase: str, text: str) -> None:
        """The wake word and `text`, then a short silence: perhaps more comes."""
        await self.opens(phrase)
        number = self._open
        await self.goes_on(number, f"{phrase} {text}")
        self.t += 0.13
        await self.handle(message.SpeechPaused(t=self.t, segment=number))

    async def goes_on(self, number: int, text: str) -> None:
        """Speech of a segment that is open."""
        self.t += 1.5
        await self.handle(message.SpeechChunk(segment=number, pcm=text.encode()))

    async def cut(self, number: int) -> None:
        """An open segment has reached its greatest length; whoever speaks goes on."""
        await self.ends(number, silence_ms=0)

    async def ends(self, number: int, silence_ms: int = 200) -> None:
        """An open segment is over; its silence began when it last paused or went on."""
        self.t += 0.07
        await self.handle(
            message.SpeechEnd(
                t=self.t,
                segment=number,
                kind="wake",
                silence_ms=silence_ms,
                turn_probability=0.9,
                voiced_ms=900,
            )
        )

    async def speech(
        self, text: str, kind: message.Kind = "follow_up", *, clear: bool = True
    ) -> None:
        """Speech in a window, or over our own sound."""
        number = next(self._segments)
        await self.handle(message.SpeechBegan(t=self.t, segment=number, kind=kind, clear=clear))
        await self._speak(number, kind, text, 900)

    async def silence(self) -> None:
        """The listening window closes without speech."""
        self.t += self.window
        self.mode = "asleep"
        await self.handle(message.WindowClosed(t=self.t, segment=0))

    async def _speak(self, number: int, kind: message.Kind, text: str, voiced_ms: int) -> None:
        self.t += 1.5
        await self.handle(message.SpeechChunk(segment=number, pcm=text.encode()))
        await self.handle(
            message.SpeechEnd(
                t=self.t,
                segment=number,
                kind=kind,
                silence_ms=300,
                turn_probability=0.9,
                voiced_ms=voiced_ms,
            )
        )
