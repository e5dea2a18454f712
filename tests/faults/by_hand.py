"""A sound device that a test plays by hand: ALSA reads one pipe and writes another, both paced."""

from __future__ import annotations

import contextlib
import os
import termios
import threading
import time
from collections import deque
from fcntl import F_SETPIPE_SZ, fcntl, ioctl
from pathlib import Path

import numpy as np

from roomtone.capture.resample import Resampler
from roomtone.capture.settings import SoundSettings

ALSA = """
pcm.nothing {{ type null }}
pcm.given {{ type file slave.pcm nothing file "{folder}/tee" infile "{folder}/in" format raw }}
pcm.taken {{ type file slave.pcm nothing file "{folder}/out" format raw }}
pcm.!default {{ type plug slave {{ pcm given rate {rate} channels {channels} format {form} }} }}
pcm.handmouth {{ type plug slave {{ pcm taken rate {rate} channels {channels} format {form} }} }}
"""

SOUND = SoundSettings(input="default", output="handmouth")

FORMS = {"S16_LE": ("<i2", 32768), "FLOAT_LE": ("<f4", 1.0)}


class Device:
    """Gives room noise, and what it is told to say. Its knobs may be turned at any time.

    `burst` blocks come at once: at least two, for ALSA fills a short read up with rubbish. With
    `there` False it appears only when it is told to.
    """

    def __init__(
        self,
        folder: Path,
        *,
        rate: int = 16_000,
        channels: int = 1,
        form: str = "S16_LE",
        there: bool = True,
        burst: int = 2,
    ) -> None:
        text = ALSA.format(folder=folder, rate=rate, channels=channels, form=form)
        (folder / "asound.conf").write_text(text)
        self.environment = {"ALSA_CONFIG_PATH": str(folder / "asound.conf")}
        self.writing, self.reading = True, True
        self.pace = 1.0
        """Share of the true rate at which it delivers."""
        self._burst = burst
        self.value: float | None = None
        """The one value that it gives, of full scale."""
        self.offset, self.hum = 0.0, 0.0
        """What is added to every sample, and the peak of a hum of 50 Hz, of full scale."""
        self._rate, self._channels = rate, channels
        self._type, self._scale = FORMS[form]
        self._block = rate // 50
        self._bytes = self._block * channels * np.dtype(self._type).itemsize
        self._noise = np.random.default_rng(3).normal(0, 20 / 32768, (50, self._block))
        self._words: deque[np.ndarray] = deque()
        self._storm = 0
        self._ended = False
        self._folder = folder
        for name in ("in", "out", "tee"):
            os.mkfifo(folder / name)
        work = (self._write, lambda: self._read("out"), lambda: self._read("tee"))
        self._threads = [threading.Thread(target=run) for run in work]
        if there:
            self.appear()

    @property
    def pipe(self) -> Path:
        """What it delivers, for a sound server."""
        return self._folder / "in"

    def appear(self) -> None:
        """From now on it opens; before, opening it waits for ever."""
        for thread in self._threads:
            thread.start()

    def say(self, sound: np.ndarray) -> None:
        """Have int16 sound of 16 kHz heard, in real time."""
        converter = Resampler(16_000, self._rate)
        there = converter.convert(sound.astype(np.float32) / 32768, last=True) / 32768
        count = len(there) // self._block
        self._words.extend(there[: count * self._block].reshape(count, self._block))

    def storm(self, seconds: float) -> None:
        """Deliver so much sound as fast as it is taken."""
        self._storm = round(seconds * 50)

    def close(self) -> None:
        """End it."""
        self._ended = True
        for thread in self._threads:
            if thread.ident is None:
                thread.start()
            thread.join()

    def _write(self) -> None:
        with self._pipe("in") as (pipe, size):
            due, number = time.monotonic(), 0
            while not self._ended:
                if not self.writing:
                    time.sleep(0.01)
                    due = time.monotonic()
                    continue
                blocks = range(number, number + self._burst)
                number += self._burst
                if _held(pipe) < size:
                    with contextlib.suppress(BlockingIOError):
                        os.write(pipe, b"".join(map(self._encoded, blocks)))
                    self._storm = max(0, self._storm - self._burst)
                due = time.monotonic() if self._storm else due + 0.02 * self._burst / self.pace
                time.sleep(max(0.0, due - time.monotonic()))

    def _read(self, name: str) -> None:
        with self._pipe(name) as (pipe, _):
            due = time.monotonic()
            while not self._ended:
                due += 0.02
                time.sleep(max(0.0, due - time.monotonic()))
                if (self.reading or name == "tee") and _held(pipe):
                    os.read(pipe, self._bytes)

    def _encoded(self, number: int) -> bytes:
        block = self._noise[number % len(self._noise)]
        if self._words:
            block = self._words.popleft()
        hum = self.hum * np.sin(2 * np.pi * np.arange(self._block) / self._block)
        block = block + self.offset + hum  # one cycle of 50 Hz is one block
        if self.value is not None:
            block = np.full(self._block, self.value)
        block = np.clip(block, -1.0, 1.0 - 1 / 32768)
        frames = np.repeat(block[:, None], self._channels, axis=1) * self._scale
        return frames.astype(self._type).tobytes()

    @contextlib.contextmanager
    def _pipe(self, name: str):
        pipe = os.open(self._folder / name, os.O_RDWR | os.O_NONBLOCK)
        size = max(16, self._burst) * self._bytes
        fcntl(pipe, F_SETPIPE_SZ, 4 * size)  # whole pages may stand half empty
        yield pipe, size
        os.close(pipe)


def _held(pipe: int) -> int:
    return int.from_bytes(ioctl(pipe, termios.FIONREAD, bytes(4)), "little")
