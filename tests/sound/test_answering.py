"""The thinker as the core runs it: a process, a socket, a real GGUF file."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from fakes import model_file
from roomtone.app.thinker import ThinkerSetup
from roomtone.base.child import Child
from roomtone.base.error import OwnerError
from roomtone.base.message import Cancel, Done, Think, ThinkerOut, Thought, Warm
from roomtone.base.words import Exchanged
from roomtone.respond.llama import Llama
from roomtone.respond.prefix import Prefixes
from roomtone.respond.settings import AnswerSettings

pytestmark = pytest.mark.sound

STARTER = Path(__file__).parents[2] / "models" / "starter" / "language" / "model.gguf"
ANSWER = AnswerSettings(threads=1)
WITHIN = 60.0
"""Seconds in which a loaded machine must get anything done."""


def think(question, history=(), facts="", job=1, **more):
    return Think(
        job=job,
        system=ANSWER.system,
        history=list(history),
        question=question,
        facts=facts,
        **more,
    )


def said(llama, *args, **more):
    return "".join(llama.answer(think(*args, **more), lambda: False))


class Wanted:
    """Says that the answer is given up once `still` is False."""

    def __init__(self):
        self.still = True

    def __call__(self):
        return not self.still


@pytest.fixture(scope="module")
def recital(tmp_path_factory):
    return model_file.write(tmp_path_factory.mktemp("model") / "recital.gguf")


@pytest.fixture
def llama(recital):
    return Llama(recital, ANSWER)


def test_an_answer_comes_in_whole_characters_and_ends_with_its_turn(llama):
    pieces = list(llama.answer(think("how far is the moon"), lambda: False))
    assert "".join(pieces) == model_file.SPOKEN
    assert len(pieces) > 5


def test_each_turn_reads_only_what_is_new(llama):
    llama.warm(Warm(job=1, system=ANSWER.system, history=[]), lambda: False)
    history = []
    for number in range(5):
        question = f"question {number}, how far is it"
        facts = f"It is 10:0{number}."
        answer = said(llama, question, history, facts)
        new = len(f"{facts}\n{question}") + 3
        assert llama.read <= new + 8
        history.append(Exchanged(user=question, assistant=answer))


def test_warming_reads_the_prompt_before_the_question_is_known(llama):
    history = [Exchanged(user="how far", assistant="Very far.")]
    llama.warm(Warm(job=1, system=ANSWER.system, history=history), lambda: False)
    assert llama.read > len("how far")
    said(llama, "why", history)
    assert llama.read <= len("why") + 8


def test_an_answer_that_is_not_wanted_is_given_up_while_reading(llama):
    asked = think("word " * 60)
    looks = iter([False, True, True])
    assert list(llama.answer(asked, lambda: next(looks))) == []
    assert llama.read <= 32


def test_an_answer_that_is_not_wanted_is_given_up_while_writing(tmp_path):
    llama = Llama(model_file.write(tmp_path / "endless.gguf", endless=True), ANSWER)
    pieces = llama.answer(think("go on", max_tokens=200), wanted := Wanted())
    heard = [next(pieces) for _ in range(20)]
    wanted.still = False
    assert list(pieces) == []
    assert len(heard) == 20


def test_an_endless_answer_is_cut_after_its_tokens(tmp_path):
    llama = Llama(model_file.write(tmp_path / "endless.gguf", endless=True), ANSWER)
    pieces = list(llama.answer(think("go on", max_tokens=30), lambda: False))
    assert 25 <= len(pieces) <= 30


def test_a_conversation_longer_than_the_window_loses_its_oldest_turns_and_goes_on(recital):
    llama = Llama(recital, AnswerSettings(threads=1, context=512))
    history = [Exchanged(user=f"q{n} " * 10, assistant="a " * 10) for n in range(40)]
    assert said(llama, "and now", history) == model_file.SPOKEN
    assert said(llama, "x" * 2000, history) == model_file.SPOKEN


def test_the_window_is_never_wider_than_the_model_was_trained_for(recital, capfd):
    llama = Llama(recital, AnswerSettings(threads=1, context=4096))
    assert llama.detail["context"] == 2048
    assert capfd.readouterr() == ("", "")


def test_a_long_conversation_rarely_reads_its_history_anew(recital):
    llama = Llama(recital, AnswerSettings(threads=1, context=1024))
    history, anew = [], 0
    for number in range(60):
        question = f"question {number}, how far is it"
        answer = said(llama, question, history)
        anew += llama.read > len(question) + 8 + 3
        history.append(Exchanged(user=question, assistant=answer))
    assert anew <= 15


def test_what_is_read_of_a_question_is_not_read_again_when_it_is_asked(llama):
    history = [Exchanged(user="hello", assistant="good day")]
    question = "how far away is the moon today"
    llama.warm(Warm(job=1, system=ANSWER.system, history=history), lambda: False)
    for words in (4, 6):
        beginning = " ".join(question.split()[:words])
        warm = Warm(job=1, system=ANSWER.system, history=history, question=beginning)
        llama.warm(warm, lambda: False)
    known = llama._llama.n_tokens
    said(llama, question, history)
    prompt = llama._prompt(think(question, history))
    assert llama.read == len(prompt) - known
    assert llama.read <= len(" today") + len(llama._format.text([], open_turn=True)) + 8


def test_another_beginning_costs_its_own_tokens_only(llama):
    llama.warm(Warm(job=1, system=ANSWER.system, history=[]), lambda: False)
    empty = llama._llama.n_tokens
    llama.warm(Warm(job=1, system=ANSWER.system, history=[], question="why is"), lambda: False)
    said(llama, "who is it")
    assert llama.read <= len(llama._prompt(think("who is it"))) - empty


def test_in_a_full_window_the_question_still_costs_its_own_tokens_only(recital):
    llama = Llama(recital, AnswerSettings(threads=1, context=1024))
    history = []
    for number in range(30):
        history.append(Exchanged(user=f"question {number}, how far", assistant="a " * 20))
        llama.warm(Warm(job=1, system=ANSWER.system, history=history), lambda: False)
        said(llama, "and now", history)
        assert llama.read < 60


def test_the_persona_is_not_read_again_after_a_start(recital, tmp_path):
    system = "You are kind. " * 20
    first = Llama(recital, ANSWER)
    first.begin(system, Prefixes(str(tmp_path)))
    assert first.read > 100
    second = Llama(recital, ANSWER)
    second.begin(system, Prefixes(str(tmp_path)))
    assert second.read == 0
    asked = Think(job=1, system=system, history=[], question="how far is the moon")
    assert list(second.answer(asked, lambda: False)) == list(first.answer(asked, lambda: False))
    assert second.read == first.read < 60


@pytest.mark.parametrize("damage", ["cut", "other"])
def test_a_persona_that_is_damaged_on_disk_is_read_anew(recital, tmp_path, damage):
    first = Llama(recital, ANSWER)
    first.begin(ANSWER.system, Prefixes(str(tmp_path)))
    (file,) = tmp_path.iterdir()
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:1000])
    else:
        Prefixes(str(tmp_path)).keep(file.name, b"another version's state" * 100)
    second = Llama(recital, ANSWER)
    second.begin(ANSWER.system, Prefixes(str(tmp_path)))
    assert second.read > 0
    assert said(second, "how far is the moon") == model_file.SPOKEN


def test_facts_go_where_the_model_was_trained_to_find_them(tmp_path):
    path = model_file.write(tmp_path / "system.gguf", facts="system")
    llama = Llama(path, ANSWER)
    said(llama, "what time is it", facts="It is noon.")
    read = llama._llama.input_ids[: llama._llama.n_tokens].tolist()
    known = llama._llama.detokenize(read, special=True).decode().replace("\u2581", " ")
    assert known.index("It is noon.") < known.index("what time")


def test_chance_is_used_only_when_it_is_allowed(llama):
    assert said(llama, "why", temperature=0.8) == model_file.SPOKEN


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "half"])
def test_a_file_that_is_no_model_is_told_with_advice(recital, tmp_path, damage):
    bad = tmp_path / "bad.gguf"
    whole = recital.read_bytes()
    content = {"empty": b"", "text": b"hello" * 100, "half": whole[: len(whole) // 2]}
    if damage in content:
        bad.write_bytes(content[damage])
    with pytest.raises(OwnerError, match="roomtone models"):
        Llama(bad, ANSWER)


class Process:
    """The thinker's process and what it said."""

    def __init__(self, path):
        self.heard = []
        self.done = asyncio.Condition()
        setup = ThinkerSetup(path=str(path), answer=ANSWER)
        self.child = Child("thinker", setup, ThinkerOut, self._hear)

    async def _hear(self, message):
        async with self.done:
            self.heard.append(message)
            self.done.notify_all()

    async def until(self, condition):
        async with asyncio.timeout(WITHIN), self.done:
            await self.done.wait_for(condition)

    @contextlib.asynccontextmanager
    async def running(self):
        task = asyncio.create_task(self.child.run())
        try:
            await self.child.ready(WITHIN)
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def test_the_process_answers_and_gives_up_when_told(tmp_path):
    path = model_file.write(tmp_path / "endless.gguf", endless=True)

    async def scene():
        async with Process(path).running() as thinker:
            await thinker.child.send(think("go on", job=7, max_tokens=500))
            await thinker.until(lambda: len(thinker.heard) >= 3)
            await thinker.child.send(Cancel(job=7))
            await thinker.until(lambda: isinstance(thinker.heard[-1], Done))
            thoughts = [m for m in thinker.heard if isinstance(m, Thought)]
            assert thinker.heard[-1] == Done(job=7)
            assert len(thoughts) < 400
            assert "".join(t.text for t in thoughts).startswith("The moon")

    asyncio.run(scene())


def test_the_process_says_what_is_wrong_with_its_model(tmp_path):
    async def scene():
        async with Process(tmp_path / "absent.gguf").running():
            pass

    with pytest.raises(OwnerError, match="no language model"):
        asyncio.run(scene())


def test_the_starter_model_knows_its_facts_and_reads_only_what_is_new():
    llama = Llama(STARTER, ANSWER)
    llama.warm(Warm(job=1, system=ANSWER.system, history=[]), lambda: False)
    history = []
    for question, word in {
        "who wrote hamlet": "Shakespeare",
        "how far is the moon": "Moon",
    }.items():
        answer = said(llama, question, history)
        assert word in answer
        turn_marks = 10
        assert llama.read <= len(llama._text(question)) + turn_marks + 8
        history.append(Exchanged(user=question, assistant=answer))
