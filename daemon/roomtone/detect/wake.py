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

from roomtone.detect.embedding import SIZE, STEP, WINDOW, Embedding
from roomtone.detect.mel import BANDS, HOP_SAMPLES, OVERLAP, Mel
from roomtone.detect.network import open_network
from roomtone.detect.port import Heard, Views

FRAME_SAMPLES = 1280
"""80 ms: the hop of the embedding."""

REPLAY_SAMPLES = OVERLAP + 26 * FRAME_SAMPLES
"""Sound that all of a score is made from: 16 embeddings, each of 76 mel frames."""

_FINER = 2
"""Mel frames, of 10 ms, between two views."""

_VIEWS = 20
VIEW_SAMPLES = OVERLAP + 30 * FRAME_SAMPLES
"""Sound from which the views of the last 0.4 s are made."""

_WARM_UP = 5
"""Frames after the start whose scores mean nothing, as the history is not yet real sound."""

Floats = npt.NDArray[np.float32]


class WakeNetworks:
    """Frames of 1280 samples in, one score for each word out."""

    _sound: Floats
    _embeddings: Floats
    _frames: int

    def __init__(self, melspectrogram: str, embedding: str, heads: Mapping[str, str]) -> None:
        self._mel = Mel(melspectrogram)
        self._embedding = Embedding(embedding)
        self._heads = {word: _Head(path) for word, path in heads.items()}
        self._depth = max((head.depth for head in self._heads.values()), default=1)
        self._begin()

    def twin(self) -> WakeNetworks:
        """The same networks for another stream of sound; they are loaded once."""
        other = copy.copy(self)
        other._embedding = self._embedding.twin()  # noqa: SLF001 - of its own class
        other._begin()  # noqa: SLF001 - as above
        return other

    def hear(self, sound: npt.NDArray[np.int16]) -> list[Heard]:
        """Scores of each word, 0..1, after each of these next frames; several cost less at once."""
        known = np.concatenate([self._sound, sound], dtype=np.float32)
        self._sound = known[-OVERLAP:]
        new = len(sound) // FRAME_SAMPLES
        if self._frames:
            embeddings = self._embedding.go_on(self._mel.of(known))
        else:
            embeddings = self._first(known[OVERLAP:])
        history = np.concatenate([self._embeddings, embeddings])
        self._embeddings = history[-self._depth :]
        return [self._scored(history[at : at + self._depth]) for at in range(1, new + 1)]

    def score(self, frame: npt.NDArray[np.int16]) -> dict[str, float]:
        """Score of each word, 0..1, after these next 1280 samples."""
        (heard,) = self.hear(frame)
        return heard.scores

    def replay(self, sound: npt.NDArray[np.int16]) -> None:
        """Be as if these newest `REPLAY_SAMPLES` had been scored, frame by frame; all at once."""
        known = sound.astype(np.float32)
        mel = self._mel.of(known)
        steps = min((len(mel) - WINDOW) // STEP, self._depth - 1)
        made = self._embedding.begin(mel[-WINDOW - STEP * steps :])
        self._embeddings = np.concatenate([self._embeddings, made])[-self._depth :]
        self._sound = known[-OVERLAP:]
        self._frames = max(self._frames, _WARM_UP)

    def window(self) -> Floats:
        """The embeddings of the last score, one a row."""
        return self._embeddings

    def views(self, sound: npt.NDArray[np.int16]) -> Views:
        """Each word every 20 ms of the last 0.4 s of `VIEW_SAMPLES`, the oldest first.

        Touches nothing that `hear` uses.
        """
        each = STEP // _FINER
        mel = self._mel.of(sound.astype(np.float32))
        length = WINDOW + STEP * (_VIEWS // each + self._depth - 2)
        ends = range(len(mel) - STEP + _FINER, len(mel) + 1, _FINER)
        made = self._embedding.of(np.stack([mel[end - length : end] for end in ends]))
        windows = [
            made[phase, at : at + self._depth]
            for at in range(_VIEWS // each)
            for phase in range(each)
        ]
        scores = {
            word: np.array([head.score(window) for window in windows])
            for word, head in self._heads.items()
        }
        return Views(scores, np.stack(windows))

    def _scored(self, window: Floats) -> Heard:
        self._frames += 1
        scores = {word: head.score(window) for word, head in self._heads.items()}
        meant = self._frames > _WARM_UP
        return Heard(scores if meant else dict.fromkeys(scores, 0.0), window)

    def _first(self, sound: Floats) -> Floats:
        """Of a stream that begins: its first frame has no context, and before it all is one."""
        begins = sound[:FRAME_SAMPLES]
        mel = self._mel.of(begins, (len(begins) - OVERLAP) // HOP_SAMPLES)
        before = np.ones((WINDOW - len(mel), BANDS), np.float32)
        made = self._embedding.begin(np.concatenate([before, mel]))
        if len(sound) == FRAME_SAMPLES:
            return made
        rest = self._mel.of(sound[FRAME_SAMPLES - OVERLAP :])
        return np.concatenate([made, self._embedding.go_on(rest)])

    def _begin(self) -> None:
        silence = self._mel.of(np.zeros((WINDOW + 3) * HOP_SAMPLES, np.float32), WINDOW)
        nothing = self._embedding.of(silence[None]).reshape(1, SIZE)
        self._sound = np.zeros(OVERLAP, np.float32)
        self._embeddings = np.tile(nothing, (self._depth, 1))
        self._frames = 0


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
