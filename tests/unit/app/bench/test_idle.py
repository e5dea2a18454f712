"""What is told of listening: the ear beside the stock loop, and what was demanded of it."""

from __future__ import annotations

import pytest

from roomtone.app.bench import idle
from roomtone.app.bench.processes import Cost
from roomtone.app.bench.report import Row


def scene(name: str, ear: Cost, stock: float | None = 4.0) -> idle.Scene:
    costs = {"ear": ear, "core": Cost(cpu=0.1, wakeups=3.0, memory=50.0)}
    if stock is not None:
        costs[idle.STOCK] = Cost(cpu=stock, wakeups=12.5, memory=200.0)
    return idle.Scene(name=name, costs=costs, wakes=0)


def row(*scenes: idle.Scene) -> Row:
    return idle.told(scenes, "models", 60).rows[0]


@pytest.mark.parametrize(
    ("ear", "met"),
    [
        (Cost(cpu=0.2, wakeups=11.0, memory=60.0), True),
        (Cost(cpu=0.35, wakeups=11.0, memory=60.0), False),
        (Cost(cpu=0.2, wakeups=13.0, memory=60.0), False),
        (Cost(cpu=0.2, wakeups=11.0, memory=90.0), False),
    ],
)
def test_a_quiet_room_is_held_against_every_demand(ear, met):
    assert row(scene(idle.QUIET, ear)).met is met


def test_speech_has_to_cost_half_of_the_stock_loop():
    ear = Cost(cpu=2.5, wakeups=50.0, memory=60.0)
    assert row(scene(idle.SPEECH, ear, 5.1)).met is True
    assert row(scene(idle.SPEECH, ear, 4.9)).met is False


def test_without_the_stock_loop_nothing_is_held_against_it():
    report = idle.told([scene(idle.QUIET, Cost(cpu=0.2, wakeups=9, memory=60), None)], "models", 60)
    assert report.rows[0].met is None
    assert idle.ABSENT in report.notes


def test_every_other_process_is_told():
    ear = Cost(cpu=0.2, wakeups=9, memory=60)
    names = [one.name for one in idle.told([scene(idle.QUIET, ear)], "models", 60).rows]
    assert names == [idle.QUIET, "ear", "core"]
