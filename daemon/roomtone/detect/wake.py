"""openWakeWord's three networks in a streaming loop of our own; its scores to within 1e-3.

Mel spectrogram -> speech embedding -> one small head per word, every 80 ms. The constants are
openWakeWord's (github.com/dscripka/openWakeWord, `utils.py`); a parity test holds the scores.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from roomtone.detect.network import open_network
from roomtone.detect.port import Views

FRAME_SAMPLES = 1280
"""80 ms: the hop of the embedding."""

_OVERLAP = 480
"""Samples of context, so that a mel frame of 25 ms exists at every 10 ms of the stream."""

_MEL_FRAMES = 76
_MEL_BANDS = 32
_STEP = 8
"""Mel frames from one embedding to the next."""
_EMBEDDING = 96
REPLAY_SAMPLES = _OVERLAP + 26 * FRAME_SAMPLES
"""Sound that all of a score is made from: 16 embeddings, each of 76 mel frames."""

_FINER = 2
"""Mel frames, of 10 ms, between two views."""

_VIEWS = 20
VIEW_SAMPLES = _OVERLAP + 30 * FRAME_SAMPLES
"""Sound from which the views of the last 0.4 s are made."""

_WARM_UP = 5
"""Frames after the start whose scores mean nothing, as the history is not yet real sound."""

Floats = npt.NDArray[np.float32]


class WakeNetworks:
    """Frames of 1280 samples in, one score for each word out."""

    def __init__(self, melspectrogram: str, embedding: str, heads: Mapping[str, str]) -> None:
        self._mel_network = open_network(melspectrogram)
        self._embedding_network = open_network(embedding)
        self._heads = {word: _Head(path) for word, path in heads.items()}
        self._frames = 0
        self._begin()

    def twin(self) -> WakeNetworks:
        """The same networks for another stream of sound; they are loaded once."""
        other = copy.copy(self)
        other._begin()  # noqa: SLF001 - of its own class
        return other

    def score(self, frame: npt.NDArray[np.int16]) -> dict[str, float]:
        """Score of each word, 0..1, after these next 1280 samples."""
        self._sound[:_OVERLAP] = self._sound[-_OVERLAP:]
        self._sound[_OVERLAP:] = frame
        known = self._sound if self._frames else self._sound[_OVERLAP:]
        _push(self._mel, self._mel_of(known))
        _push(self._embeddings, self._embedding_of(self._mel))
        self._frames += 1
        scores = {word: head.score(self._embeddings) for word, head in self._heads.items()}
        return scores if self._frames > _WARM_UP else dict.fromkeys(scores, 0.0)

    def replay(self, sound: npt.NDArray[np.int16]) -> None:
        """Be as if these newest `REPLAY_SAMPLES` had been scored, frame by frame; all at once."""
        known = sound.astype(np.float32)
        mel = self._mel_of_all(known)
        _push(self._embeddings, self._embeddings_of(mel, _STEP, len(self._embeddings)))
        self._mel[:] = mel[-_MEL_FRAMES:]
        self._sound[:] = known[-len(self._sound) :]
        self._frames = max(self._frames, _WARM_UP)

    def window(self) -> Floats:
        """The embeddings of the last score, one a row."""
        return self._embeddings.copy()

    def views(self, sound: npt.NDArray[np.int16]) -> Views:
        """Each word every 20 ms of the last 0.4 s of `VIEW_SAMPLES`, the oldest first.

        Touches nothing that `score` uses.
        """
        each = _STEP // _FINER
        depth = max((head.depth for head in self._heads.values()), default=1)
        mel = self._mel_of_all(sound.astype(np.float32))
        made = self._embeddings_of(mel, _FINER, _VIEWS + each * (depth - 1))
        ends = range(len(made) - _VIEWS + 1, len(made) + 1)
        windows = [made[(end - 1) % each : end : each][-depth:] for end in ends]
        scores = {
            word: np.array([head.score(window) for window in windows])
            for word, head in self._heads.items()
        }
        return Views(scores, np.stack(windows))

    def _mel_of_all(self, known: Floats) -> Floats:
        """Frame by frame: the network cuts 80 dB below the loudest of what it is given."""
        ends = range(_OVERLAP + FRAME_SAMPLES, len(known) + 1, FRAME_SAMPLES)
        return np.concatenate([self._mel_of(known[end - len(self._sound) : end]) for end in ends])

    def _embeddings_of(self, mel: Floats, step: int, most: int) -> Floats:
        """The newest embeddings, `step` mel frames apart, in one run."""
        ends = range(len(mel), _MEL_FRAMES - 1, -step)[:most]
        windows = np.stack([mel[end - _MEL_FRAMES : end] for end in reversed(ends)])
        (made,) = self._embedding_network.run(None, {"input_1": windows[..., None]})
        flat: Floats = made.reshape(-1, _EMBEDDING)
        return flat

    def _begin(self) -> None:
        depth = max((head.depth for head in self._heads.values()), default=1)
        self._sound = np.zeros(_OVERLAP + FRAME_SAMPLES, np.float32)
        self._mel = np.ones((_MEL_FRAMES, _MEL_BANDS), np.float32)
        self._embeddings = np.tile(self._embedding_of_silence(), (depth, 1))
        self._frames = 0

    def _mel_of(self, sound: Floats) -> Floats:
        (mel,) = self._mel_network.run(None, {"input": sound[None]})
        scaled: Floats = mel.reshape(-1, _MEL_BANDS) / 10 + 2
        return scaled

    def _embedding_of(self, mel: Floats) -> Floats:
        (embedding,) = self._embedding_network.run(None, {"input_1": mel[None, :, :, None]})
        flat: Floats = embedding.reshape(1, _EMBEDDING)
        return flat

    def _embedding_of_silence(self) -> Floats:
        silence = np.zeros((_MEL_FRAMES + 3) * 160, np.float32)
        return self._embedding_of(self._mel_of(silence)[:_MEL_FRAMES])


class _Head:
    """The last, small network of one word."""

    def __init__(self, path: str) -> None:
        self._network: Any = open_network(path)
        (entry,) = self._network.get_inputs()
        self._name: str = entry.name
        self.depth: int = entry.shape[1]

    def score(self, embeddings: Floats) -> float:
        (score,) = self._network.run(None, {self._name: embeddings[None, -self.depth :]})
        return float(score[0, 0])


def _push(history: Floats, new: Floats) -> None:
    new = new[-len(history) :]
    count = len(new)
    history[:-count] = history[count:]
    history[-count:] = new
