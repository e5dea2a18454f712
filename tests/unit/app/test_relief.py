"""Who gives way when the processor is short, and for how long."""

from __future__ import annotations

import asyncio
import itertools
import math
import os
from types import SimpleNamespace

import pytest

from roomtone.app import relief as relief_module
from roomtone.app.parts import Thinker, Transcriber
from roomtone.app.relief import CALM, LOOK, OFTEN, Relief, Strain, waited_for_processor
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.falls import News


def looks(strain: Strain, begin: float, count: int, *, bad: bool) -> list[int]:
    return [strain.look(begin + LOOK * at, bad=bad) for at in range(count)]


def test_a_hiccup_costs_nobody_anything() -> None:
    strain = Strain()
    assert looks(strain, 0.0, OFTEN - 1, bad=True) == [0] * (OFTEN - 1)
    assert looks(strain, 5.0, 60, bad=False) == [0] * 60
    assert strain.look(60.0, bad=True) == 0


def test_step_by_step_more_gives_way_and_the_ear_never() -> None:
    strain = Strain()
    assert looks(strain, 0.0, 4 * OFTEN, bad=True)[OFTEN - 1 :: OFTEN] == [1, 2, 2, 2]


def test_what_gave_way_comes_back_in_the_opposite_order() -> None:
    strain = Strain()
    looks(strain, 0.0, 2 * OFTEN, bad=True)
    worst = LOOK * (2 * OFTEN - 1)
    assert strain.look(worst + CALM - 1, bad=False) == 2
    assert strain.look(worst + CALM, bad=False) == 1
    assert strain.look(worst + CALM + 1, bad=False) == 1
    assert strain.look(worst + 2 * CALM, bad=False) == 0


def test_the_thinker_rests_first_and_partial_readings_next() -> None:
    async def strain_and_calm() -> None:
        news: list[News] = []
        thinker = Thinker("thinker", message.Hush(), message.ThinkerOut, news.append)
        transcriber = Transcriber(
            "transcriber", message.Hush(), message.TranscriberOut, news.append
        )
        relief = Relief(None, thinker, transcriber, news.append)
        relief.take(1, 10.0)
        assert thinker.away
        with pytest.raises(PartError, match="gives way"):
            await anext(thinker.think("", [], "why", ""))
        assert not transcriber.hurried
        relief.take(2, 11.0)
        with pytest.raises(PartError, match="no time"):
            await transcriber.read(b"", final=False)
        relief.take(1, 31.0)
        assert not transcriber.hurried
        relief.take(0, 51.0)
        assert not thinker.away
        assert [(one.kind, one.recovered_ms) for one in news] == [
            ("cpu_starved", None),
            ("cpu_starved", 41_000),
        ]

    asyncio.run(strain_and_calm())


def test_an_answer_in_the_making_is_given_up() -> None:
    async def interrupt() -> None:
        thinker = Thinker("thinker", message.Hush(), message.ThinkerOut, lambda _news: None)
        thinker.child._up.set()
        sent = []

        async def send(request: object) -> None:
            sent.append(request)

        thinker.child.send = send
        thinking = asyncio.ensure_future(anext(thinker.think("", [], "why", "")))
        await asyncio.sleep(0)
        thinker.rest(on=True)
        with pytest.raises(PartError):
            await thinking
        assert isinstance(sent[-1], message.Cancel)

    asyncio.run(interrupt())


@pytest.mark.parametrize(("waits", "rests"), [(0.02, True), (0.0, False)])
def test_sound_that_is_lost_for_another_reason_costs_the_thinker_nothing(
    monkeypatch: pytest.MonkeyPatch, waits: float, rests: bool
) -> None:
    waited = itertools.count()
    monkeypatch.setattr(relief_module, "LOOK", 0.01)
    monkeypatch.setattr(
        relief_module, "waited_for_processor", lambda _pid: 1.0 + next(waited) * waits
    )

    class LosingEar:
        child = SimpleNamespace(pid=1, up=True)
        ticked_at = math.inf
        losses = itertools.count()

        @property
        def lost(self) -> float:
            return float(next(self.losses))

    async def lose() -> None:
        thinker = Thinker("thinker", message.Hush(), message.ThinkerOut, lambda _news: None)
        reader = Transcriber("transcriber", message.Hush(), message.TranscriberOut, print)
        watching = asyncio.create_task(Relief(LosingEar(), thinker, reader, print).watch())
        await asyncio.sleep(0.3)
        watching.cancel()
        assert thinker.resting is rests

    asyncio.run(lose())


def test_waiting_for_the_processor_is_counted_where_the_kernel_counts_it() -> None:
    waited = waited_for_processor(os.getpid())
    assert waited is None or waited >= 0
    assert waited_for_processor(2**22 + 1) is None
