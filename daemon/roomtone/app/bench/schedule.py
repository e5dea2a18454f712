"""When what is said: turns of ours in one recording, and room between them for the stock ones."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
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
"""Seconds that one word of an answer lasts, generously, where nobody has measured it."""

SLOWEST = 2.5
"""Seconds in which ours has begun to speak, even when nothing was prepared."""

BREATH = 0.8
"""Seconds of quiet before the next turn."""

COMPUTING = 1.8
"""Seconds in which ours has made its answer, though not yet spoken it."""


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
    """Seconds at which the next turn begins."""
    stock: Stock
    """The pipeline that answers the same in the rest of the place."""

    @property
    def end(self) -> float:
        """Seconds at which the speech ends."""
        return self.start + len(self.utterance.sound) / SAMPLE_RATE


class Costs(NamedTuple):
    """Seconds that other things take."""

    question: float
    """The slowest stock pipeline, from the end of speech on."""
    command: float
    """The same for a command."""
    answers: Mapping[str, float] = {}
    """Answer -> how long it lasts, spoken."""


def schedule(utterances: Sequence[Utterance], count: int, costs: Costs, seed: int) -> list[Turn]:
    """`count` turns in a drawn order, every sentence as often as any other, give or take one."""
    dice = random.Random(seed)  # noqa: S311 - an order, no secret
    rounds = -(-count // len(utterances))
    order = [one for _ in range(rounds) for one in dice.sample(utterances, len(utterances))]
    turns, at = [], LEAD
    pair: list[Stock] = []
    for utterance in order[:count]:
        if not pair:
            pair = list(dice.sample(("naive", "streamed"), 2))
        until = at + _room(utterance, costs)
        turns.append(Turn(utterance, at, until, pair.pop()))
        at = until
    return turns


def _room(utterance: Utterance, costs: Costs) -> float:
    speech = len(utterance.sound) / SAMPLE_RATE
    said = utterance.spoken.answer
    answer = costs.answers.get(said, TALKING * len(said.split()))
    stock = costs.command if utterance.spoken.command else costs.question
    return speech + max(SLOWEST + answer, COMPUTING + stock) + BREATH


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
