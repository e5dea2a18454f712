"""The order of turns: drawn, fair, and with room for everything."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from roomtone.app.bench.schedule import Costs, Utterance, known, lay_out, schedule
from roomtone.app.bench.sentences import COMMANDS, QUESTIONS

SOUND = np.full(16_000, 3000, np.int16)
SAID = [Utterance(one, f"hey jarvis {one.text}", SOUND, SOUND) for one in (*QUESTIONS, *COMMANDS)]
COSTS = Costs(question=4.0, command=2.0)


def test_every_sentence_comes_as_often_as_any_other():
    turns = schedule(SAID, 45, COSTS, seed=1)
    counts = Counter(turn.utterance.spoken.text for turn in turns)
    assert len(turns) == 45
    assert set(counts.values()) <= {1, 2}
    assert len(counts) == len(SAID)


def test_stock_pipelines_take_turns_in_a_drawn_order():
    turns = schedule(SAID, 60, COSTS, seed=1)
    for command, each in ((False, 10), (True, 5)):
        asked = [turn.stock for turn in turns if turn.utterance.spoken.command is command]
        assert Counter(asked) == {"naive": each, "streamed": each, None: 2 * each}
        assert asked[0] is not None
    assert schedule(SAID, 60, COSTS, seed=1) == turns
    assert schedule(SAID, 60, COSTS, seed=2) != turns


@pytest.mark.parametrize("costs", [COSTS, Costs(question=0.5, command=0.5)])
def test_there_is_time_for_a_late_answer(costs):
    turns = schedule(SAID, 30, costs, seed=1)
    for turn, following in pairwise(turns):
        cost = costs.command if turn.utterance.spoken.command else costs.question
        answer = 0.4 * len(turn.utterance.spoken.answer.split())
        assert turn.until - turn.end >= answer + max(4, 3 * cost)
        assert following.start > turn.until


def test_the_recording_has_a_label_for_every_turn():
    turns = schedule(SAID, 5, COSTS, seed=1)
    sound, labels = lay_out(turns)
    assert [label.end for label in labels] == pytest.approx([turn.end for turn in turns])
    assert len(sound) / 16_000 > turns[-1].until
    assert known(turns, "x", labels).answers
