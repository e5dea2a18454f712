"""The spectrogram that Whisper reads: the logarithm of 10 ms frames in bands of the mel scale."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from roomtone.recognize.window import HOP, Sound

Bands = npt.NDArray[np.float32]
"""Bands by frames."""

WINDOW = 400
"""Samples of one window (25 ms); its middle is the frame."""

AT_ONCE = 12
"""Frames in one product: from 2**18 multiplications on OpenBLAS wakes its threads, which then spin
for longer than the whole spectrogram takes."""

RANGE = 8.0
"""Powers of ten below the loudest at which the spectrogram ends."""

_LEAST = 1e-10


class Mel:
    """Makes spectrograms with a model's `filters`, bands by 201 frequencies.

    Equal to faster-whisper's feature extractor, but for the last digit of a float32.
    """

    def __init__(self, filters: Any) -> None:
        self._filters = np.asarray(filters, np.float32)
        self._shape = np.hanning(WINDOW + 1)[:-1].astype(np.float32)

    def frames(self, sound: Sound) -> Bands:
        """The spectrogram of a sound, a frame for every whole 10 ms of it, of 0.1 s at least."""
        count = len(sound) // HOP
        around = np.pad(sound.astype(np.float32, copy=False), WINDOW // 2, mode="reflect")
        windows = sliding_window_view(around, WINDOW)[::HOP][:count]
        spectrum = np.fft.rfft(windows * self._shape, axis=1)
        power = (np.square(spectrum.real) + np.square(spectrum.imag)).astype(np.float32)
        bands = np.empty((len(self._filters), count), np.float32)
        for at in range(0, count, AT_ONCE):
            bands[:, at : at + AT_ONCE] = self._filters @ power[at : at + AT_ONCE].T
        logarithm = np.log10(np.maximum(bands, np.float32(_LEAST)))
        floor = np.maximum(logarithm, logarithm.max() - np.float32(RANGE))
        return np.ascontiguousarray((floor + np.float32(4.0)) / np.float32(4.0))
