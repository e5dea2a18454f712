"""The queue of sound before the loudspeaker: gapless, without clicks, no clock of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from roomtone.base import message
from roomtone.base.frame import SAMPLE_RATE

CAPACITY_SECONDS = 90.0
FADE_SAMPLES = SAMPLE_RATE * 8 // 1000
"""8 ms at the edges of silence: too short for the ear to miss a sound, too long for a click."""

REWIND_SAMPLES = SAMPLE_RATE * 120 // 1000
"""Sound that is played once more after a pause: no syllable is lost in the fades."""

UNHEARD_SAMPLES = SAMPLE_RATE // 4
"""Of what was given and never heard, how much is kept for a pause."""

DUCKED = 0.25
"""Gain while somebody may be speaking over us: 12 dB less, at once."""

UNDUCK = 10**0.075
"""Gain from block to block on the way back: 1.5 dB in 20 ms."""

Samples = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]
Told = message.SoundBegan | message.SoundEnded


class Converter(Protocol):
    """A stream of float pieces to int16 at 16 kHz; `last` hands out what it held back."""

    def convert(self, piece: Floats, *, last: bool = False) -> Samples:
        """The next samples."""
        ...


class Player:
    """Takes what the core wants played, gives blocks of 16 kHz mono, tells when turns sound.

    `converter` makes a converter from a rate to 16 kHz; each turn has its own, so that the pieces
    of one answer join without a seam.
    """

    def __init__(self, converter: Callable[[int], Converter], volume: float = 1.0) -> None:
        self._converter = converter
        self._queue: deque[_Piece | _End] = deque()
        self._open: dict[int, _Turn] = {}
        self._waiting = 0
        self._at_rest = True
        self.calling = False
        """Whether a wake word is in the sound of the last block, or near it."""
        self._rings = False
        self._pausing = self._paused = False
        self._unheard = 0
        self._tail = np.zeros(0, np.float32)
        self._gain = self._wanted_gain = volume * volume
        self._ducked, self._duck = False, 1.0

    @property
    def queued(self) -> float:
        """Seconds still to be played."""
        return self._waiting / SAMPLE_RATE

    def play(self, request: message.Play) -> bool:
        """Append; False, and nothing is kept, when that would be more than 90 s."""
        count = len(request.pcm) // 2
        if self.queued + count / request.rate > CAPACITY_SECONDS:
            return False
        sound = np.frombuffer(request.pcm, "<i2", count).astype(np.float32) / np.float32(32768)
        turn = self._open.setdefault(request.turn, _Turn(request.turn))
        turn.calls, turn.rings = request.calls, request.rings
        if request.cue:
            whole = self._converter(request.rate).convert(sound, last=True)
            self._append(turn, whole, cue=True)
            return True
        if turn.converter is None or turn.rate != request.rate:
            self._flush(turn)
            turn.rate, turn.converter = request.rate, self._converter(request.rate)
        self._append(turn, turn.converter.convert(sound))
        return True

    def end(self, turn: int) -> None:
        """No more sound for `turn`; its end is told when the queue has got there."""
        ended = self._open.pop(turn, None) or _Turn(turn)
        self._flush(ended)
        self._queue.append(_End(ended))

    @property
    def paused(self) -> bool:
        """True from a pause on, until it goes on or is hushed."""
        return self._paused or self._pausing

    def pause(self) -> None:
        """Fade out in the next block, and keep everything that is queued."""
        self._pausing = self._waiting > 0 and not self._paused

    def cut(self, unheard: int) -> None:
        """Pause without a fade: so many samples that were given last are silence already."""
        if self._pausing and unheard:
            self._pausing, self._paused = False, True
            self._unheard = min(unheard, UNHEARD_SAMPLES)

    def resume(self) -> None:
        """Go on, from a little before where it was."""
        piece = next((item for item in self._queue if isinstance(item, _Piece)), None)
        tail = self._tail[-REWIND_SAMPLES - self._unheard :]
        if self._paused and piece is not None and len(tail):
            rise = np.minimum(np.arange(1, len(tail) + 1) / FADE_SAMPLES, 1)
            again = (tail * rise).astype(np.int16)
            self._queue.appendleft(_Piece(piece.turn, again, cue=True, calls=piece.calls))
            self._waiting += len(again)
        self._go_on()

    def _go_on(self) -> None:
        self._pausing = self._paused = False
        self._unheard = 0
        self._tail = self._tail[:0]

    def hush(self, fade_ms: int) -> None:
        """Fade out within `fade_ms` and forget the rest; the open turns end hushed."""
        keep = 0 if self._paused else min(self._waiting, SAMPLE_RATE * fade_ms // 1000)
        self._go_on()
        ramp = np.linspace(1, 0, keep, endpoint=False, dtype=np.float32)
        kept: deque[_Piece | _End] = deque()
        done = 0
        for item in self._queue:
            if isinstance(item, _End):
                kept.append(_End(item.turn, hushed=True))
            elif done < keep:
                sound = item.sound[: keep - done]
                faded = (sound * ramp[done : done + len(sound)]).astype(np.int16)
                kept.append(_Piece(item.turn, faded, item.cue, item.calls))
                done += len(sound)
        kept.extend(_End(turn, hushed=True) for turn in self._open.values())
        self._queue, self._waiting, self._at_rest = kept, keep, True
        self._open.clear()

    def set_volume(self, level: float) -> None:
        """Gain is `level` squared, reached by the end of the next block."""
        self._wanted_gain = level * level

    def duck(self, *, wanted: bool) -> None:
        """Be soft in the next block, or loud again by and by; a bell stays loud."""
        self._ducked = wanted

    def next_block(self, count: int, t: float, *, heard: bool = True) -> tuple[Samples, list[Told]]:
        """The next `count` samples, which leave from `t` on, and what began or ended in them.

        Sound that nobody can hear does not count as played.
        """
        self.calling = self._rings = False
        if self._paused:
            return np.zeros(count, np.int16), []
        if not (self._queue or self._pausing):
            self._gain, self._duck = self._wanted_gain, 1.0
            return np.zeros(count, np.int16), []
        before = self._waiting
        sound = np.zeros(count, np.float32)
        told: list[Told] = []
        filled = 0
        while self._queue:
            head = self._queue[0]
            now = t + filled / SAMPLE_RATE
            if isinstance(head, _End):
                self._queue.popleft()
                told.append(self._ended(head, now))
                continue
            if filled == count:
                break
            told.extend(self._began(head, now))
            self.calling = self.calling or head.calls
            self._rings = self._rings or head.turn.rings
            filled += self._move(head, sound[filled:], heard=heard)
        if filled:
            self._tail = np.concatenate([self._tail, sound[:filled]])[
                -REWIND_SAMPLES - UNHEARD_SAMPLES :
            ]
        self._shape(sound, before)
        if self._pausing:
            sound *= np.linspace(1, 0, count, dtype=np.float32)
            self._pausing, self._paused = False, True
        return np.clip(np.rint(sound), -32768, 32767).astype(np.int16), told

    def _append(self, turn: _Turn, sound: Samples, *, cue: bool = False) -> None:
        if not len(sound):
            return
        if self._at_rest or not self._waiting:
            rise = np.minimum(np.arange(1, len(sound) + 1) / FADE_SAMPLES, 1)
            sound = (sound * rise).astype(np.int16)
            self._at_rest = False
        self._queue.append(_Piece(turn, sound, cue, turn.calls))
        self._waiting += len(sound)

    def _flush(self, turn: _Turn) -> None:
        if turn.converter is not None:
            self._append(turn, turn.converter.convert(np.zeros(0, np.float32), last=True))
            turn.converter = None

    def _began(self, piece: _Piece, t: float) -> list[Told]:
        if piece.cue or piece.turn.began:
            return []
        piece.turn.began = True
        return [message.SoundBegan(t=t, turn=piece.turn.number)]

    def _ended(self, end: _End, t: float) -> message.SoundEnded:
        played = end.turn.played / SAMPLE_RATE
        return message.SoundEnded(t=t, turn=end.turn.number, played=played, hushed=end.hushed)

    def _move(self, piece: _Piece, room: Floats, *, heard: bool) -> int:
        count = min(len(piece.sound), len(room))
        room[:count] = piece.sound[:count]
        piece.sound = piece.sound[count:]
        if not len(piece.sound):
            self._queue.popleft()
        self._waiting -= count
        if heard and not piece.cue:
            piece.turn.played += count
        return count

    def _shape(self, sound: Floats, before: int) -> None:
        """The volume, and a fall towards the end of all that is queued."""
        count = len(sound)
        if before < count + FADE_SAMPLES:
            fall = (before - np.arange(count)) / FADE_SAMPLES
            sound *= np.clip(fall, 0, 1).astype(np.float32)
        duck = DUCKED if self._ducked and not self._rings else min(self._duck * UNDUCK, 1.0)
        first, last = self._gain * self._duck, self._wanted_gain * duck
        sound *= np.linspace(first, last, count, dtype=np.float32)
        self._gain, self._duck = self._wanted_gain, duck


class _Piece(msgspec.Struct):
    turn: _Turn
    sound: npt.NDArray[np.int16]
    cue: bool = False
    calls: bool = False


class _End(msgspec.Struct):
    turn: _Turn
    hushed: bool = False


class _Turn(msgspec.Struct):
    number: int
    converter: Converter | None = None
    rate: int = 0
    began: bool = False
    played: int = 0
    calls: bool = False
    rings: bool = False
