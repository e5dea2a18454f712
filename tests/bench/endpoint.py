"""End of speech on recordings: how long people wait, and how many are cut off.

    python tests/bench/endpoint.py DIR... [--limit N]

One spoken command a file. The end of speech is labelled from its energy, room noise follows it, and
each policy runs over the same probabilities. A cut-in is an end more than 200 ms before the label.
Nothing is asserted.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.figures import recordings, share
from roomtone.detect.endpoint import LADDER, Endpoint, Rung
from roomtone.detect.settings import EndpointSettings
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import HOP_SAMPLES, Vad
from sound.ear_process import networks

TAIL_SECONDS = 3.5
CUT_SECONDS = 0.2


class Policy(NamedTuple):
    """A ladder, and the silence that ends in any case."""

    name: str
    ladder: tuple[Rung, ...]
    longest_silence_ms: int


POLICIES = (
    Policy("300 ms of silence", (Rung(300, 0.0),), 4000),
    Policy("500 ms of silence", (Rung(500, 0.0),), 4000),
    Policy("700 ms of silence", (Rung(700, 0.0),), 4000),
    Policy("smart-turn at 200 ms, else 3 s", (Rung(200, 0.5),), 3000),
    Policy("Roomtone", LADDER, EndpointSettings().longest_silence_ms),
)


class Utterance:
    """One recording, with what the networks say of it."""

    def __init__(self, sound: np.ndarray, vad: Vad, turn: TurnNetwork) -> None:
        self._turn = turn
        self._known: dict[int, float] = {}
        frames = sound[: len(sound) // 320 * 320].reshape(-1, 320).astype(float)
        self._level = np.sqrt((frames**2).mean(axis=1))
        floor = np.sort(self._level)[: max(3, len(frames) // 10)].mean()
        noise = np.random.default_rng(1).normal(0, max(floor, 1), round(16_000 * TAIL_SECONDS))
        self._sound = np.concatenate([sound, np.rint(noise).astype(np.int16)])
        starts = range(0, len(self._sound) - HOP_SAMPLES + 1, HOP_SAMPLES)
        self._voice = [vad.probability(self._sound[at : at + HOP_SAMPLES]) for at in starts]
        self.end = self._label(floor)

    def ended(self, policy: Policy) -> float | None:
        """Seconds at which `policy` ends it; None when it does not."""
        settings = EndpointSettings(
            longest_silence_ms=policy.longest_silence_ms, longest_utterance_seconds=60
        )
        endpoint = Endpoint(settings, 0.0, policy.ladder)
        answer: float | None = None
        begun = False
        for hop, voice in enumerate(self._voice, start=1):
            endpoint.feed(voice, hop * HOP_SAMPLES / 16_000)
            begun = begun or endpoint.spoke
            if endpoint.silence_ms == 0:
                answer = None
            if endpoint.asks():
                answer = self._complete(hop * HOP_SAMPLES)
            if begun and endpoint.over(answer):
                return hop * HOP_SAMPLES / 16_000
        return None

    def _complete(self, end: int) -> float:
        if end not in self._known:
            self._known[end] = self._turn.probability(self._sound[:end])
        return self._known[end]

    def _label(self, floor: float) -> float:
        """The last 20 ms that are 12 dB over the floor, not 30 dB under the loud, near voice."""
        loud = np.sort(self._level)[-max(3, len(self._level) // 10) :].mean()
        heard = self._level > max(4 * floor, 0.03 * loud)
        voiced = np.repeat(np.array(self._voice) >= 0.5, HOP_SAMPLES)[: len(heard) * 320]
        near = np.convolve(voiced.reshape(-1, 320).any(axis=1), np.ones(21), "same") > 0
        places = np.flatnonzero(heard & near)
        return (places[-1] + 1) * 0.02 if len(places) else 0.0


def main() -> None:
    """Print one line a policy."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    files = networks()
    turn = TurnNetwork(files.turn)
    found = itertools.islice(recordings(arguments.folders), arguments.limit)
    utterances = [Utterance(sound, Vad(files.vad), turn) for _, sound in found]
    spoken = [one for one in utterances if one.end]
    print(f"{len(spoken)} utterances; wait from the last sound to the end, cut-ins beside it")
    for policy in POLICIES:
        ends = [(one.ended(policy), one.end) for one in spoken]
        cut = sum(end is not None and end < label - CUT_SECONDS for end, label in ends)
        waits = [end - label for end, label in ends if end and end >= label - CUT_SECONDS]
        p50, p95 = np.percentile(waits, [50, 95]) * 1000
        print(
            f"{policy.name:32} mean {1000 * np.mean(waits):4.0f}  p50 {p50:4.0f}  p95 {p95:4.0f} ms"
            f"   cut in {share(cut, len(spoken))}"
        )


if __name__ == "__main__":
    main()
