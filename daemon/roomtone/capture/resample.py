"""soxr behind one file: sound of any rate to any other, in pieces, aligned to the sample."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float32]


class Resampler:
    """Mono float32 pieces at `rate` in, int16 at `to` out.

    soxr MQ: 86 dB, flat to 7 kHz, about 20 ms held back, which `last` hands out. Output sample n
    lies at n / to seconds of the input, so nothing shifts. Equal rates pass unchanged.
    """

    def __init__(self, rate: float, to: int) -> None:
        import soxr

        self.same = rate == to
        """Whether nothing has to be done."""
        self._stream = soxr.ResampleStream(rate, to, 1, dtype="float32", quality="MQ")

    def convert(self, piece: Floats, *, last: bool = False) -> Samples:
        """The next samples, full scale 1.0 in, 32768 out; fewer or more than went in."""
        out = piece if self.same else self._stream.resample_chunk(piece, last=last)
        return to_int16(out)


def to_int16(sound: Floats) -> Samples:
    """Rounded and clipped; the inverse of `to_float` to the bit."""
    rounded: Samples = np.clip(np.rint(sound * np.float32(32768)), -32768, 32767).astype(np.int16)
    return rounded


def to_float(sound: Samples) -> Floats:
    """Full scale becomes 1.0."""
    return sound.astype(np.float32) * np.float32(1 / 32768)
