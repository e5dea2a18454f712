"""Phoneme ids to sound, piece by piece: the first is there long before the last is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from roomtone.speak.graph import SEAM, Halves, cut
from roomtone.speak.level import Sound

FIRST_FRAMES = 20
"""Frames of the first piece, a quarter of a second of an ordinary voice: the next one, twice as
long, is made while it plays."""

FRAMES = 80
"""Frames of every other piece, at most; the frames around it are computed twice."""


class Manner(NamedTuple):
    """How a voice speaks: the `scales` of its network, and which of its speakers."""

    noise: float
    length: float
    rhythm: float
    speaker: int | None


class Synthesis:
    """The network in `file`, split where it can be.

    Raises ONNX Runtime's own errors, and OSError, when there is no such network.
    """

    def __init__(self, file: Path, threads: int) -> None:
        model = file.read_bytes()
        self._threads = threads
        self._halves = cut(model)
        if self._halves is None:
            self._whole = self._session(str(file))
            return
        self._encoder = self._session(self._halves.encoder)
        self._decoder = self._session(self._halves.decoder)

    @property
    def split(self) -> bool:
        """Whether sound comes before a clause is made to its end."""
        return self._halves is not None

    def pieces(self, ids: Sequence[int], manner: Manner) -> Iterator[Sound]:
        """The sound of one clause, in order and without seams; -1..1."""
        scales = np.array([manner.noise, manner.length, manner.rhythm], np.float32)
        asked = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": scales,
        }
        if manner.speaker is not None:
            asked["sid"] = np.array([manner.speaker], np.int64)
        if self._halves is None:
            yield np.atleast_1d(self._whole.run(None, asked)[0].squeeze())
            return
        (frames,) = self._encoder.run(None, asked)
        yield from self._decoded(frames, self._halves)

    def _decoded(self, frames: Any, halves: Halves) -> Iterator[Sound]:
        """Each piece is decoded with the frames around it that its sound is made from."""
        at, size, count = 0, FIRST_FRAMES, frames.shape[2]
        while at < count:
            end = count if count - at < size + FIRST_FRAMES else at + size
            begin = max(0, at - halves.reach)
            around = np.ascontiguousarray(frames[:, :, begin : end + halves.reach])
            sound = self._decoder.run(None, {SEAM: around})[0].reshape(-1)
            yield sound[(at - begin) * halves.frame : (end - begin) * halves.frame]
            at, size = end, min(2 * size, FRAMES)

    def _session(self, model: str | bytes) -> Any:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        for pool in ("intra", "inter"):
            options.add_session_config_entry(f"session.{pool}_op.allow_spinning", "0")
        options.add_session_config_entry("session.force_spinning_stop", "1")
        return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
