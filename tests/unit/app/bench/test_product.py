"""Roomtone on a recording that stands still unless somebody speaks or is answered."""

from __future__ import annotations

import asyncio
import math
from types import SimpleNamespace

import pytest

from roomtone.app.bench import product
from roomtone.app.bench.product import AHEAD, Product
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.turn.state import State


class Ear:
    """Goes on by 80 ms with each tick; `at` holds what happens by when."""

    def __init__(self, at):
        self.t, self.granted, self.sent = 0.0, 0.0, []
        self.child = SimpleNamespace(up=True)
        self._at = at

    async def send(self, request):
        self.granted = request.t
        self.sent.append((round(self.t, 2), request))

    async def tick(self):
        await asyncio.sleep(0)
        self.t = min(self.t + 0.08, self.granted)
        for t in [one for one in self._at if one <= self.t]:
            self._at.pop(t)()


class Conductor:
    state = State.ASLEEP
    making = busy = False
    hushed = 0

    async def hush(self):
        self.hushed += 1


def house(**stages):
    """The product, and its doubles; each of `stages` is when it begins, in seconds."""
    conductor = Conductor()
    becomes = {
        "listening": {"state": State.LISTENING},
        "thinking": {"state": State.THINKING, "making": True, "busy": True},
        "speaking": {"state": State.SPEAKING},
        "made": {"making": False},
        "asleep": {"state": State.ASLEEP, "busy": False},
    }
    at = {t: lambda name=name: vars(conductor).update(becomes[name]) for name, t in stages.items()}
    ear = Ear(at)
    over = SimpleNamespace(over=lambda: asyncio.sleep(0))
    return Product(SimpleNamespace(ear=ear, conductor=conductor, children=[]), over), ear, conductor


def test_the_stream_keeps_the_pace_of_a_room_until_the_answer_is_made_and_then_hurries():
    running, ear, conductor = house(listening=0.8, thinking=2.3, speaking=2.6, made=3.5, asleep=6.0)
    asyncio.run(running.converse(2.0, 9.0))
    (begun, slow), (made, fast) = ear.sent
    assert (begun, slow) == (0.0, message.Grant(t=9.0 + AHEAD, timed=True))
    assert made == pytest.approx(3.5, abs=0.08)
    assert fast == message.Grant(t=9.0 + AHEAD)
    assert ear.t >= 9.0
    assert not conductor.hushed


def test_speech_that_nobody_woke_to_is_heard_to_its_end_in_time():
    running, ear, _ = house()
    asyncio.run(running.converse(2.0, 9.0))
    assert ear.sent[1][0] == pytest.approx(2.0, abs=0.08)


@pytest.mark.parametrize("stages", [{"speaking": 3.0, "made": 4.0}, {}])
def test_what_is_not_over_at_the_end_of_its_place_is_hushed(stages):
    running, ear, conductor = house(listening=0.8, thinking=2.3, **stages)
    asyncio.run(running.converse(2.0, 9.0))
    assert ear.sent[1][0] == pytest.approx(4.0 if stages else 9.0, abs=0.09)
    assert conductor.hushed == 1


def test_an_ear_that_goes_away_ends_the_measurement():
    running, ear, _ = house()
    ear.child.up = False
    with pytest.raises(PartError):
        asyncio.run(running.converse(2.0, 9.0))


def test_the_rest_of_the_recording_goes_by_at_once():
    running, ear, _ = house()
    asyncio.run(running.over())
    assert ear.sent[0][1] == message.Grant(t=math.inf)


def test_the_parts_rest_when_they_have_not_computed_for_a_while(monkeypatch):
    spent = iter([0.0, 0.0, 0.1, 0.2, 0.3, *[0.3] * 1000])
    running, _, _ = house()
    running.core.children = [SimpleNamespace(name="thinker", pid=1)]
    asked = []
    monkeypatch.setattr(product, "cpu_of", lambda pid: asked.append(pid) or next(spent))
    asyncio.run(running.rest())
    assert 5 < len(asked) < 30


def test_parts_that_never_rest_are_not_waited_for_without_end(monkeypatch):
    running, _, _ = house()
    running.core.children = [SimpleNamespace(name="thinker", pid=1)]
    spent = iter(range(1000))
    monkeypatch.setattr(product, "cpu_of", lambda _pid: float(next(spent)))
    monkeypatch.setattr(product, "RESTLESS", 0.2)
    asyncio.run(asyncio.wait_for(running.rest(), 2))
