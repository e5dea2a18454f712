"""Who writes an answer: the model in the house, the cloud, or whoever of the two speaks first."""

from __future__ import annotations

import contextlib
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable

import msgspec

from roomtone.app.ahead import Ahead
from roomtone.app.consents import Consents, Permit
from roomtone.app.hedge import Candidate, Start, Why, hedged
from roomtone.app.inquiry import CloudError, Question
from roomtone.app.outside import Outside
from roomtone.app.writing import Writing
from roomtone.base.frame import SAMPLE_RATE
from roomtone.base.words import Exchanged
from roomtone.respond.fit import NOTHING, Fit
from roomtone.respond.judgement import judge
from roomtone.respond.outside import tame
from roomtone.respond.settings import PERSONA, AnswerSettings
from roomtone.respond.unsure import admits
from roomtone.speak.cue import cue
from roomtone.system.settings import CloudSettings
from roomtone.turn.port import Answer, Sound
from roomtone.turn.speculation import SENTENCES, same, whole

CUT = "Sorry, the rest of that did not come through."
"""Said when the cloud broke off in mid-answer."""

DENIED = "I have stopped there: the cloud is off now."
"""Said when the owner said no in mid-answer."""

WRITTEN = frozenset({"llama", "cloud"})
"""Answers that may go along as context; those of skills may hold notes."""

_WHY: dict[Why, str] = {
    "late": "the local model had not spoken yet",
    "failed": "the local model failed or is not there",
    "weak": "the local model was unsure or lacks the tool",
}
"""What has the cloud asked after the local model, for the ledger."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question in its conversation. Private."""

    text: str
    history: list[Exchanged]
    settings: AnswerSettings
    current: Callable[[], bool] = lambda: True
    """False once the conversation has been forgotten: nothing more of it may leave."""
    turn: int = 0
    """Number of the turn; 0 when it was asked in writing."""
    wakes: tuple[str, ...] = ()
    """The phrases that wake: none of them may be spoken."""
    admission: str = ""
    """What a skill would say: that it lacks the tool. Empty when the language model is asked."""
    ahead: Ahead[str] | None = None
    """What the house answers, when that was begun before the question was sure."""
    early: bool = False
    """Whether that begins to be spoken in mid-sentence, so that nobody else can take its place."""

    def like(self, other: Asked) -> bool:
        """Whether the house would answer the same to both: they may be spelled differently."""
        return (
            self.current()
            and same(self.text, other.text)
            and not (self.admission or other.admission)
            and (self.history, self.settings, self.wakes)
            == (other.history, other.settings, other.wakes)
        )


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that is made before it is sure that it is asked for."""

    sentences: Ahead[str]
    asked: Asked | None = None
    """What the language model was asked; None when a skill answers."""
    early: bool = False
    """See `Asked.early`."""

    def fits(self, asked: Asked) -> bool:
        """Whether it answers what is asked after all."""
        return self.asked is not None and self.asked.like(asked) and not self.sentences.failed

    def of(self, asked: Asked) -> Asked:
        """What is asked, with what is answered to it already."""
        return msgspec.structs.replace(asked, ahead=self.sentences, early=self.early)

    @property
    def first(self) -> str:
        """Its first sentence, or the beginning of it, if that is there."""
        return self.sentences.ready[0] if self.sentences.ready else ""


class Choosing:
    """Makes answers by the policy in force. Without `outside` everything stays in the house."""

    def __init__(
        self,
        writing: Writing,
        consents: Consents | None = None,
        outside: Outside | None = None,
        settings: Callable[[], CloudSettings] = CloudSettings,
    ) -> None:
        self._writing = writing
        self._consents = consents
        self._outside = outside
        self._settings = settings

    @property
    def permit(self) -> Permit | None:
        """Leave to ask the cloud this once; None when it must not be asked."""
        return None if self._consents is None else self._consents.permit()

    def answer(self, asked: Asked) -> Answer:
        """An answer in the making; who gives it stands in `by` once the first sentence is there."""
        permit = self.permit
        answer = Answer(by="llama", sentences=_none(), current=asked.current)
        if permit is None or self._outside is None:
            answer.sentences = self._local(asked, early=asked.turn > 0)
            return answer
        if asked.early:
            asked = msgspec.structs.replace(asked, ahead=None, early=False)
        answer.sentences = self._chosen(asked, permit, answer)
        return answer

    def draft(self, asked: Asked) -> Draft | None:
        """The house's answer before it is sure that it is asked for; nobody else is asked.

        None when somebody else would be asked first.
        """
        outside = self.permit is not None and self._outside is not None
        if asked.admission or (outside and self._settings().policy == "cloud-first"):
            return None
        sentences = begun(self._local(asked, early=not outside))
        return Draft(sentences=sentences, asked=asked, early=not outside)

    async def foresee(self, system: str, history: list[Exchanged], beginning: str) -> None:
        """Have the house read how a question begins; nobody else is told."""
        await self._writing.foresee(system, history, beginning)

    async def _chosen(
        self, asked: Asked, permit: Permit, answer: Answer
    ) -> AsyncGenerator[str | Sound]:
        settings = self._settings()
        told: list[Candidate] = []

        def chose(candidate: Candidate) -> None:
            told.append(candidate)
            answer.by = "cloud" if any(one.by == "cloud" for one in told) else candidate.by
            first, *others = (one.by for one in told)
            answer.reason = f"{settings.policy}, {first} spoke first"
            if others:
                answer.reason = f"{settings.policy}, {first} was unsure and {others[0]} went on"

        sentences = hedged(*self._plan(asked, permit, answer), chose)
        signed = not settings.cue
        async with contextlib.aclosing(sentences):
            async for sentence in sentences:
                if not signed and told[-1].by == "cloud":
                    signed = True
                    yield Sound(pcm=cue("outside"), rate=SAMPLE_RATE)
                yield sentence

    def _plan(self, asked: Asked, permit: Permit, answer: Answer) -> tuple[Candidate, Start, float]:
        """Who begins, who may follow, and after how many seconds."""
        settings = self._settings()

        def cloud(why: Why) -> Candidate | None:
            fresh = self.permit if asked.current() else None
            reason = f"{settings.policy}: {_WHY[why]}"
            return None if fresh is None else self._cloud(asked, fresh, answer, reason)

        def local(_why: Why) -> Candidate:
            return Candidate(by="llama", sentences=self._local(asked), weak=admits)

        if settings.policy == "cloud-first":
            return self._cloud(asked, permit, answer, "cloud-first"), local, settings.slow_after
        after = settings.join_after if settings.policy == "race" else math.inf
        return local("late"), cloud, after

    async def _local(self, asked: Asked, *, early: bool = False) -> AsyncGenerator[str]:
        """What the house answers; `early` when it is spoken and nobody else can be asked."""
        if asked.admission:
            yield asked.admission
            return
        if asked.ahead is not None:
            async with contextlib.aclosing(asked.ahead.take()) as written:
                async for sentence in written:
                    yield sentence
            return
        sentences = self._writing.sentences(
            asked.text, asked.history, asked.settings, wakes=asked.wakes, early=early
        )
        async with contextlib.aclosing(sentences):
            async for sentence in sentences:
                if sentence:
                    yield sentence

    def _cloud(self, asked: Asked, permit: Permit, answer: Answer, reason: str) -> Candidate:
        question = _question(asked, reason)
        sentences = self._outside_sentences(asked, question, permit, answer)
        return Candidate(by="cloud", sentences=sentences)

    async def _outside_sentences(
        self, asked: Asked, question: Question, permit: Permit, answer: Answer
    ) -> AsyncGenerator[str]:
        """What of the cloud's answer is fit to be heard. Raises CloudError when nothing is."""
        assert self._outside is not None  # noqa: S101 - without it nobody has a permit
        fit, said = Fit(asked.settings), False
        sentences = self._outside.sentences(permit, question, answer.entries)
        async with contextlib.aclosing(sentences):
            try:
                async for sentence in sentences:
                    if harmless := tame(fit.take(sentence) or "", asked.wakes):
                        if not said:
                            _insist_that_it_fits(asked, harmless)
                        said = True
                        yield harmless
                    if fit.full:
                        return
            except CloudError as error:
                if not said:
                    raise
                yield DENIED if error.kind == "denied" else CUT
                return
        if not said:
            last = fit.finish()
            harmless = "" if last in (None, NOTHING) else tame(last or "", asked.wakes)
            if not harmless:
                raise CloudError("unfit")
            yield harmless


def _insist_that_it_fits(asked: Asked, first: str) -> None:
    """Raise CloudError when an answer begins with none: the house answers then."""
    earlier = (asked.history[-1].user, asked.history[-1].assistant) if asked.history else ("", "")
    verdict = judge(asked.text, first, asked.settings, earlier=earlier, finished=False)
    if verdict.kind != "fit":
        raise CloudError("unfit")


def _question(asked: Asked, reason: str) -> Question:
    return Question(
        system=PERSONA.replace("{name}", asked.settings.name),
        history=[turn for turn in asked.history if turn.by in WRITTEN],
        current=asked.current,
        text=asked.text,
        max_tokens=asked.settings.max_tokens,
        temperature=asked.settings.temperature,
        reason=reason,
        turn=asked.turn,
    )


def begun(sentences: AsyncIterator[str]) -> Ahead[str]:
    """Sentences that are written ahead."""
    return Ahead(sentences, lambda ready: whole(ready) >= SENTENCES)


async def _none() -> AsyncIterator[str | Sound]:
    return
    yield ""
