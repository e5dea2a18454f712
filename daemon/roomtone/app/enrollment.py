"""From recordings of somebody who says a wake word to what tells that voice from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from roomtone.app.ear_setup import EarFiles
from roomtone.base import message
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.likeness import learn, trace_of
from roomtone.detect.port import Floats, Samples
from roomtone.detect.wake import FRAME_SAMPLES, VIEW_SAMPLES, WakeNetworks

LEAST = 0.05
"""Score that a recording must come to: the network has to find the word in it at least a little."""

NEAR = 0.5
"""Share of the best score from which a view of a recording counts as the word."""

EVERY = 4
"""Frames from one trace of other sound to the next."""

LEAD, TAIL = 3.0, 0.6
"""Seconds of quiet around a recording, so that the networks have seen enough of it."""


class Enrollment:
    """Hears recordings with the wake networks. Raises OwnerError when they cannot be opened."""

    def __init__(self, files: EarFiles, word: str) -> None:
        self._word = word
        self._networks = WakeNetworks(files.melspectrogram, files.embedding, files.heads)
        self._quiet = np.random.default_rng(1)

    def said(self, sound: Samples) -> tuple[float, list[Floats]]:
        """The best score of the word in a recording at 16 kHz, and its traces around there.

        No traces when it does not come to `LEAST`.
        """
        padded = self._padded(sound)
        networks = self._networks.twin()
        ends = range(FRAME_SAMPLES, len(padded) + 1, FRAME_SAMPLES)
        scores = [networks.score(padded[end - FRAME_SAMPLES : end])[self._word] for end in ends]
        best = int(np.argmax(scores))
        end = max(min(ends[best] + FRAME_SAMPLES, len(padded)), VIEW_SAMPLES)
        views = self._networks.views(padded[end - VIEW_SAMPLES : end])
        seen = views.scores[self._word]
        top = max(float(seen.max()), scores[best])
        if top < LEAST:
            return top, []
        near = np.flatnonzero(seen >= NEAR * seen.max())
        return top, [trace_of(views.windows[at]) for at in near]

    def others(self, sounds: Iterable[Samples]) -> list[Floats]:
        """Traces of sound that is not of this voice."""
        traces = []
        for sound in sounds:
            padded, networks = self._padded(sound), self._networks.twin()
            for count, end in enumerate(range(FRAME_SAMPLES, len(padded) + 1, FRAME_SAMPLES)):
                networks.score(padded[end - FRAME_SAMPLES : end])
                if count % EVERY == 0 and end > LEAD * SAMPLE_RATE:
                    traces.append(trace_of(networks.window()))
        return traces

    def voice(
        self, name: str, own: Sequence[Floats], others: Sequence[Floats]
    ) -> message.KnownVoice:
        """What tells `own` traces from `others`; both hold at least one."""
        weights, bias = learn(np.stack(own), np.stack(others))
        return message.KnownVoice(
            word=self._word, name=name, weights=weights.astype("<f4").tobytes(), bias=bias
        )

    def _padded(self, sound: Samples) -> Samples:
        before, after = (
            np.rint(self._quiet.normal(0, 8, round(SAMPLE_RATE * seconds))).astype(np.int16)
            for seconds in (LEAD, TAIL)
        )
        return np.concatenate([before, sound, after])
