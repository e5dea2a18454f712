"""When what is said: turns of ours in one recording, and which stock pipeline answers it too."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from roomtone.app.bench.figures import plain
from roomtone.app.bench.oracle import Known, Label
from roomtone.app.bench.recording import Sound, lay
from roomtone.app.bench.sentences import Spoken
from roomtone.base.frame import SAMPLE_RATE

Stock = Literal["naive", "streamed"]

LEAD = 2.0
"""Seconds of room before the first word."""

TALKING = 0.45
"""Seconds that one word of an answer lasts, generously."""

LATEST = 3.0
"""How many times what the naive pipeline needs ours may take to begin."""

LEAST = 4.0
"""Seconds that it may take in any case."""

BREATH = 0.4
"""Seconds of quiet before the next turn."""

EVERY = 2
"""Of so many questions, and of so many commands, a stock pipeline answers one."""


class Utterance(NamedTuple):
    """A sentence, and how it sounds behind the wake word."""

    spoken: Spoken
    text: str
    """All that is said, the wake word too."""
    sound: Sound
    said: Sound
    """The same without room noise and wake word: what a stock pipeline is given."""


class Turn(NamedTuple):
    """One place in the recording."""

    utterance: Utterance
    start: float
    until: float
    """Seconds at which its answer must be over."""
    stock: Stock | None
    """The pipeline that answers the same behind ours; None: none does."""

    @property
    def end(self) -> float:
        """Seconds at which the speech ends."""
        return self.start + len(self.utterance.sound) / SAMPLE_RATE


class Costs(NamedTuple):
    """Seconds that the naive pipeline takes, from the end of speech on."""

    question: float
    command: float


def schedule(utterances: Sequence[Utterance], count: int, costs: Costs, seed: int) -> list[Turn]:
    """`count` turns in a drawn order, every sentence as often as any other, give or take one."""
    dice = random.Random(seed)  # noqa: S311 - an order, no secret
    rounds = -(-count // len(utterances))
    order = [one for _ in range(rounds) for one in dice.sample(utterances, len(utterances))]
    asked = {kind: _stock(dice) for kind in (False, True)}
    turns, at = [], LEAD
    for utterance in order[:count]:
        until = at + _room(utterance, costs)
        turns.append(Turn(utterance, at, until, next(asked[utterance.spoken.command])))
        at = until + BREATH
    return turns


def _stock(dice: random.Random) -> Iterator[Stock | None]:
    """Who else answers: every `EVERY`th time one of both, and as often as the other."""
    pipelines: list[Stock] = ["naive", "streamed"]
    while True:
        for pipeline in dice.sample(pipelines, 2):
            yield pipeline
            yield from [None] * (EVERY - 1)


def _room(utterance: Utterance, costs: Costs) -> float:
    speech = len(utterance.sound) / SAMPLE_RATE
    answer = TALKING * len(utterance.spoken.answer.split())
    naive = costs.command if utterance.spoken.command else costs.question
    return speech + max(LEAST, LATEST * naive) + answer


def lay_out(turns: Sequence[Turn]) -> tuple[Sound, list[Label]]:
    """The recording of all turns, and its labels."""
    said = [(turn.start, turn.utterance.sound, turn.utterance.text) for turn in turns]
    return lay(said, turns[-1].until + 1.0)


def known(turns: Sequence[Turn], recording: str, labels: list[Label]) -> Known:
    """What an oracle must know of them."""
    spoken = {turn.utterance.spoken for turn in turns}
    return Known(
        recording=recording,
        labels=labels,
        answers={plain(one.text): one.answer for one in spoken},
    )
