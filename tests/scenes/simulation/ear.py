"""A simulated ear: modes, windows, segments and a queue of sound, by the rules of the real one."""

from __future__ import annotations

import itertools
import random
from typing import Any

from roomtone.app.ear_setup import EarSetup
from roomtone.base import message
from roomtone.base.frame import seconds
from scenes.simulation.lives import SimLife

GRACE = 0.25
LATENCY = 0.05
TICK = 0.4
IDLE_TICK = 5.0
AWAKE = 3.0
ALONE = 0.45
LONGEST = 15.0


class SimEar(SimLife):
    """Hears what `says` and `wakes` tell it; plays what it is given."""

    part = "ear"

    def __init__(self, random_: random.Random, ready_after: float) -> None:
        super().__init__(random_, ready_after)
        self.born = self.loop.time()
        self.mode = "asleep"
        self.muted = False
        self.stalled = False
        """The loudspeaker takes nothing."""
        self.two_voices = 0
        """Times that a turn spoke before the sound of another was over."""
        self._opens = self._deadline = 0.0
        self._numbers = itertools.count(1)
        self._segment: tuple[int, message.Kind, float] | None = None
        self._after_wake = False
        self._speech = 0
        self._free_at = 0.0
        self._turns: dict[int, float] = {}
        self._ended: dict[int, float] = {}
        self._generation = 0
        self.loop.call_later(TICK, self._tick)

    @property
    def t(self) -> float:
        """Stream time."""
        return self.loop.time() - self.born

    @property
    def queued(self) -> float:
        """Seconds of sound still to be played."""
        return max(0.0, self._free_at - self.loop.time())

    @property
    def open(self) -> bool:
        """True while somebody is heard."""
        return self._segment is not None

    # --- what the core wants

    def obey(self, request: Any) -> None:
        match request:
            case EarSetup():
                self.muted = request.muted
            case message.Attend():
                self._attend(request)
            case message.Expect(more="complete"):
                segment = self._segment
                if segment is not None and segment[0] == request.segment:
                    self.loop.call_later(0.07, self._finish, request.segment, 200, self._speech)
            case message.Play():
                self._play(request)
            case message.PlayEnd():
                self._play_end(request.turn)
            case message.Hush():
                self._hush()
            case message.Microphone():
                self.muted = not request.open
                if self.muted and self._segment is not None:  # it goes on as silence
                    self._speech += 1
                    number = self._segment[0]
                    self.loop.call_later(ALONE, self._finish, number, 450, self._speech)
            case _:
                pass

    def _attend(self, wish: message.Attend) -> None:
        self._opens = self.t + wish.after
        self._deadline = self._opens + wish.seconds
        if self._segment is not None:
            _, kind, opened = self._segment
            young = kind == "wake" and self.t - opened < GRACE
            kept = wish.mode == "listening" and kind != "interruption"
            if young or kept:
                return
            self._segment = None
        self.mode = wish.mode
        if self.mode == "listening":
            self.loop.call_later(wish.after + wish.seconds + 0.01, self._close)

    def _close(self) -> None:
        due = self.mode == "listening" and self._segment is None and self.t >= self._deadline
        if due and not self.hung and not self.dead:
            self.mode = "asleep"
            self.say(message.WindowClosed(t=self.t, segment=0))

    def _play(self, request: message.Play) -> None:
        length = seconds(request.pcm, request.rate)
        if not request.cue:
            others = [
                turn for turn in [*self._turns, *self._ended] if turn not in (0, request.turn)
            ]
            self.two_voices += bool(others and self.queued > 0)
            if request.turn not in self._turns:
                begins = max(self.loop.time(), self._free_at) + LATENCY
                self.loop.call_at(begins, self._sound, request.turn, self._generation)
            self._turns[request.turn] = self._turns.get(request.turn, 0.0) + length
        self._free_at = max(self.loop.time(), self._free_at) + length

    def _sound(self, turn: int, generation: int) -> None:
        if generation != self._generation or self.dead:
            return
        if self.stalled:
            self.loop.call_later(0.5, self._sound, turn, generation)
        else:
            self.say(message.SoundBegan(t=self.t, turn=turn))

    def _play_end(self, turn: int) -> None:
        self._ended[turn] = self._turns.pop(turn, 0.0)
        ends = max(self.loop.time(), self._free_at) + LATENCY
        self.loop.call_at(ends, self._over, turn, self._generation)

    def _over(self, turn: int, generation: int) -> None:
        if generation != self._generation or self.dead:
            return
        if self.stalled:
            self.loop.call_later(0.5, self._over, turn, generation)
        else:
            played = self._ended.pop(turn, 0.0)
            self.say(message.SoundEnded(t=self.t, turn=turn, played=played))

    def _hush(self) -> None:
        self._generation += 1
        self._free_at = self.loop.time()
        for turn, played in [*self._turns.items(), *self._ended.items()]:
            self.say(message.SoundEnded(t=self.t, turn=turn, played=played / 2, hushed=True))
        self._turns.clear()
        self._ended.clear()

    def _tick(self) -> None:
        if self.dead:
            return
        if not self.hung and self.ready:
            tick = message.Tick(t=self.t, level_db=-60.0, queued=self.queued, captured=self.t)
            self.say(tick)
        awake = self.mode != "asleep" or self.queued or self.loop.time() < self.ready_at + AWAKE
        self.loop.call_later(TICK if awake or not self.ready else IDLE_TICK, self._tick)

    # --- what people do

    def deaf(self) -> bool:
        """True while nothing said here is heard."""
        return self.dead or self.hung or self.muted or not self.ready

    def wakes(self, phrase: str, text: str, length: float, silence_ms: int) -> None:
        """Somebody says the wake word, and in one breath `text`."""
        if self.deaf():
            return
        number = next(self._numbers)
        self._segment = (number, "wake", self.t)
        self.mode = "listening"
        self._speech += 1
        self.say(
            message.WakeDetected(
                t=self.t, phrase=phrase, score=0.9, segment=number, began=self.t - 1
            )
        )
        self._chunk(number, phrase.replace("_", " ") + " ")
        if not text:
            self.loop.call_later(ALONE, self._finish, number, 450, self._speech)
            return
        self.loop.call_later(0.2, self._begin, number)
        self._speak(number, text, length, silence_ms)

    def says(self, text: str, length: float, silence_ms: int) -> None:
        """Somebody says something without the wake word."""
        attentive = self.mode == "watching" or (self.mode == "listening" and self.t >= self._opens)
        if self.deaf() or self._segment is not None or not attentive:
            return
        number = next(self._numbers)
        kind: message.Kind = "follow_up"
        if self.mode == "watching":
            kind, length = "interruption", min(length, 3.0)
        elif self._after_wake:
            kind = "wake"
        self._segment = (number, kind, self.t)
        self._speech += 1
        self._begin(number)
        self._speak(number, text, length, silence_ms)

    def _speak(self, number: int, text: str, length: float, silence_ms: int) -> None:
        if length >= LONGEST:
            length, silence_ms = LONGEST, 0
        half = len(text) // 2
        self.loop.call_later(length / 2, self._chunk, number, text[:half])
        self.loop.call_later(length, self._chunk, number, text[half:])
        if silence_ms > 128:
            self.loop.call_later(length + 0.128, self._pause, number)
        end = length + silence_ms / 1000
        self.loop.call_later(end, self._finish, number, silence_ms, self._speech)

    def _is(self, number: int) -> bool:
        lives = not (self.dead or self.hung)
        return self._segment is not None and self._segment[0] == number and lives

    def _begin(self, number: int) -> None:
        if self._is(number) and self._segment is not None:
            kind = self._segment[1]
            self.say(message.SpeechBegan(t=self.t, segment=number, kind=kind))

    def _chunk(self, number: int, text: str) -> None:
        if self._is(number) and not self.muted:
            pcm = text.encode()
            self.say(message.SpeechChunk(segment=number, pcm=pcm))

    def _pause(self, number: int) -> None:
        if self._is(number) and self._segment is not None and self._segment[1] != "interruption":
            self.say(message.SpeechPaused(t=self.t, segment=number))

    def _finish(self, number: int, silence_ms: int, speech: int) -> None:
        if not self._is(number) or speech != self._speech or self._segment is None:
            return
        kind = self._segment[1]
        alone = silence_ms == 450
        self._after_wake = kind == "wake" and alone
        self._segment = None
        if kind != "interruption":
            self.mode = "asleep"
        self.say(
            message.SpeechEnd(
                t=self.t,
                segment=number,
                kind=kind,
                silence_ms=silence_ms,
                turn_probability=0.9,
                voiced_ms=100 if alone else 900,
            )
        )
