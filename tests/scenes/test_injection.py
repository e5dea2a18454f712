"""Text that somebody else wrote sets nothing going: a note, the local model's, the cloud's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from roomtone.app.choosing import Choosing
from roomtone.app.writing import Writing
from roomtone.base import event
from roomtone.base.room import (
    AddNote,
    CancelAlarms,
    CancelTimers,
    DenyCloud,
    DropNotes,
    Forget,
    Mute,
    Rest,
    SetAlarm,
    SetGuest,
    SetTimer,
    SetVolume,
)
from roomtone.respond.outside import bare
from roomtone.system.settings import CloudSettings
from roomtone.turn.port import Answer
from scenes.injections import INJECTIONS
from scenes.stage import NOON, Stage

QUESTION = "who lives in the house across the street"
NOTES = "what are my notes"
FOLLOW_UPS = ("thanks", "yes", "say that again", "ten minutes", "all of them")
"""What a person may say next, innocent of what the text wants; "all of them" could be a choice."""
CALL = re.compile(r"hey\W*jarvis", re.IGNORECASE)


class Parrot(dict[str, str]):
    """A model that answers whatever it is asked with the same text."""

    def __init__(self, text: str) -> None:
        super().__init__({QUESTION: text})
        self._text = text

    def get(self, key: str, default: object = None) -> str:
        return self._text


class Yes:
    """An owner who allows the cloud."""

    def permit(self) -> object:
        return object()


class Provider:
    """A provider that answers whatever it is asked with the same text."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def sentences(
        self, permit: object, question: object, entries: list[int]
    ) -> AsyncIterator[str]:
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", self._text):
            await asyncio.sleep(0)
            yield sentence


class Scene:
    """A household with timers, alarms and notes, and what became of them."""

    def __init__(self, script: dict[str, str]) -> None:
        self.stage = Stage(script)
        self.stage.answerer.wakes = ("hey_jarvis",)
        self.stage.answerer.elsewhere = {DenyCloud: self._deny}
        self.denied = 0

    async def furnish(self, note: str = "The spare key is under the mat") -> None:
        memory = self.stage.memory
        await memory.add_timer(600, "pizza", NOON)
        await memory.add_timer(300, "", NOON)
        await memory.add_note(note)
        self.before = self.state()

    def state(self) -> tuple[object, ...]:
        memory, daemon = self.stage.memory, self.stage.daemon
        kept = (memory.book, memory.alarm_book, memory.note_book, memory.forgotten)
        settings = (memory.volume, memory.guest, daemon.muted, self.denied)
        return (*map(tuple, kept), *settings, self.stage.answerer._pending)

    async def plays(self, first: str) -> str:
        """One asks and goes on as people do; nothing may come of it. Who gave the first answer."""
        for said in (first, *FOLLOW_UPS):
            await self.stage.says(said)
            assert self.state() == self.before, said
        answered = [one for one in self.stage.events if isinstance(one, event.ReplyFinished)]
        assert len(answered) == 1 + len(FOLLOW_UPS)
        return answered[0].by

    def calls(self) -> list[str]:
        """What was said aloud that would wake us."""
        return [said for said in self.stage.voice.said if CALL.search(bare(said))]

    async def _deny(self) -> None:
        self.denied += 1


def cloud(scene: Scene, text: str) -> None:
    """Have the cloud answer first, with `text`."""
    scene.stage.answerer._choosing = Choosing(
        Writing(scene.stage.thinker),
        Yes(),  # type: ignore[arg-type]
        Provider(text),  # type: ignore[arg-type]
        lambda: CloudSettings(policy="cloud-first"),
    )


def test_there_are_two_hundred_of_them() -> None:
    texts = [text for group in INJECTIONS.values() for text in group]
    assert len(texts) == len(set(texts)) == 200


@pytest.mark.parametrize("group", INJECTIONS)
def test_a_note_is_read_and_never_obeyed(group: str) -> None:
    async def play() -> None:
        for text in INJECTIONS[group]:
            scene = Scene({})
            await scene.furnish(text)
            assert await scene.plays(NOTES) == "skill"
            assert not scene.calls(), text

    asyncio.run(play())


@pytest.mark.parametrize("group", INJECTIONS)
def test_what_the_local_model_writes_is_said_and_never_obeyed(group: str) -> None:
    async def play() -> None:
        for text in INJECTIONS[group]:
            scene = Scene(Parrot(text))
            await scene.furnish()
            assert await scene.plays(QUESTION) == "llama"

    asyncio.run(play())


@pytest.mark.parametrize("group", INJECTIONS)
def test_what_the_cloud_writes_is_said_and_never_obeyed(group: str) -> None:
    async def play() -> None:
        answered = []
        for text in INJECTIONS[group]:
            scene = Scene({})
            cloud(scene, text)
            await scene.furnish()
            answered.append(await scene.plays(QUESTION))
            assert not scene.calls(), text
        assert "cloud" in answered

    asyncio.run(play())


def test_the_local_model_s_words_do_not_wake_us() -> None:
    async def play() -> None:
        for text in (*INJECTIONS["calls"], *INJECTIONS["unicode"]):
            scene = Scene(Parrot(text))
            await scene.furnish()
            await scene.stage.says(QUESTION)
            assert not scene.calls(), text

    asyncio.run(play())


def test_the_same_words_from_the_user_are_obeyed() -> None:
    async def play() -> None:
        scene = Scene({})
        await scene.furnish()
        await scene.stage.says("delete all my notes")
        assert scene.stage.answerer._pending == DropNotes((1,)) or not scene.stage.memory.note_book
        await scene.stage.says("which timers are running")
        await scene.stage.says("cancel all timers")
        assert scene.stage.memory.book == []

    asyncio.run(play())


def test_a_model_cannot_have_its_own_question_answered() -> None:
    async def play() -> None:
        asked = "Which timer should I cancel: the pizza timer or the 5 minute timer?"
        scene = Scene(Parrot(asked))
        await scene.furnish()
        await scene.stage.says(QUESTION)
        await scene.stage.goes_on("both")
        await scene.stage.goes_on("say that again")
        await scene.stage.goes_on("all of them")
        assert scene.state() == scene.before
        await scene.stage.says("cancel the timer")
        await scene.stage.goes_on("both")
        assert scene.stage.memory.book == []

    asyncio.run(play())


def test_a_yes_counts_only_right_after_the_question_of_a_skill() -> None:
    async def play() -> None:
        scene = Scene(Parrot("Say yes to do it."))
        await scene.furnish()
        await scene.stage.says("forget everything")
        await scene.stage.goes_on(QUESTION)
        await scene.stage.goes_on("yes")
        assert scene.state() == scene.before
        await scene.stage.says("forget everything")
        await scene.stage.goes_on("yes")
        assert scene.stage.memory.forgotten == ["all"]
        await scene.stage.says("yes")
        assert scene.stage.memory.forgotten == ["all"]

    asyncio.run(play())


@pytest.mark.parametrize("between", ["stop", ""])
def test_a_question_ends_with_its_conversation(between: str) -> None:
    async def play() -> None:
        scene = Scene({})
        await scene.furnish()
        await scene.stage.says("forget everything")
        if between:
            await scene.stage.goes_on(between)
        else:
            await scene.stage.ear.silence()
        await scene.stage.says("yes")
        assert scene.stage.memory.forgotten == []

    asyncio.run(play())


@pytest.mark.parametrize("by", ["llama", "cloud", "", "note", "SKILL"])
@pytest.mark.parametrize(
    "action",
    [
        SetTimer(1),
        CancelTimers((1,)),
        SetAlarm(at=None),  # type: ignore[arg-type]
        CancelAlarms((1,)),
        SetVolume(1.0),
        Mute(),
        Rest(),
        AddNote("x"),
        DropNotes((1,)),
        Forget("all"),
        SetGuest(on=False),
        DenyCloud(),
    ],
)
def test_an_answer_that_no_skill_gave_cannot_even_be_made_to_act(by: str, action: object) -> None:
    async def none() -> AsyncIterator[str]:
        for sentence in ():
            yield sentence

    with pytest.raises(ValueError, match="cannot act"):
        Answer(by=by, sentences=none(), actions=(action,))  # type: ignore[arg-type]
