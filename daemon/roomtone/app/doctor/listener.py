"""A process that listens to the room for some seconds and plays one tone: numbers out, no sound.

Doctor starts it, so that a sound server that hangs costs a process and not the report.
"""

from __future__ import annotations

import sys
from typing import Protocol

import msgspec
import numpy as np

from roomtone.app.doctor import chirp
from roomtone.app.doctor.chirp import Heard
from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.base.frame import BLOCK_MS, BLOCK_SAMPLES
from roomtone.capture.mic import LiveSound
from roomtone.capture.resample import Samples
from roomtone.capture.settings import SoundSettings

SETTLING = 0.5
"""Seconds until the devices run smoothly; what is heard in them does not count."""

LISTENING = 2.0
"""Seconds for level, noise floor and clipping."""

ECHO = 1.0
"""Seconds that the tone may take from hand to hand."""

CLIPPED = 32700
"""Steps beyond which a sample counts as cut off, when its neighbour is too."""

FLOOR = 10
"""Percentile of the blocks' power that counts as the noise floor: between words and clatter."""

SILENCE_DB = -120.0


class Sound(Protocol):
    """What is needed of `LiveSound`."""

    @property
    def lost(self) -> float:
        """Seconds of sound that gave way."""
        ...

    def read(self) -> Samples:
        """The next 20 ms."""
        ...

    def write(self, block: Samples) -> None:
        """20 ms to play."""
        ...


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """What the devices complained of, as `message.Complaint`."""

    kind: str
    fault: str


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """The sound of a room, dB of full scale."""

    level_db: float
    floor_db: float
    peak_db: float
    clipped: float
    """Share of the samples, 0..1, that were cut off."""
    constant: bool
    """All samples had one value, which no live microphone delivers."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """All that was measured."""

    devices: dict[str, str | int | float | bool]
    """As in `message.Ready.detail`: input, input_rate, output, output_rate, microphone."""
    levels: Levels | None
    """None without a microphone."""
    lost: float
    """Seconds of sound that this process could not take in time."""
    tone: Levels | None = None
    """The sound while the tone was played; None when it was not."""
    echo: Heard | None = None
    """None when the tone was not heard."""
    troubles: tuple[Trouble, ...] = ()


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """What doctor tells the process, as JSON on its standard input."""

    sound: SoundSettings


def main() -> None:
    """Print `Measured` as JSON; exit 1 with one line when there is no sound system at all."""
    setup = msgspec.json.decode(sys.stdin.buffer.read(), type=Setup)
    live = LiveSound(setup.sound)
    try:
        live.begin(microphone=True)
        devices = live.started()
        found = measure(live, devices)
    except OwnerError as problem:
        sys.exit(str(problem))
    troubles = tuple(
        Trouble(kind=news.kind, fault=news.fault)
        for news in live.news()
        if isinstance(news, message.Complaint)
    )
    told = msgspec.json.encode(msgspec.structs.replace(found, troubles=troubles))
    sys.stdout.buffer.write(told + b"\n")
    sys.stdout.flush()
    live.close()


def measure(sound: Sound, devices: dict[str, str | int | float | bool]) -> Measured:
    """Listen, then play the tone where there are a microphone and a loudspeaker."""
    if "input" not in devices:
        return Measured(devices=devices, levels=None, lost=0.0)
    _pass(sound, _silence(SETTLING))
    before = sound.lost
    room = _pass(sound, _silence(LISTENING))
    found = Measured(devices=devices, levels=levels(room), lost=sound.lost - before)
    if "output" not in devices:
        return found
    tone = chirp.tone()
    heard = _pass(sound, np.concatenate([tone, _silence(ECHO + chirp.REVERB)]))
    return msgspec.structs.replace(
        found,
        lost=sound.lost - before,
        tone=levels(heard),
        echo=chirp.find(heard, 0, room),
    )


def levels(sound: Samples) -> Levels:
    """Level, floor and clipping of `sound`, 16 kHz."""
    wide = sound.astype(np.float64)
    blocks = wide[: len(wide) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    power = ((blocks - wide.mean()) ** 2).mean(axis=1)
    high = np.abs(sound.astype(np.int32)) >= CLIPPED
    flat = np.zeros(len(high), bool)
    flat[1:] = high[1:] & high[:-1]
    return Levels(
        level_db=_db(float(power.mean())),
        floor_db=_db(float(np.percentile(power, FLOOR))),
        peak_db=_db(float(np.abs(wide).max()) ** 2),
        clipped=round(float(flat.mean()), 5),
        constant=bool((sound == sound[0]).all()),
    )


def _pass(sound: Sound, played: Samples) -> Samples:
    """Play `played`, block against block; what was heard meanwhile, from the same moment on."""
    heard = []
    for start in range(0, len(played), BLOCK_SAMPLES):
        block = np.zeros(BLOCK_SAMPLES, np.int16)
        piece = played[start : start + BLOCK_SAMPLES]
        block[: len(piece)] = piece
        sound.write(block)
        heard.append(sound.read())
    return np.concatenate(heard)


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * 1000 / BLOCK_MS) * BLOCK_SAMPLES, np.int16)


def _db(power: float) -> float:
    """Decibels of full scale of the mean square of samples."""
    if not power:
        return SILENCE_DB
    return max(SILENCE_DB, round(10 * float(np.log10(power / 32768.0**2)), 1))


if __name__ == "__main__":
    main()
