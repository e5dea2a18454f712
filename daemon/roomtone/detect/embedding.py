"""Google's speech embedding, as openWakeWord has it: 96 numbers for each 80 ms of a stream."""

from __future__ import annotations

import copy

import numpy as np
import numpy.typing as npt

from roomtone.detect.network import open_network
from roomtone.detect.streaming import streaming

WINDOW = 76
"""Mel frames that an embedding is made from."""

STEP = 8
"""Mel frames from one embedding to the next."""

SIZE = 96

Floats = npt.NDArray[np.float32]


class Embedding:
    """Mel frames of 32 bands in, an embedding for every `STEP` of them out.

    What the layers made of earlier frames is kept, so that nothing is reckoned twice; the numbers
    are those of the network that is given whole windows.
    """

    def __init__(self, path: str) -> None:
        self._network = open_network(path, streaming)
        _, *states = self._network.get_inputs()
        self._states = [state.name for state in states]
        self._sizes = [(state.shape[1], state.shape[3]) for state in states]
        self._kept = self._nothing()

    def twin(self) -> Embedding:
        """The same network for another stream; it is loaded once."""
        return copy.copy(self)

    def begin(self, mel: Floats) -> Floats:
        """The embeddings of a stream that begins with these frames: `WINDOW`, or `STEP`s more."""
        self._kept = self._nothing()
        return self.go_on(mel)

    def go_on(self, mel: Floats) -> Floats:
        """The embeddings that end with the next frames, some `STEP`s of them."""
        self._kept, made = self._run(mel[None], self._kept)
        embeddings: Floats = made[0]
        return embeddings

    def of(self, stretches: Floats) -> Floats:
        """Stretch, embedding, number; of stretches x frames x bands, each as for `begin`.

        Touches nothing that `go_on` uses.
        """
        each = (self._run(one[None], self._nothing())[1] for one in stretches)
        return np.concatenate([*each])

    def _run(self, mel: Floats, kept: list[Floats]) -> tuple[list[Floats], Floats]:
        given = dict(zip(self._states, kept, strict=True)) | {"mel": mel[:, None]}
        *kept, made = self._network.run(None, given)
        turned: Floats = made[..., 0].transpose(0, 2, 1)
        return kept, turned

    def _nothing(self) -> list[Floats]:
        return [np.zeros((1, size, 0, bands), np.float32) for size, bands in self._sizes]
