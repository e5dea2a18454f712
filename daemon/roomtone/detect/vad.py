"""Silero VAD, streaming: the probability of voice for each 32 ms.

The network (github.com/snakers4/silero-vad, v6 as faster-whisper ships it) wants each 512 samples
with the 64 before them, and carries two state vectors.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roomtone.detect.network import open_network

HOP_SAMPLES = 512
HOP_MS = 32
_CONTEXT = 64


class Vad:
    """Hops of 512 samples in, probability of voice out."""

    def __init__(self, path: str) -> None:
        self._network = open_network(path)
        self.reset()

    def reset(self) -> None:
        """Forget what was heard: other sound follows."""
        self._sound = np.zeros((1, _CONTEXT + HOP_SAMPLES), np.float32)
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)

    def probability(self, hop: npt.NDArray[np.int16]) -> float:
        """Probability of voice in these next 512 samples, 0..1."""
        self._sound[0, :_CONTEXT] = self._sound[0, -_CONTEXT:]
        np.multiply(hop, 1 / 32768, out=self._sound[0, _CONTEXT:], dtype=np.float32)
        (probability, self._h, self._c) = self._network.run(
            None, {"input": self._sound, "h": self._h, "c": self._c}
        )
        return float(probability[0])
