"""One recording of somebody who speaks once, with what the networks say of it, hop by hop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from roomtone.app.bench.recording import Sound
from roomtone.app.bench.recordings import Noise
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.depth import power
from roomtone.detect.endpoint import LADDER, VOICED, Endpoint, Hop, More, Rung
from roomtone.detect.settings import EndpointSettings
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import HOP_SAMPLES, Vad

TAIL = 3.5
"""Seconds of room behind each utterance."""

Wants = Callable[[Sound], More]
"""Reads the sound up to a pause, and tells what its words want after them."""


T = TypeVar("T")


class Answer(NamedTuple, Generic[T]):
    """What a network said, and how long it took."""

    said: T
    seconds: float


class Policy(NamedTuple):
    """A ladder, the silence that ends in any case, and what else counts."""

    name: str
    ladder: tuple[Rung, ...] = LADDER
    longest_silence_ms: int = EndpointSettings().longest_silence_ms
    plain: bool = False
    """Whether loudness and the speaker's own pauses are left out of account."""
    reads: bool = False
    """Whether the words count."""


class Utterance:
    """Its end as its loudness tells it, and the end that a policy gives it.

    What a network says counts from when it has said it: after as much time as it computes.
    """

    def __init__(
        self,
        sound: Sound,
        vad: Vad,
        turn: TurnNetwork,
        noise: Noise | None = None,
        wants: Wants | None = None,
    ) -> None:
        self._turn, self._wants = turn, wants
        self._complete: dict[int, Answer[float]] = {}
        self._wanted: dict[int, Answer[More]] = {}
        frames = sound[: len(sound) // 320 * 320].reshape(-1, 320).astype(float)
        self._level = np.sqrt((frames**2).mean(axis=1))
        floor = np.sort(self._level)[: max(3, len(frames) // 10)].mean()
        hiss = np.random.default_rng(1).normal(0, max(floor, 1), round(SAMPLE_RATE * TAIL))
        self._sound = np.concatenate([sound, np.rint(hiss).astype(np.int16)])
        if noise is not None:
            self._sound = noise.under(self._sound, sound)
        vad.reset()
        starts = range(0, len(self._sound) - HOP_SAMPLES + 1, HOP_SAMPLES)
        hops = [self._sound[at : at + HOP_SAMPLES] for at in starts]
        self._hops = [Hop(vad.probability(hop), power(hop)) for hop in hops]
        self.end = self._label(floor)
        """Seconds at which the speech ends; 0 when there is none."""

    def ended(self, policy: Policy) -> float | None:
        """Seconds at which `policy` ends it; None when it does not."""
        settings = EndpointSettings(
            longest_silence_ms=policy.longest_silence_ms, longest_utterance_seconds=60
        )
        endpoint = Endpoint(settings, 0.0, policy.ladder, plain=policy.plain)
        finished: Answer[float] | None = None
        wanted: Answer[More] | None = None
        for hop, heard in enumerate(self._hops, start=1):
            endpoint.feed(heard, hop * HOP_SAMPLES / SAMPLE_RATE)
            silence = endpoint.silence_ms / 1000
            if silence == 0:
                finished = wanted = None
            if endpoint.pauses():
                finished = _after(silence, self._complete, hop, self._finish)
                wanted = _after(silence, self._wanted, hop, self._want) if policy.reads else None
            if wanted is not None and silence >= wanted.seconds:
                endpoint.expect(wanted.said)
            there = finished is not None and silence >= finished.seconds
            if endpoint.spoke and endpoint.over(finished.said if finished and there else None):
                return hop * HOP_SAMPLES / SAMPLE_RATE
        return None

    def _finish(self, hop: int) -> float:
        return self._turn.probability(self._sound[: hop * HOP_SAMPLES])

    def _want(self, hop: int) -> More:
        return self._wants(self._sound[: hop * HOP_SAMPLES]) if self._wants else "unknown"

    def _label(self, floor: float) -> float:
        """The last 20 ms that are 12 dB over the floor, not 30 dB under the loud, near voice."""
        loud = np.sort(self._level)[-max(3, len(self._level) // 10) :].mean()
        heard = self._level > max(4 * floor, 0.03 * loud)
        voices = [hop.voice >= VOICED for hop in self._hops]
        voiced = np.repeat(voices, HOP_SAMPLES)[: len(heard) * 320]
        near = np.convolve(voiced.reshape(-1, 320).any(axis=1), np.ones(21), "same") > 0
        places = np.flatnonzero(heard & near)
        return float(places[-1] + 1) * 0.02 if len(places) else 0.0


def _after(
    silence: float, known: dict[int, Answer[T]], hop: int, ask: Callable[[int], T]
) -> Answer[T]:
    """The answer to a question at `hop`, asked once, and the silence with which it is there."""
    if hop not in known:
        began = time.process_time()
        known[hop] = Answer(ask(hop), time.process_time() - began)
    return Answer(known[hop].said, silence + known[hop].seconds)
