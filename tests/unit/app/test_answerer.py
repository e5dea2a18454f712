"""Who answers, and what an answer sets going."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest

from fakes.mind import FakeMemory, FakeThinker
from roomtone.app.answerer import AWAY, NOT_FORGOTTEN, TROUBLE, Answerer
from roomtone.app.choosing import Choosing
from roomtone.app.writing import ENDLESS, Writing
from roomtone.base.clock import StreamClock
from roomtone.base.error import PartError
from roomtone.base.room import AddNote, CancelTimers, Forget, SetTimer, SetVolume
from roomtone.respond.route import Router
from roomtone.respond.settings import AnswerSettings
from roomtone.turn.port import Answer

ROUTER = Router()
WRITTEN = Answer(by="llama", sentences=None)  # type: ignore[arg-type]


def answerer(script: dict[str, str] | None = None, **settings: float) -> Answerer:
    return Answerer(
        ROUTER,
        Choosing(Writing(FakeThinker(script or {}))),
        FakeMemory(),
        AnswerSettings(**settings),
        StreamClock(1_790_000_000.0),
    )


async def said(answers: Answerer, text: str) -> tuple[str, list[str]]:
    answer = await answers.answer(text)
    return answer.by, [sentence async for sentence in answer.sentences]


def test_a_skill_answers_what_it_knows_and_the_model_the_rest() -> None:
    answers = answerer({"who wrote hamlet": "Shakespeare did."})
    by, sentences = asyncio.run(said(answers, "what is seven times eight"))
    assert by == "skill"
    assert "56" in sentences[0]
    assert asyncio.run(said(answers, "who wrote hamlet")) == ("llama", ["Shakespeare did."])


def test_a_long_answer_is_cut_after_the_last_sentence_that_may_be_spoken() -> None:
    answers = answerer({"go on": "One is said. Two is said. Three is said."}, max_sentences=2)
    assert asyncio.run(said(answers, "go on"))[1] == ["One is said.", "Two is said."]


def test_a_model_that_writes_nothing_fit_is_apologised_for() -> None:
    answers = answerer({"go on": "```"})
    assert len(asyncio.run(said(answers, "go on"))[1]) == 1


def test_actions_reach_the_memory() -> None:
    async def act() -> None:
        answers = answerer()
        await answers.do((SetTimer(seconds=10, name="tea"), SetVolume(level=0.3)))
        timers = await answers._keeping.timers()
        assert [(timer.name, timer.due) for timer in timers] == [("tea", 1_790_000_010.0)]
        assert answers._keeping.volume == 0.3
        await answers.do((CancelTimers(ids=(timers[0].id,)),))
        assert await answers._keeping.timers() == ()

    asyncio.run(act())


def test_the_conversation_is_kept_within_its_turns_and_minutes() -> None:
    async def talk() -> None:
        answers = answerer(history_turns=2, history_minutes=1.0)
        for number in range(4):
            answers.remember(f"question {number}", f"answer {number}", WRITTEN)
        assert [one.user for one in answers.context()[1]] == ["question 2", "question 3"]
        answers.remember("question 4", "answer 4", WRITTEN)
        assert len(answers.context()[1]) == 3
        await answers._clock.move(61.0)
        answers.remember("later", "indeed", WRITTEN)
        assert [one.user for one in answers.context()[1]] == ["later"]
        answers.remember("hushed before a word", "", WRITTEN)
        assert len(answers.context()[1]) == 1

    asyncio.run(talk())


def test_the_system_prompt_carries_the_name() -> None:
    made = Answerer(
        ROUTER,
        Choosing(Writing(FakeThinker({}))),
        FakeMemory(),
        AnswerSettings(name="Alfred"),
        StreamClock(0),
    )
    assert "Alfred" in made.context()[0]


def test_without_a_thinker_a_question_gets_an_honest_sentence_and_skills_still_answer() -> None:
    answers = answerer()
    answers.away = lambda part: part == "thinker"
    assert asyncio.run(said(answers, "who wrote hamlet")) == ("daemon", [AWAY["thinker"]])
    assert asyncio.run(said(answers, "what is seven times eight"))[0] == "skill"


def test_a_lost_turn_is_excused_by_what_is_known_of_its_part() -> None:
    answers = answerer()
    assert answers.excuse("transcriber") == TROUBLE
    answers.away = lambda part: part == "transcriber"
    assert answers.excuse("transcriber") == AWAY["transcriber"]
    assert answers.excuse("thinker") == answers.excuse("core") == TROUBLE


class SlowThinker:
    """Writes a word every five seconds, for ever."""

    def __init__(self, *words: str) -> None:
        self.words = words

    async def think(self, *_prompt: object) -> AsyncIterator[str]:
        for word in itertools.chain(self.words, itertools.repeat("and ")):
            asyncio.get_running_loop().skip(5.0)
            yield word


class SkippingLoop(asyncio.SelectorEventLoop):
    """A loop whose clock a test sets forward."""

    ahead = 0.0

    def skip(self, seconds: float) -> None:
        self.ahead += seconds

    def time(self) -> float:
        return super().time() + self.ahead


@pytest.mark.parametrize(
    ("words", "spoken"),
    [(("One is said. ", "Two is "), ["One is said."]), (("And ",), [ENDLESS])],
)
def test_an_endless_answer_is_given_up_and_what_was_whole_of_it_is_said(
    words: tuple[str, ...], spoken: list[str]
) -> None:
    answers = answerer()
    answers._choosing._writing._thinking = SlowThinker(*words)
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        assert runner.run(said(answers, "tell me everything")) == ("llama", spoken)


class StalledThinker:
    """Writes a sentence and a half, and then nothing, for ever."""

    async def think(self, *_prompt: object) -> AsyncIterator[str]:
        yield "One is said. Two "
        await asyncio.Event().wait()


def test_a_model_that_stalls_is_not_waited_for_beyond_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roomtone.app.writing.PATIENCE", 0.1)
    answers = answerer()
    answers._choosing._writing._thinking = StalledThinker()

    async def ask() -> tuple[str, list[str]]:
        async with asyncio.timeout(2):
            return await said(answers, "tell me everything")

    assert asyncio.run(ask()) == ("llama", ["One is said."])


def test_a_skill_that_does_not_end_costs_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        def answer(self, text: str, room: object) -> None:
            while True:
                pass

    answers = answerer()
    answers.router = Endless()
    monkeypatch.setattr("roomtone.app.answerer.DECIDING", 0.1)
    with pytest.raises(PartError, match="skill"):
        asyncio.run(said(answers, "what time is it"))


def test_louder_counts_from_the_volume_that_was_kept() -> None:
    async def ask() -> None:
        answers = answerer()
        answers._keeping.volume = 0.3
        reply = await answers.answer("louder")
        (change,) = reply.actions
        assert 0.3 < change.level < 0.6

    asyncio.run(ask())


async def tell(answers: Answerer, text: str, turn: int = 1) -> list[str]:
    """Ask, carry out and remember, as a turn does."""
    answer = await answers.answer(text, turn)
    await answers.do(answer.actions)
    said = [one async for one in answer.sentences if isinstance(one, str)]
    answers.remember(text, " ".join(said), answer)
    return said


def test_a_conversation_that_is_old_is_over_before_the_next_question_is_answered() -> None:
    async def talk() -> None:
        answers = answerer({"who": "You."}, history_minutes=1.0)
        await tell(answers, "who")
        await answers._clock.move(61.0)
        assert answers.context()[1] == []
        assert await tell(answers, "say that again") == ["I have not said anything yet."]

    asyncio.run(talk())


def test_what_is_forgotten_while_it_is_answered_is_not_remembered() -> None:
    async def talk() -> None:
        answers = answerer({"who": "You."})
        answer = await answers.answer("who", 1)
        answers.forget()
        assert not answer.current()
        answers.remember("who", "You.", answer)
        assert answers.context()[1] == []

    asyncio.run(talk())


def test_who_answered_is_known_of_every_exchange_and_words_of_the_daemon_are_none() -> None:
    async def talk() -> None:
        answers = answerer({"who": "You."})
        await tell(answers, "what is seven times eight")
        await tell(answers, "who")
        answers.remember("mumble", "Sorry?", Answer(by="daemon", sentences=None))  # type: ignore[arg-type]
        assert [one.by for one in answers.context()[1]] == ["skill", "llama"]

    asyncio.run(talk())


@pytest.mark.parametrize("other", ["door", "time", "let go"])
def test_a_yes_counts_only_where_and_soon_after_it_was_asked_for(other: str) -> None:
    async def talk() -> None:
        answers = answerer()
        await tell(answers, "forget everything", turn=1)
        if other == "time":
            await answers._clock.move(31.0)
        if other == "let go":
            answers.let_go()
        await tell(answers, "yes", turn=0 if other == "door" else 2)
        assert answers._keeping.forgotten == []
        await tell(answers, "forget everything", turn=3)
        await tell(answers, "yes", turn=4)
        assert answers._keeping.forgotten == ["all"]

    asyncio.run(talk())


def test_dropping_a_note_leaves_its_words_in_no_conversation_and_no_turn() -> None:
    async def talk() -> None:
        answers = answerer()
        await tell(answers, "remember that the code is 4711")
        await tell(answers, "forget the last note")
        assert answers._keeping.note_book == []
        assert answers._keeping.forgotten == ["this turn"]
        assert answers.context()[1] == []

    asyncio.run(talk())


def test_guests_neither_hear_nor_delete_what_the_household_keeps() -> None:
    async def talk() -> None:
        answers = answerer()
        await tell(answers, "remember that the code is 4711")
        answers._keeping.guest = True
        for words in ("what are my notes", "forget the last note", "forget that"):
            assert "4711" not in str(await tell(answers, words))
        assert len(answers._keeping.note_book) == 1
        assert answers._keeping.forgotten == []

    asyncio.run(talk())


def test_no_model_is_told_of_notes_so_that_its_answer_cannot_hold_them() -> None:
    async def talk() -> list[str]:
        answers = answerer()
        for text in (
            "remember that the code is on the door",
            "what are my notes",
            "say that again",
            "what is seven times eight",
            "forget the note about the code",
            "who was ada",
        ):
            answer = await answers.answer(text)
            heard = " ".join([one async for one in answer.sentences if isinstance(one, str)])
            await answers.do(tuple(one for one in answer.actions if isinstance(one, AddNote)))
            answers.remember(text, heard, answer)
        return [exchange.user for exchange in answers.context()[1]]

    assert asyncio.run(talk()) == ["what is seven times eight", "who was ada"]


@pytest.mark.parametrize("late", [True, False])
def test_a_forgetting_that_fails_is_told_also_when_its_answer_has_been_given(
    monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    monkeypatch.setattr("roomtone.app.answerer.FORGETTING", 0.02 if late else 1.0)

    async def fail(_what: str) -> int:
        await asyncio.sleep(0.05)
        raise PartError("store", "the disk is full", kind="disk_full")

    async def act() -> list[str]:
        told: list[str] = []
        answers = answerer()
        answers.say = told.append
        monkeypatch.setattr(answers._keeping, "forget", fail)
        try:
            await answers.do((Forget(what="all"),))
        except PartError as problem:
            told.append(problem.part)
        await asyncio.sleep(0.1)
        return told

    assert asyncio.run(act()) == ([NOT_FORGOTTEN] if late else ["store"])
