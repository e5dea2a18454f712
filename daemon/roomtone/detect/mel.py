"""openWakeWord's mel spectrogram: its numbers by a fast transform, made from its file.

In the file the transform is two matrices of a megabyte together. They are a window times sines and
cosines, so the window is all that is taken of them, with the weights of the bands.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from roomtone.base.error import OwnerError
from roomtone.base.protobuf import fields

HOP_SAMPLES = 160
"""10 ms: from one mel frame to the next."""

OVERLAP = 480
"""Samples of context, so that there is a mel frame for every hop of a stream."""

FRAMES = 8
"""Mel frames that are cut at 80 dB below the loudest of them, as openWakeWord takes them."""

BANDS = 32

_SIZE = 512
_FREQUENCIES = _SIZE // 2 + 1
_LEAST = np.float32(1e-10)
_RANGE_DB = np.float32(80)
_SCALE = np.float32(10)

Floats = npt.NDArray[np.float32]


class Mel:
    """Samples in, mel frames of 32 bands out; the same numbers whatever was given before."""

    def __init__(self, path: str) -> None:
        """Read the file. Raises OwnerError when it is missing or another one."""
        if not Path(path).is_file():
            raise OwnerError(f"{path} is missing: run `roomtone models pull`")
        try:
            self._window, bands = _weights(Path(path).read_bytes())
        except (ValueError, StopIteration) as problem:
            raise OwnerError(f"{path} is no network: run `roomtone models verify`") from problem
        used = np.flatnonzero(bands.any(axis=1))
        self._used = slice(int(used[0]), int(used[-1]) + 1)
        self._bands = np.ascontiguousarray(bands[self._used])

    def of(self, sound: Floats, group: int = FRAMES) -> Floats:
        """The mel frames of samples in the range of s16, each `group` of them cut by itself."""
        pieces = np.lib.stride_tricks.sliding_window_view(sound, _SIZE)[::HOP_SAMPLES]
        spectrum = np.fft.rfft(pieces * self._window)[:, self._used]
        power = (spectrum.real**2 + spectrum.imag**2) @ self._bands
        loud = (_SCALE * np.log10(np.maximum(power, _LEAST))).reshape(-1, group, BANDS)
        least = loud.max(axis=(1, 2), keepdims=True) - _RANGE_DB
        scaled: Floats = np.maximum(loud, least).reshape(-1, BANDS) / _SCALE + np.float32(2)
        return scaled


def _weights(model: bytes) -> tuple[Floats, Floats]:
    """Window, and the bands' weights by frequency. Raises ValueError, StopIteration."""
    graph = next(part.data for part in fields(model) if part.number == 7)
    found = [_array(part.data) for part in fields(graph) if part.number == 5]
    cosines = next(numbers for name, numbers in found if name.endswith("conv_real.weight"))
    bands = next(numbers for name, numbers in found if name.endswith("melW"))
    if (cosines.size, bands.size) != (_FREQUENCIES * _SIZE, _FREQUENCIES * BANDS):
        raise ValueError("another transform")
    return cosines[:_SIZE].copy(), bands.reshape(_FREQUENCIES, BANDS)  # the cosine of 0 Hz is 1


def _array(weights: bytes) -> tuple[str, Floats]:
    """Name and numbers, as one row; none of what is no float32."""
    parts = [*fields(weights)]
    name = next(one.data.decode() for one in parts if one.number == 8)
    data = b"".join(one.data for one in parts if one.number == 9)
    floats = any(one.number == 2 and one.value == 1 for one in parts)
    return name, np.frombuffer(data if floats else b"", "<f4")
