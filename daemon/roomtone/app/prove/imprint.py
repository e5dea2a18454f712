"""Finds the sound of a known recording in any bytes, whatever form it was written in. Pure.

It looks for the beginnings of sound files, and for samples that rise and fall as the recording
does: at the usual rates, in the usual forms of samples, also when louder, softer or filtered.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Resampler, Samples, to_float

Wave = npt.NDArray[np.float32]

PIECE, STEP = 0.15, 0.05
"""Seconds that are looked for at once, and between two: 0.2 s of sound hold one of them whole."""

LIKE = 0.8
"""Correlation from which on a piece is the recording's; one of another speaker stays below 0.7."""

ALIKE = 0.1
"""Least correlation, of either sign, of each sample with the next in a piece of sound.

In a piece of noise of 1200 samples it has a deviation of 0.03.
"""

SILENT = 0.02
"""Power, against the recording's mean, below which nobody speaks."""

RATES = (8000, 16000, 48000)

ORDER = 12
"""Of the filter after which the recording is as strong in every octave: else vowels are alike."""

HEADS = {
    b"fLaC": "FLAC",
    b"OggS": "Ogg",
    b"ID3": "MP3",
    b"caff": "CAF",
    b".snd": "AU",
    b"\x1aE\xdf\xa3": "WebM",
}
"""How sound files begin."""

WITHIN = {b"fLaC\0\0\0\x22": "FLAC", b"OggS\0\x02": "Ogg", b"WAVEfmt ": "WAV", b"ftypM4A": "MP4"}
"""What is long enough to begin one anywhere in a file."""

GRAIN = 4096
"""Samples; the length of a transform is a multiple, for one with large factors is slow."""

FRAMES = 4
"""Frames of MP3 one after another that are no accident."""


class Imprint:
    """The sound of a recording, int16 at 16 kHz."""

    def __init__(self, recording: Samples) -> None:
        self._prints = tuple(_Print(_at(recording, rate), rate) for rate in RATES)

    def find(self, data: bytes) -> str:
        """In which form some of the recording stands in `data`; empty when none does."""
        if _is_text(data):
            return ""
        for form, wave in _readings(data):
            for one in self._prints:
                if one.meets(wave):
                    return f"{form} samples at {one.rate} Hz"
        return ""


class _Print:
    """What is spoken in the recording, at one rate, ready to be looked for."""

    def __init__(self, sound: Wave, rate: int) -> None:
        self.rate = rate
        self._size, self._step = round(PIECE * rate), round(STEP * rate)
        spoken = _spoken(sound, rate)
        self._whitener = _whitener(spoken)
        white = self._white(spoken)
        count = self._size - ORDER
        self._length = -(-(len(white) + count) // GRAIN) * GRAIN
        self._spectrum = self._transformed(white)
        sums = np.concatenate([[0.0], np.cumsum(white**2)])
        energy = sums[count:] - sums[:-count]
        self._height = np.sqrt(np.maximum(energy, 1e-6 * energy.max()))

    def meets(self, wave: Wave) -> bool:
        """Whether a piece of `wave` is one of the recording."""
        return any(self.likeness(piece) > LIKE for piece in self.pieces(wave))

    def pieces(self, wave: Wave) -> Iterator[Wave]:
        """Those that are sound."""
        if len(wave) < self._size:
            return
        for piece in sliding_window_view(wave, self._size)[:: self._step]:
            centred = piece - piece.mean()
            power = float(centred @ centred)
            if power and abs(float(centred[1:] @ centred[:-1])) > ALIKE * power:
                yield centred

    def likeness(self, piece: Wave) -> float:
        """Its greatest correlation with any place of the recording, 0..1."""
        white = self._white(piece)
        norm = float(np.sqrt(white @ white))
        if not norm:
            return 0.0
        met = np.fft.irfft(
            self._spectrum * np.conj(self._transformed(white)),
            self._length,
        )
        return float(np.max(np.abs(met[: len(self._height)]) / self._height)) / norm

    def _transformed(self, white: npt.NDArray[np.float64]) -> npt.NDArray[np.complexfloating]:
        """In single precision, which is twice as fast."""
        return np.fft.rfft(white.astype(np.float32), self._length)

    def _white(self, sound: Wave) -> npt.NDArray[np.float64]:
        return np.convolve(sound.astype(np.float64), self._whitener, mode="valid")


def sound_file(data: bytes) -> str:
    """The kind of sound file that begins in `data`; empty when none does."""
    for head, name in HEADS.items():
        if data.startswith(head):
            return name
    for words, name in WITHIN.items():
        if words in data:
            return name
    return "MP3" if _mp3(data) else ""


def _is_text(data: bytes) -> bool:
    return not data.translate(None, bytes(range(32, 127)) + b"\t\n\r")


def _at(recording: Samples, rate: int) -> Wave:
    return Resampler(SAMPLE_RATE, rate).convert(to_float(recording), last=True).astype(np.float32)


def _spoken(sound: Wave, rate: int) -> Wave:
    """The stretches in which somebody speaks, a little more on both sides."""
    block = rate // 50
    blocks = sound[: len(sound) // block * block].reshape(-1, block)
    power = (blocks**2).mean(axis=1)
    loud = power > SILENT * power.mean()
    near = np.convolve(loud, np.ones(11), mode="same") > 0
    return blocks[near].ravel()


def _whitener(sound: Wave) -> npt.NDArray[np.float64]:
    """The filter of linear prediction: what is left of each sample when those before are known."""
    wave = sound.astype(np.float64)
    lags = np.array([wave[lag:] @ wave[: len(wave) - lag] for lag in range(ORDER + 1)])
    lags[0] *= 1.0001
    table = lags[np.abs(np.subtract.outer(np.arange(ORDER), np.arange(ORDER)))]
    return np.concatenate([[1.0], -np.linalg.solve(table, lags[1:])])


def _readings(data: bytes) -> Iterator[tuple[str, Wave]]:
    """`data` as samples of every usual form, from every byte on at which one may begin."""
    for form, name in (
        ("<i2", "16-bit"),
        ("<f4", "float"),
        (">i2", "big-endian 16-bit"),
        ("<i4", "32-bit"),
    ):
        size = np.dtype(form).itemsize
        for begin in range(size):
            count = (len(data) - begin) // size
            wave = np.frombuffer(data, form, count, begin if count else 0).astype(np.float32)
            yield name, np.where(np.abs(wave) < 1e10, wave, 0).astype(np.float32)
    plain = np.frombuffer(data, np.uint8)
    yield "mu-law", _MU_LAW[plain]
    yield "A-law", _A_LAW[plain]
    yield "8-bit", plain.astype(np.float32) - 128
    yield "signed 8-bit", plain.view(np.int8).astype(np.float32)


def _mp3(data: bytes) -> bool:
    """Whether frames of MPEG-1 layer 3 follow one another from the beginning on."""
    at = 0
    for _ in range(FRAMES):
        if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] & 0xFE != 0xFA:
            return False
        rate, step = data[at + 2] >> 4, data[at + 2] >> 2 & 3
        if rate in (0, 15) or step == 3:
            return False
        kilobits = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)[rate - 1]
        padding = data[at + 2] >> 1 & 1
        at += 144_000 * kilobits // (44_100, 48_000, 32_000)[step] + padding
    return True


def _mu_law() -> Wave:
    """ITU-T G.711: sign, three bits of exponent, four of mantissa, all inverted."""
    code = ~np.arange(256) & 0xFF
    height = (((code & 15) << 3) + 132 << (code >> 4 & 7)) - 132
    return np.where(code & 128, -height, height).astype(np.float32)


def _a_law() -> Wave:
    """ITU-T G.711: every other bit inverted; the sign bit is set for what is positive."""
    code = np.arange(256) ^ 0x55
    part, exponent = ((code & 15) << 4) + 8, code >> 4 & 7
    height = np.where(exponent > 0, part + 256 << np.maximum(exponent - 1, 0), part)
    return np.where(code & 128, height, -height).astype(np.float32)


_MU_LAW, _A_LAW = _mu_law(), _a_law()
