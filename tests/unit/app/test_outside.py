"""The core's side of the way to the internet, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from roomtone.app import receipt
from roomtone.app.consents import Consents
from roomtone.app.inquiry import CloudError, Question
from roomtone.app.outside import Outside
from roomtone.base.clock import StreamClock
from roomtone.base.error import OwnerError, PartError
from roomtone.base.message.cloud import (
    GIVEN_UP,
    Ask,
    CloudIn,
    Ended,
    Left,
    Look,
    Noted,
    Piece,
    Sending,
    Standing,
)
from roomtone.base.wire import CoreWire
from roomtone.base.words import Exchanged
from roomtone.system.settings import CloudSettings
from roomtone.turn.consent import Terms
from roomtone.turn.ledger import MAY_HAVE_LEFT, NOT_SENT, Entry

BODY = b'{"messages": "what leaves"}'
SETTINGS = CloudSettings(
    policy="cloud-first", base_url="http://127.0.0.1:9/v1", names=("Clara",), patience=0.5
)
SENDING = Sending(provider=SETTINGS.base_url, model=SETTINGS.model, body=BODY)

Play = Callable[[CoreWire[CloudIn], "House"], Awaitable[None]]


class House:
    """Ledger, consent and guests, and a part whose side of the talk a test plays."""

    def __init__(self, folder: Path, play: Play, context: int = 0) -> None:
        self.guest = False
        self.made: dict[str, str] = {}
        self.rows: list[Entry] = []
        self.settled: list[tuple[int, str]] = []
        self.full = False
        self.slow = self.choosing = 0.0
        self.noted: Callable[[], object] = lambda: None
        self.heard: list[object] = []
        self.gone = asyncio.Event()
        self._play = play
        self._path = folder / "sock"
        self.terms = Terms(provider=SETTINGS.base_url, model=SETTINGS.model, context=context)
        clock = StreamClock(1_790_000_000.0)
        self.consents = Consents(self, folder, lambda: self.terms, clock)  # type: ignore[arg-type]
        self.outside = Outside(self._path, self.consents, self, lambda: SETTINGS, clock)

    def chosen(self, name: str) -> str:
        return self.made.get(name, "")

    async def choose(self, name: str, value: str) -> None:
        await asyncio.sleep(self.choosing)
        self.made[name] = value

    def recorded(self, _name: str) -> bool:
        return True

    async def note_sent(self, entry: Entry) -> int:
        if self.full:
            raise PartError("store", "the disk is full", kind="disk_full")
        await asyncio.sleep(self.slow)
        self.rows.append(entry)
        self.noted()
        return len(self.rows)

    async def settle(self, number: int, outcome: str, milliseconds: int) -> None:
        self.settled.append((number, outcome))

    async def ask(self, text: str = "who was Ada", **more: object) -> tuple[list[str], list[int]]:
        """Ask with consent; the sentences, and the numbers in the ledger."""
        said: list[str] = []
        entries: list[int] = []
        server = await asyncio.start_unix_server(self._serve, str(self._path))
        async with server:
            await self.consents.allow(self.terms, "anna")
            permit = self.consents.permit()
            assert permit is not None
            question = Question(
                **{"system": "Be kind.", "history": [], "reason": "race"} | more,
                text=text,
                max_tokens=9,
                temperature=0.0,
            )
            self.said = said
            async for sentence in self.outside.sentences(permit, question, entries):
                said.append(sentence)  # noqa: PERF401 - looked at meanwhile
        return said, entries

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire: CoreWire[CloudIn] = CoreWire(reader, writer, CloudIn)
        self.heard.append(await wire.receive())
        try:
            await self._play(wire, self)
            while (said := await wire.receive()) is not None:
                self.heard.append(said)
        except OSError:
            pass
        self.gone.set()
        wire.close()


def run(folder: Path, play: Play, context: int = 0, **more: object) -> SimpleNamespace:
    """Play it; what was said, what is in the ledger, what the part has heard."""

    async def playing() -> SimpleNamespace:
        house = House(folder, play, context)
        error = None
        entries: list[int] = []
        try:
            _, entries = await house.ask(**more)
        except PartError as problem:
            error = problem
        async with asyncio.timeout(2):
            await house.gone.wait()
        await receipt.written(1.0)
        return SimpleNamespace(house=house, said=house.said, entries=entries, error=error)

    return asyncio.run(playing())


async def whole(wire: CoreWire[CloudIn], house: House) -> None:
    await wire.send(SENDING)
    house.heard.append(await wire.receive())
    await wire.send(Left())
    await wire.send(Piece(text="Ada was a countess. NAME_1 "))
    await wire.send(Piece(text="knows more."))
    await wire.send(Ended())


def test_an_answer_comes_in_sentences_and_private_details_are_back_in_place(tmp_path: Path) -> None:
    told = run(tmp_path, whole, text="does Clara know who Ada was")
    assert told.said == ["Ada was a countess.", "Clara knows more."]
    ask = told.house.heard[0]
    assert isinstance(ask, Ask)
    assert "Clara" not in str(ask)
    assert "NAME_1" in ask.messages[-1].content


def test_the_ledger_has_every_byte_before_it_leaves(tmp_path: Path) -> None:
    async def watched(wire: CoreWire[CloudIn], house: House) -> None:
        await wire.send(SENDING)
        assert isinstance(await wire.receive(), Noted)
        assert [row.text for row in house.rows] == [BODY.decode()]
        await wire.send(Left())
        await wire.send(Ended())

    told = run(tmp_path, watched)
    (row,) = told.house.rows
    assert (row.bytes, row.by, row.provider, row.reason) == (
        len(BODY),
        "cloud",
        SETTINGS.base_url,
        "race",
    )
    assert told.house.settled == [(1, "answered")]


def test_without_a_ledger_nothing_leaves(tmp_path: Path) -> None:
    async def sending(wire: CoreWire[CloudIn], house: House) -> None:
        house.full = True
        await wire.send(SENDING)

    told = run(tmp_path, sending)
    assert told.error.part == "store"
    assert not any(isinstance(said, Noted) for said in told.house.heard)


def test_each_attempt_has_its_line(tmp_path: Path) -> None:
    async def twice(wire: CoreWire[CloudIn], house: House) -> None:
        for _ in range(2):
            await wire.send(SENDING)
            house.heard.append(await wire.receive())
            await wire.send(Left())
        await wire.send(Ended(failure="failing"))

    told = run(tmp_path, twice)
    assert told.error.kind == "failing"
    assert told.house.settled == [(1, "tried again"), (2, "failing")]


def test_what_another_provider_would_get_does_not_leave(tmp_path: Path) -> None:
    async def elsewhere(wire: CoreWire[CloudIn], house: House) -> None:
        await wire.send(Sending(provider="https://elsewhere", model=SETTINGS.model, body=BODY))

    told = run(tmp_path, elsewhere)
    assert told.error.kind == "locked"
    assert told.house.rows == []


def test_a_part_that_talks_nonsense_is_no_worse_than_one_that_is_silent(tmp_path: Path) -> None:
    async def nonsense(wire: CoreWire[CloudIn], house: House) -> None:
        await wire.send(Ask(provider="", model="", messages=[], max_tokens=1, temperature=0,
                            first_s=1, whole_s=1))  # fmt: skip

    assert run(tmp_path, nonsense).error.kind == "garbled"


def test_a_ledger_that_is_slow_lets_nothing_leave_and_the_row_is_struck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roomtone.app.receipt.NOTING", 0.05)

    async def sending(wire: CoreWire[CloudIn], house: House) -> None:
        house.slow = 0.2
        await wire.send(SENDING)

    told = run(tmp_path, sending)
    assert told.error.part == "store"
    assert not any(isinstance(said, Noted) for said in told.house.heard)
    assert told.house.settled == [(1, NOT_SENT)]


def test_what_has_been_forgotten_meanwhile_does_not_leave(tmp_path: Path) -> None:
    async def sending(wire: CoreWire[CloudIn], house: House) -> None:
        await wire.send(SENDING)
        house.heard.append(await wire.receive())

    known = iter([True, False])
    told = run(tmp_path, sending, current=lambda: next(known, False))
    assert told.error.kind == "denied"
    assert not any(isinstance(said, Noted) for said in told.house.heard)


@pytest.mark.parametrize("moment", ["before the ledger", "before it leaves", "in mid-answer"])
def test_a_no_at_any_moment_ends_it(tmp_path: Path, moment: str) -> None:
    async def playing(wire: CoreWire[CloudIn], house: House) -> None:
        if moment == "before the ledger":
            await house.consents.deny()
        if moment == "before it leaves":
            house.noted = lambda: setattr(house.consents, "_off", True)
        await wire.send(SENDING)
        house.heard.append(await wire.receive())
        await wire.send(Piece(text="Ada was a countess. She "))
        if moment == "in mid-answer":
            while not house.said:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.001)
            await house.consents.deny()
        await wire.send(Piece(text="wrote. And more. And more."))
        await wire.send(Ended())

    told = run(tmp_path, playing)
    assert told.error.kind == "denied"
    left = any(isinstance(said, Noted) for said in told.house.heard)
    assert left == (moment == "in mid-answer")
    assert told.said == (["Ada was a countess."] if left else [])


@pytest.mark.parametrize("left", [True, False, None])
def test_of_a_request_that_is_given_up_the_ledger_knows_whether_it_left(
    tmp_path: Path, left: bool | None
) -> None:
    async def playing() -> list[tuple[int, str]]:
        asked = asyncio.Event()

        async def slow(wire: CoreWire[CloudIn], house: House) -> None:
            await wire.send(SENDING)
            house.heard.append(await wire.receive())
            asked.set()
            assert await wire.receive() is None
            if left is not None:
                await wire.send(Left() if left else Ended(failure=GIVEN_UP))
            wire.close()

        house = House(tmp_path, slow)
        asking = asyncio.create_task(house.ask())
        await asked.wait()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await receipt.written(1.0)
        return house.settled

    ((_, outcome),) = asyncio.run(playing())
    assert outcome == {True: "given up", False: NOT_SENT, None: MAY_HAVE_LEFT}[left]


def test_a_sentence_that_breaks_off_ends_with_its_last_whole_clause(tmp_path: Path) -> None:
    async def cut(wire: CoreWire[CloudIn], house: House) -> None:
        await wire.send(SENDING)
        house.heard.append(await wire.receive())
        await wire.send(Piece(text="Ada was a countess. She wrote a program, and the machine was"))
        await wire.send(Ended(failure="cut"))

    told = run(tmp_path, cut)
    assert told.said == ["Ada was a countess.", "She wrote a program."]
    assert told.error.kind == "cut"


def test_an_answer_that_reached_its_greatest_length_ends_with_what_is_whole(tmp_path: Path) -> None:
    async def long(wire: CoreWire[CloudIn], house: House) -> None:
        await wire.send(SENDING)
        house.heard.append(await wire.receive())
        await wire.send(Piece(text="Ada was a countess. She wrote a program, and the machine was"))
        await wire.send(Ended(cut_off=True))

    assert run(tmp_path, long).said == ["Ada was a countess.", "She wrote a program."]


def test_a_part_that_says_nothing_is_given_up_in_time(tmp_path: Path) -> None:
    async def silent(wire: CoreWire[CloudIn], house: House) -> None:
        pass

    assert run(tmp_path, silent).error.kind == "slow"


@pytest.mark.parametrize("disk", [0.0, 0.4])
@pytest.mark.parametrize("told", [True, False])
def test_a_no_knows_whether_a_request_may_still_leave(
    tmp_path: Path, told: bool, disk: float
) -> None:
    async def playing() -> bool:
        asked = asyncio.Event()

        async def permitted(wire: CoreWire[CloudIn], house: House) -> None:
            await wire.send(SENDING)
            house.heard.append(await wire.receive())
            asked.set()
            assert await wire.receive() is None
            if told:
                await wire.send(Ended(failure=GIVEN_UP))
            await asyncio.sleep(0.3)

        house = House(tmp_path, permitted)
        asking = asyncio.create_task(house.ask())
        await asked.wait()
        house.choosing = disk
        try:
            await house.consents.deny()
        except OwnerError:
            return False
        finally:
            await asyncio.gather(asking, return_exceptions=True)
        return True

    assert asyncio.run(playing()) == told


def test_only_as_much_context_as_was_agreed_to_is_sent_and_all_of_it_redacted(
    tmp_path: Path,
) -> None:
    history = [Exchanged(user=f"question {n} of Clara", assistant=f"answer {n}") for n in range(5)]
    asked = [run(tmp_path, whole, context=n, history=history).house.heard[0] for n in (0, 2)]
    assert [len(ask.messages) for ask in asked] == [2, 6]
    assert "question 3" in asked[1].messages[1].content
    assert "Clara" not in str(asked)


def test_without_a_permit_the_part_is_not_even_looked_at(tmp_path: Path) -> None:
    async def looking() -> None:
        house = House(tmp_path, whole)
        prepared: list[int] = []

        async def prepare() -> None:
            prepared.append(1)

        house.outside.prepare = prepare
        assert await house.outside.look() is None
        assert not prepared

    asyncio.run(looking())


def test_how_things_stand_is_asked_of_the_part(tmp_path: Path) -> None:
    async def looking() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            wire: CoreWire[CloudIn] = CoreWire(reader, writer, CloudIn)
            assert isinstance(await wire.receive(), Look)
            await wire.send(Standing(provider="p", has_key=True))

        house = House(tmp_path, whole)
        await house.consents.allow(house.terms, "anna")
        assert await house.outside.look() is None
        async with await asyncio.start_unix_server(answer, str(tmp_path / "sock")):
            assert await house.outside.look() == Standing(provider="p", has_key=True)

    asyncio.run(looking())


async def no_room() -> None:
    raise OwnerError("the socket cannot be made")


@pytest.mark.parametrize("prepare", [no_room, None])
def test_a_part_that_is_not_there_is_locked(tmp_path: Path, prepare: Any) -> None:
    async def asking() -> None:
        house = House(tmp_path, whole)
        house.outside.prepare = prepare or house.outside.prepare
        assert await house.outside.look() is None
        await house.consents.allow(house.terms, "anna")
        permit = house.consents.permit()
        question = Question(
            system="", history=[], text="who", max_tokens=9, temperature=0.0, reason=""
        )
        with pytest.raises(CloudError) as caught:
            await anext(house.outside.sentences(permit, question, []))
        assert caught.value.kind == "locked"

    asyncio.run(asking())


def test_a_question_that_is_given_up_twice_is_over_all_the_same(tmp_path: Path) -> None:
    async def playing() -> tuple[int, list[tuple[int, str]]]:
        asked = asyncio.Event()

        async def hangs(wire: CoreWire[CloudIn], house: House) -> None:
            await wire.send(SENDING)
            house.heard.append(await wire.receive())
            asked.set()
            await asyncio.sleep(1.0)

        house = House(tmp_path, hangs)
        asking = asyncio.create_task(house.ask())
        await asked.wait()
        for _ in range(2):
            asking.cancel()
            await asyncio.sleep(0.01)
        await asyncio.gather(asking, return_exceptions=True)
        await receipt.written(1.0)
        return len(house.outside._going), house.settled

    assert asyncio.run(playing()) == (0, [(1, MAY_HAVE_LEFT)])
