"""Who writes an answer, by the owner's policy; and that nobody waits for a cloud that stalls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from types import SimpleNamespace

import pytest

from fakes.virtual import VirtualLoop
from roomtone.app.choosing import CUT, DENIED, Asked, Choosing
from roomtone.app.hedge import GRACE
from roomtone.app.inquiry import CloudError, Question
from roomtone.app.writing import Writing
from roomtone.base.error import PartError
from roomtone.base.words import Exchanged
from roomtone.respond.settings import AnswerSettings
from roomtone.system.settings import CloudSettings
from roomtone.turn.port import Sound

SURE, UNSURE, ELSEWHERE = "Here is the answer.", "I don't know that.", "The cloud says so."


class Thinker:
    """Writes its answer after so many seconds; an empty one is a failure."""

    def __init__(self, seconds: float, text: str) -> None:
        self.seconds, self.text = seconds, text

    async def think(self, *_prompt: object) -> AsyncIterator[str]:
        await asyncio.sleep(self.seconds)
        if not self.text:
            raise PartError("thinker", "is not running")
        yield self.text


class Cloud:
    """Says each sentence after so many seconds; one without a blank is a failure of that kind."""

    def __init__(self, *script: tuple[float, str]) -> None:
        self.script = script
        self.asked: list[Question] = []
        self.closed = False

    async def sentences(
        self, _permit: object, question: Question, entries: list[int]
    ) -> AsyncGenerator[str]:
        self.asked.append(question)
        entries.append(len(self.asked))
        try:
            for seconds, sentence in self.script:
                await asyncio.sleep(seconds)
                if " " not in sentence:
                    raise CloudError(sentence)
                yield sentence
        finally:
            self.closed = True


def play(
    policy: str, thinker: Thinker, cloud: Cloud, *, allowed: bool = True, **asked: object
) -> SimpleNamespace:
    """Ask; what was said when, who is named for it."""
    settings = CloudSettings(policy=policy, cue=asked.pop("cue", False))
    consents = SimpleNamespace(permit=lambda: object() if allowed else None)
    choosing = Choosing(Writing(thinker), consents, cloud, lambda: settings)  # type: ignore[arg-type]
    question = Asked(**{"text": "why", "history": [], "settings": AnswerSettings()} | asked)

    async def listen() -> SimpleNamespace:
        now = asyncio.get_running_loop().time
        answer = choosing.answer(question)
        said = [(round(now(), 3), sentence) async for sentence in answer.sentences]
        return SimpleNamespace(
            said=[sentence for _, sentence in said], first=said[0][0], answer=answer
        )

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        told = runner.run(listen())
    assert cloud.closed == bool(cloud.asked)
    return told


@pytest.mark.parametrize("policy", ["local", "local-first", "cloud-first", "race"])
def test_without_leave_the_cloud_is_never_asked(policy: str) -> None:
    cloud = Cloud((0.1, ELSEWHERE))
    told = play(policy, Thinker(1.0, UNSURE), cloud, allowed=False)
    assert (told.said, told.answer.by, cloud.asked) == ([UNSURE], "llama", [])


def test_local_first_leaves_a_sure_answer_in_the_house() -> None:
    cloud = Cloud((0.1, ELSEWHERE))
    told = play("local-first", Thinker(1.0, SURE), cloud)
    assert (told.said, told.answer.by, cloud.asked) == ([SURE], "llama", [])


def test_local_first_asks_when_the_local_model_is_unsure() -> None:
    told = play("local-first", Thinker(1.0, UNSURE), Cloud((0.2, ELSEWHERE)))
    assert (told.said, told.answer.by, told.answer.entries) == ([ELSEWHERE], "cloud", [1])


@pytest.mark.parametrize("stall", [(3600.0, ELSEWHERE), (2.0, "slow"), (0.1, "offline")])
def test_local_first_is_never_held_up_by_more_than_a_moment(stall: tuple[float, str]) -> None:
    told = play("local-first", Thinker(1.0, UNSURE), Cloud(stall))
    assert told.first <= 1.0 + GRACE
    assert told.said[0] == UNSURE


def test_local_first_asks_when_there_is_no_local_model() -> None:
    assert play("local-first", Thinker(0.0, ""), Cloud((2.0, ELSEWHERE))).said == [ELSEWHERE]


def test_local_first_asks_when_a_skill_lacks_the_tool() -> None:
    told = play("local-first", Thinker(9.0, SURE), Cloud((0.2, ELSEWHERE)), admission=UNSURE)
    assert told.said == [ELSEWHERE]
    told = play("local-first", Thinker(9.0, SURE), Cloud((0.2, "offline")), admission=UNSURE)
    assert told.said == [UNSURE]


def test_cloud_first_takes_the_cloud() -> None:
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((1.0, ELSEWHERE)))
    assert (told.said, told.answer.by) == ([ELSEWHERE], "cloud")
    assert "cloud spoke first" in told.answer.reason


def test_cloud_first_goes_local_at_once_when_it_is_offline_and_soon_when_it_is_slow() -> None:
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((0.3, "offline")))
    assert (told.said, told.first, told.answer.by) == ([SURE], 0.4, "llama")
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((60.0, ELSEWHERE)))
    assert (told.said, told.first) == ([SURE], 1.6)


@pytest.mark.parametrize("stall", [(3600.0, ELSEWHERE), (0.6, "slow"), (0.0, "offline")])
def test_a_race_is_never_slower_than_the_local_model(stall: tuple[float, str]) -> None:
    told = play("race", Thinker(2.0, SURE), Cloud(stall))
    assert (told.said, told.first) == ([SURE], 2.0)


def test_in_a_race_the_cloud_joins_late_and_whoever_speaks_first_goes_on() -> None:
    cloud = Cloud((0.1, ELSEWHERE))
    assert play("race", Thinker(0.4, SURE), cloud).said == [SURE]
    assert cloud.asked == []
    assert play("race", Thinker(2.0, SURE), Cloud((0.1, ELSEWHERE))).said == [ELSEWHERE]


def test_a_cloud_that_breaks_off_ends_politely_and_nothing_is_said_again() -> None:
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((0.1, ELSEWHERE), (0.1, "cut")))
    assert told.said == [ELSEWHERE, CUT]


def test_a_no_in_mid_answer_is_told() -> None:
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((0.1, ELSEWHERE), (0.1, "denied")))
    assert told.said == [ELSEWHERE, DENIED]


def test_an_answer_from_outside_is_heard_to_be_one() -> None:
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((0.1, ELSEWHERE)), cue=True)
    assert isinstance(told.said[0], Sound)
    assert told.said[1:] == [ELSEWHERE]
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((0.1, "offline")), cue=True)
    assert told.said == [SURE]


def test_markup_and_wake_words_of_the_cloud_are_not_spoken() -> None:
    cloud = Cloud((0.1, "**Hey Jarvis**, turn it up."))
    told = play("cloud-first", Thinker(0.1, SURE), cloud, wakes=("hey jarvis",))
    assert "jarvis" not in " ".join(told.said).lower()
    assert "*" not in " ".join(told.said)


def test_an_answer_of_which_nothing_can_be_spoken_is_none() -> None:
    told = play("cloud-first", Thinker(0.1, SURE), Cloud((0.1, "``` ```")))
    assert (told.said, told.answer.by) == ([SURE], "llama")


def test_only_what_models_wrote_goes_along_and_the_owners_own_persona_stays_here() -> None:
    told = [
        Exchanged(user="remember the code", assistant="I'll remember: 4711.", by="skill"),
        Exchanged(user="who was Ada", assistant="A countess.", by="llama"),
    ]
    cloud = Cloud((0.1, ELSEWHERE))
    choosing_settings = AnswerSettings(name="Alfred", persona="Bea has a secret. You are {name}.")
    play("cloud-first", Thinker(1.0, SURE), cloud, history=told, settings=choosing_settings)
    (question,) = cloud.asked
    assert [turn.user for turn in question.history] == ["who was Ada"]
    assert "secret" not in question.system
    assert "Alfred" in question.system


def test_what_was_forgotten_meanwhile_is_not_asked_elsewhere() -> None:
    cloud = Cloud((0.1, ELSEWHERE))
    told = play("local-first", Thinker(1.0, UNSURE), cloud, current=lambda: False)
    assert (told.said, cloud.asked) == ([UNSURE], [])


@pytest.mark.parametrize(
    "first",
    [
        "You are Roomtone, a friendly voice assistant in a home.",
        "The capital of France is Paris.",
        "\u042d\u0442\u043e \u043e\u0442\u0432\u0435\u0442, \u0434\u0430.",
    ],
)
def test_an_answer_of_the_cloud_that_is_none_is_replaced_by_the_house(first: str) -> None:
    cloud = Cloud((0.1, first), (0.1, "And more of it."))
    told = play("cloud-first", Thinker(0.1, SURE), cloud, text="how many legs does a spider have")
    assert (told.said, told.answer.by) == ([SURE], "llama")
