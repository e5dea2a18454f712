"""One recording of somebody who speaks once, with what the networks say of it, hop by hop."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from roomtone.app.bench.recording import Sound
from roomtone.app.bench.recordings import Noise
from roomtone.base.frame import SAMPLE_RATE
from roomtone.detect.depth import power
from roomtone.detect.endpoint import HOP_MS, LADDER, VOICED, Endpoint, Hop, More, Rung
from roomtone.detect.settings import EndpointSettings
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import HOP_SAMPLES, Vad

TAIL = 3.5
"""Seconds of room behind each utterance."""

READING_MS = 96
"""From a pause being told to its words being known: 94 ms in the median, Whisper base."""

Wants = Callable[[Sound], More]
"""Reads the sound up to a pause, and tells what its words want after them."""


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
    """Its end as its loudness tells it, and the end that a policy gives it."""

    def __init__(
        self,
        sound: Sound,
        vad: Vad,
        turn: TurnNetwork,
        noise: Noise | None = None,
        wants: Wants | None = None,
    ) -> None:
        self._turn, self._wants = turn, wants
        self._complete: dict[int, float] = {}
        self._wanted: dict[int, More] = {}
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
        answer: float | None = None
        told: int | None = None
        for hop, heard in enumerate(self._hops, start=1):
            endpoint.feed(heard, hop * HOP_SAMPLES / SAMPLE_RATE)
            if endpoint.silence_ms == 0:
                answer = told = None
            if endpoint.pauses() and policy.reads:
                told = hop
            if told is not None and (hop - told) * HOP_MS >= READING_MS:
                endpoint.expect(self._want(told))
            if endpoint.asks():
                answer = self._finished(hop)
            if endpoint.spoke and endpoint.over(answer):
                return hop * HOP_SAMPLES / SAMPLE_RATE
        return None

    def _finished(self, hop: int) -> float:
        if hop not in self._complete:
            self._complete[hop] = self._turn.probability(self._sound[: hop * HOP_SAMPLES])
        return self._complete[hop]

    def _want(self, hop: int) -> More:
        if hop not in self._wanted:
            read = self._sound[: hop * HOP_SAMPLES]
            self._wanted[hop] = self._wants(read) if self._wants is not None else "unknown"
        return self._wanted[hop]

    def _label(self, floor: float) -> float:
        """The last 20 ms that are 12 dB over the floor, not 30 dB under the loud, near voice."""
        loud = np.sort(self._level)[-max(3, len(self._level) // 10) :].mean()
        heard = self._level > max(4 * floor, 0.03 * loud)
        voices = [hop.voice >= VOICED for hop in self._hops]
        voiced = np.repeat(voices, HOP_SAMPLES)[: len(heard) * 320]
        near = np.convolve(voiced.reshape(-1, 320).any(axis=1), np.ones(21), "same") > 0
        places = np.flatnonzero(heard & near)
        return float(places[-1] + 1) * 0.02 if len(places) else 0.0
