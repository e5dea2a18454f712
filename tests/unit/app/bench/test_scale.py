"""What stays the same however long it goes on: small versions of what the benchmark measures."""

from __future__ import annotations

import numpy as np
import pytest

from roomtone.app.bench import archive, conversation, scale, television
from roomtone.app.bench.archive import Kept
from roomtone.app.bench.conversation import Spent
from roomtone.app.bench.shapes.models import models
from roomtone.app.bench.television import Watched
from roomtone.app.config import Config


def talk(*firsts: float) -> list[Spent]:
    return [Spent(first=one / 1000, cpu=0.1, memory=80.0, core=90.0) for one in firsts]


@pytest.mark.parametrize(("last", "met"), [(104.0, True), (130.0, False)])
def test_the_end_of_a_conversation_is_held_against_its_beginning(last, met):
    rows = scale._talk(talk(500.0, *[100.0] * 30, *[last] * 20))
    assert rows[1].name == "turn 51"
    assert rows[1].met is met
    assert rows[0].values["first token ms"] == 100.0
    assert set(rows[2].values) == set(rows[0].values)


def test_growth_of_memory_is_told_for_an_hour():
    passes = [Watched(cpu=9.0, memory=100.0 + n, wakes=0) for n in range(6)]
    (row,) = scale._television(passes, 300.0)
    assert row.values["growth MB/h"] == pytest.approx(12.0)
    assert row.values["CPU % of a core"] == pytest.approx(3.0)
    assert row.values["hours"] == pytest.approx(0.5)
    assert row.met is False


def test_a_slow_search_is_told():
    slow = Kept(turns=7, search=[0.03] * 9, append=[0.001] * 9, newest=[0.001], megabytes=1.0)
    assert scale._history([slow])[0].met is False


def test_a_history_of_many_turns_is_searched_as_one_of_few():
    few, many = archive.remember([200, 4000], lambda _doing: None)
    assert np.median(many.search) < 5 * np.median(few.search) + 0.002
    assert many.megabytes > few.megabytes


def test_television_is_as_loud_as_it_says_and_ends_on_time(monkeypatch):
    monkeypatch.setattr(television, "Speaker", lambda _voice: Talker())
    sound = television.programme("", None, seconds=12.0)
    assert len(sound) == 12 * 16_000
    assert -40 < 10 * np.log10(np.square(sound / 32768).mean()) < -25


class Talker:
    def say(self, _text: str) -> np.ndarray:
        return np.random.default_rng(1).normal(0, 3000, 24_000).astype(np.int16)


@pytest.mark.sound
def test_the_twentieth_answer_begins_as_soon_as_the_second():
    config = Config()
    found = models("starter", config, lambda _doing: None)
    spent = conversation.converse(24, found, config, lambda _doing: None)
    early, late = (np.median([one.first for one in some]) for some in (spent[1:9], spent[-8:]))
    assert late < 1.5 * early + 0.01
    assert spent[-1].memory < 1.2 * spent[1].memory


@pytest.mark.sound
def test_attention_costs_the_same_after_minutes_of_television():
    import asyncio

    noise = np.random.default_rng(2).normal(0, 900, 16_000 * 20).astype(np.int16)
    passes = television.watch(asyncio.run(scale._ear(Config())), noise, 4, lambda _doing: None)
    assert passes[-1].memory - passes[0].memory < 2.0
    assert passes[-1].cpu < 1.5 * passes[0].cpu + 0.1
