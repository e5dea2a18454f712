"""Smart-turn: does it sound as if the speaker has finished? Run at pauses only.

The network (github.com/pipecat-ai/smart-turn, v3) reads Whisper's log-mel spectrogram of the last
8 s; a shorter utterance stands at the end, after silence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.detect.network import open_network

RATE = 16_000
SPAN = 8 * RATE
_WINDOW = 400
_HOP = 160
_BANDS = 80

Floats = npt.NDArray[np.float32]


class TurnNetwork:
    """An utterance so far in, probability that it is complete out."""

    def __init__(self, path: str) -> None:
        self._network = open_network(path, often=False)
        self._filters = _mel_filters()
        self._taper = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)

    def probability(self, utterance: npt.NDArray[np.int16]) -> float:
        """0..1 for s16 mono 16 kHz `utterance` with the pause at its end."""
        sound = np.zeros(SPAN, np.float32)
        last = utterance[-SPAN:]
        if len(last):
            sound[-len(last) :] = last
        sound *= np.float32(1 / 32768)
        (probability,) = self._network.run(None, {"input_features": self._log_mel(sound)[None]})
        return float(probability[0, 0])

    def _log_mel(self, sound: Floats) -> Floats:
        """Whisper's features of exactly 8 s: 80 bands x 800 frames, about -1..1."""
        level = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-7)
        padded = np.pad(level, _WINDOW // 2, mode="reflect")
        frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:-1]
        spectrum = np.fft.rfft(frames * self._taper, axis=-1)
        power = spectrum.real**2 + spectrum.imag**2
        mel = np.log10(np.maximum(power.astype(np.float32) @ self._filters, 1e-10)).T
        clipped = np.maximum(mel, mel.max() - 8.0)
        features: Floats = ((clipped + 4.0) / 4.0).astype(np.float32)
        return features


def _mel_filters() -> Floats:
    """Triangles of equal area on Slaney's mel scale, 201 bins x 80 bands (as in librosa)."""
    edges = _hertz(np.linspace(0.0, _mel(RATE / 2), _BANDS + 2))
    bins = np.linspace(0.0, RATE / 2, _WINDOW // 2 + 1)[:, None]
    rising = (bins - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - bins) / np.diff(edges)[1:]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return (triangles * (2.0 / (edges[2:] - edges[:-2]))).astype(np.float32)


_LOG_STEP = np.log(6.4) / 27.0
"""Slaney: linear to 1 kHz (15 mel), then 27 mel for a factor of 6.4."""


def _mel(hertz: float) -> float:
    return float(15.0 + np.log(hertz / 1000.0) / _LOG_STEP) if hertz >= 1000 else 3 * hertz / 200


def _hertz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.where(mel < 15.0, 200.0 * mel / 3.0, 1000.0 * np.exp(_LOG_STEP * (mel - 15.0)))
