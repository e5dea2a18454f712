"""Two who may answer: the one who speaks first goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from fakes.virtual import VirtualLoop
from roomtone.app.hedge import GRACE, Candidate, hedged
from roomtone.base.error import PartError


class Speaker:
    """Says its sentences after so many seconds each; an empty one is a failure."""

    def __init__(self, by: str, *script: tuple[float, str]) -> None:
        self.by = by
        self.script = script
        self.begun = self.closed = False

    async def sentences(self) -> AsyncGenerator[str]:
        self.begun = True
        try:
            for seconds, sentence in self.script:
                await asyncio.sleep(seconds)
                if not sentence:
                    raise PartError(self.by, "failed")
                yield sentence
        finally:
            self.closed = True

    def enters(self, why: str = "") -> Candidate:
        self.why = why
        return Candidate(by=self.by, sentences=self.sentences(), weak=lambda s: s.startswith("I d"))


def play(
    first: Speaker, second: Speaker, after: float
) -> tuple[list[tuple[float, str]], list[str]]:
    told: list[str] = []

    async def listen() -> list[tuple[float, str]]:
        now = asyncio.get_running_loop().time
        began = now()
        said = hedged(first.enters(), second.enters, after, lambda one: told.append(one.by))
        return [(round(now() - began, 3), sentence) async for sentence in said]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        heard = runner.run(listen())
    assert first.closed
    assert second.closed == second.begun
    return heard, told


def test_the_first_who_speaks_in_time_is_the_only_one_asked() -> None:
    here, cloud = Speaker("here", (0.2, "Yes."), (1.0, "Indeed.")), Speaker("cloud", (0.1, "No."))
    assert play(here, cloud, 0.5) == ([(0.2, "Yes."), (1.2, "Indeed.")], ["here"])
    assert not cloud.begun


def test_the_second_joins_after_the_delay_and_whoever_is_first_goes_on() -> None:
    here, cloud = Speaker("here", (2.0, "Yes.")), Speaker("cloud", (0.3, "No."), (0.1, "Never."))
    assert play(here, cloud, 0.5) == ([(0.8, "No."), (0.9, "Never.")], ["cloud"])
    assert cloud.why == "late"


@pytest.mark.parametrize("stall", [(100.0, "Late."), (0.4, ""), (0.0, "")])
def test_a_second_that_stalls_or_fails_delays_nothing(stall: tuple[float, str]) -> None:
    here, cloud = Speaker("here", (2.0, "Yes.")), Speaker("cloud", stall)
    assert play(here, cloud, 0.5) == ([(2.0, "Yes.")], ["here"])


def test_a_first_that_fails_has_the_second_begin_at_once() -> None:
    here, cloud = Speaker("here", (0.1, "")), Speaker("cloud", (0.3, "No."))
    assert play(here, cloud, 60.0) == ([(0.4, "No.")], ["cloud"])
    assert cloud.why == "failed"


def test_a_weak_answer_waits_a_moment_for_a_better_one() -> None:
    here, cloud = Speaker("here", (0.1, "I don't know.")), Speaker("cloud", (0.2, "Paris."))
    assert play(here, cloud, float("inf")) == ([(0.3, "Paris.")], ["cloud"])
    assert cloud.why == "weak"


def test_a_weak_answer_is_not_held_up_and_the_better_one_follows_it() -> None:
    here, cloud = Speaker("here", (0.1, "I don't know.")), Speaker("cloud", (1.0, "Paris."))
    heard, told = play(here, cloud, float("inf"))
    assert heard == [(0.1 + GRACE, "I don't know."), (1.1, "Paris.")]
    assert told == ["here", "cloud"]


@pytest.mark.parametrize("other", [(5.0, ""), (0.2, ""), (0.2, "I don't know.")])
def test_a_weak_answer_alone_is_said(other: tuple[float, str]) -> None:
    here, cloud = Speaker("here", (0.1, "I don't know.")), Speaker("cloud", other)
    assert play(here, cloud, float("inf"))[0][0][0] <= 0.1 + GRACE
    assert [said for _, said in play(here, cloud, float("inf"))[0]] == ["I don't know."]


def test_when_both_fail_the_first_reason_is_told() -> None:
    here, cloud = Speaker("here", (0.1, "")), Speaker("cloud", (0.3, ""))
    with pytest.raises(PartError, match="here"):
        play(here, cloud, 60.0)


def test_leaving_early_ends_both() -> None:
    here, cloud = Speaker("here", (5.0, "Yes.")), Speaker("cloud", (9.0, "No."))

    async def leave() -> None:
        said = hedged(here.enters(), cloud.enters, 0.1, lambda _one: None)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await anext(said)
        await said.aclose()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(leave())
    assert here.closed
    assert cloud.closed
