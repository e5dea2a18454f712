"""A room for an echo: what is played comes back late, coloured, drifting and in noise."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

RATE = 16_000
OVER = 8
"""Times the rate at which the drift of two clocks is read off: linear steps are inaudible there."""


class Room:
    """A loudspeaker and a microphone at rest in a room.

    `echo_db` is the power of what comes back against what is played, `delay` what the devices hold
    in seconds, `ppm` how much faster the microphone's clock runs, `noise_db` the power of the
    microphone's noise in dB of full scale, `clipping` where the loudspeaker bends (of full scale).
    The response is direct sound, a few walls, and a tail of noise that falls by 60 dB in `rt60`.
    """

    def __init__(
        self,
        *,
        rt60: float = 0.3,
        echo_db: float = -6.0,
        delay: float = 0.08,
        ppm: float = 0.0,
        noise_db: float = -50.0,
        clipping: float | None = None,
        seed: int = 1,
    ) -> None:
        self.echo_db, self.delay, self.ppm = echo_db, delay, ppm
        self._noise_db, self._clipping = noise_db, clipping
        self._random = np.random.default_rng(seed)
        self.response = self._response(rt60)

    def echo(self, played: np.ndarray) -> np.ndarray:
        """What comes back of int16 sound; floats of full scale 1, as long as `played`."""
        sound = played / 32768
        driven = np.tanh(sound / self._clipping) * self._clipping if self._clipping else sound
        back = convolved(driven, self.response)[: len(sound)]
        late = drifted(back, self.ppm, self.delay)
        loud = np.abs(sound) > 0
        power = np.mean(sound[loud] ** 2) if loud.any() else 1.0
        return late * np.sqrt(power * 10 ** (self.echo_db / 10) / _power(back, loud))

    def heard(
        self,
        played: np.ndarray,
        near: np.ndarray | None = None,
        moves: Iterable[tuple[int, int]] = (),
    ) -> np.ndarray:
        """What the microphone gives: the echo, somebody near it if there is, and noise; int16.

        `moves`: the sample from which the echo is later, and by how many samples.
        """
        noise = self._random.normal(0, 10 ** (self._noise_db / 20), len(played))
        echo = self.echo(played)
        late = np.zeros(len(echo), int)
        for begin, samples in moves:
            late[begin:] = samples
        sound = echo[np.clip(np.arange(len(echo)) - late, 0, len(echo) - 1)] + noise
        if near is not None:
            sound[: len(near)] += near / 32768
        return np.clip(np.rint(sound * 32768), -32768, 32767).astype(np.int16)

    def _response(self, rt60: float) -> np.ndarray:
        random = self._random
        count = round(rt60 * RATE)
        tail = random.normal(size=count) * np.exp(-6.9 * np.arange(count) / count)
        walls = np.zeros(count)
        walls[0] = 1.0
        for _ in range(6):
            walls[random.integers(20, 400)] += random.choice((-1, 1)) * random.uniform(0.2, 0.6)
        share = random.uniform(0.4, 1.2)
        response = walls + share * tail / np.sqrt(tail @ tail)
        return response / np.sqrt(response @ response)


def convolved(sound: np.ndarray, response: np.ndarray) -> np.ndarray:
    """The whole of it."""
    size = len(sound) + len(response)
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)


def drifted(sound: np.ndarray, ppm: float, delay: float) -> np.ndarray:
    """`delay` seconds later, and on a clock that runs faster by `ppm`."""
    if ppm:
        fine = np.fft.irfft(np.fft.rfft(sound), len(sound) * OVER) * OVER
        at = (np.arange(len(sound)) * (1 + ppm * 1e-6) - delay * RATE) * OVER
        return np.interp(at, np.arange(len(fine)), fine, left=0.0, right=0.0)
    count = round(delay * RATE)
    return np.concatenate([np.zeros(count), sound])[: len(sound)]


def _power(back: np.ndarray, loud: np.ndarray) -> float:
    return float(np.mean(back[loud] ** 2)) + 1e-12 if loud.any() else 1.0


def speechlike(seconds: float, seed: int = 5) -> np.ndarray:
    """Int16 noise with the colour and the syllables of speech, at -20 dB of full scale."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    colour = 1 / (1 + (hertz / 900) ** 2) * (hertz > 120)
    noise = np.fft.irfft(np.fft.rfft(random.normal(size=count)) * colour, count)
    steps = np.repeat(random.uniform(0, 1, count // 1600 + 2) ** 2, 1600)
    syllables = np.convolve(steps, np.hanning(800) / 400, "same")[:count]
    sound = noise * syllables
    return np.rint(sound / np.sqrt(np.mean(sound**2)) * 3277).clip(-32768, 32767).astype(np.int16)
