"""Nothing is sent without a yes on record, and any no wins: whatever happens in whatever order."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from roomtone.app.consents import DENIED, Consents
from roomtone.base.clock import StreamClock
from roomtone.base.error import OwnerError
from roomtone.turn.consent import Terms

TERMS = Terms(provider="https://api.openai.com/v1", model="m", context=0)


class Choices:
    """What was chosen; a broken disk takes nothing."""

    def __init__(self) -> None:
        self.guest = False
        self.broken = False
        self.made: dict[str, str] = {}
        self.owed: set[str] = set()

    def chosen(self, name: str) -> str:
        return self.made.get(name, "")

    async def choose(self, name: str, value: str) -> None:
        self.made[name] = value
        (self.owed.add if self.broken else self.owed.discard)(name)

    def recorded(self, name: str) -> bool:
        return name not in self.owed


def consents(choices: Choices, state: Path, terms: Terms | None = TERMS) -> Consents:
    return Consents(choices, state, lambda: terms, StreamClock(1_790_000_000.0))


def test_a_yes_is_recorded_with_who_and_what(tmp_path: Path) -> None:
    kept = consents(Choices(), tmp_path)
    given = asyncio.run(kept.allow(TERMS, "anna"))
    assert (given.by, given.provider, given.at) == ("anna", TERMS.provider, 1_790_000_000.0)
    assert kept.permit() is not None
    assert kept.why_not == ""


def test_a_no_outlives_a_database_that_remembers_the_yes(tmp_path: Path) -> None:
    choices = Choices()
    asyncio.run(consents(choices, tmp_path).allow(TERMS, "anna"))
    (tmp_path / DENIED).touch()
    assert consents(choices, tmp_path).permit() is None


def test_a_yes_that_cannot_be_recorded_does_not_count(tmp_path: Path) -> None:
    choices = Choices()
    choices.broken = True
    kept = consents(choices, tmp_path)
    with pytest.raises(OwnerError, match="recorded"):
        asyncio.run(kept.allow(TERMS, "anna"))
    assert kept.permit() is None


def test_a_yes_to_other_terms_than_those_in_force_is_refused(tmp_path: Path) -> None:
    kept = consents(Choices(), tmp_path)
    with pytest.raises(OwnerError, match="again"):
        asyncio.run(kept.allow(Terms(provider="https://other", model="m", context=0), "anna"))
    with pytest.raises(OwnerError, match="policy"):
        asyncio.run(consents(Choices(), tmp_path, None).allow(TERMS, "anna"))


def test_what_cannot_be_read_is_no_consent(tmp_path: Path) -> None:
    choices = Choices()
    choices.made["consent"] = '{"at": 1'
    assert consents(choices, tmp_path).permit() is None


def test_a_permit_ends_with_a_no_and_does_not_come_back_with_the_next_yes(tmp_path: Path) -> None:
    async def play() -> None:
        kept = consents(Choices(), tmp_path)
        ended = []
        await kept.allow(TERMS, "anna")
        permit = kept.permit()
        kept.listen(lambda: ended.append(kept.holds(permit)))
        await kept.deny()
        assert ended
        assert not any(ended)
        await kept._clock.move(5.0)
        await kept.allow(TERMS, "anna")
        assert not kept.holds(permit)

    asyncio.run(play())


def test_a_no_that_is_written_nowhere_says_so(tmp_path: Path) -> None:
    choices = Choices()
    kept = consents(choices, tmp_path / "gone")
    choices.broken = True
    with pytest.raises(OwnerError, match="takes no note"):
        asyncio.run(kept.deny())
    assert kept.permit() is None


def test_a_no_waits_until_what_goes_on_is_over_and_tells_when_it_may_not_be(tmp_path: Path) -> None:
    async def goes_on() -> bool:
        return False

    kept = consents(Choices(), tmp_path)
    kept.given_up = goes_on
    with pytest.raises(OwnerError, match="may still leave; `sudo systemctl kill -s KILL"):
        asyncio.run(kept.deny())


class House(RuleBasedStateMachine):
    """Owners, guests, disks and configurations in any order, beside a plain model of the rule."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.state = Path(self.folder.name)
        self.choices = Choices()
        self.clock = StreamClock(0.0)
        self.terms: Terms | None = TERMS
        self.yes: Terms | None = None
        self.denied = False
        self.start()

    def start(self) -> None:
        self.consents = Consents(self.choices, self.state, lambda: self.terms, self.clock)

    @rule()
    def allow(self) -> None:
        try:
            asyncio.run(self.consents.allow(self.terms or TERMS, "anna"))
        except OwnerError:
            if self.terms is not None:
                self.yes, self.denied = None, True
        else:
            self.yes, self.denied = self.terms, False

    @rule()
    def deny(self) -> None:
        with contextlib.suppress(OwnerError):
            asyncio.run(self.consents.deny())
        self.yes, self.denied = None, True

    @rule()
    def deny_by_hand(self) -> None:
        (self.state / DENIED).touch()
        self.denied = True

    @rule(on=st.booleans())
    def guests(self, on: bool) -> None:
        self.choices.guest = on

    @rule(broken=st.booleans())
    def disk(self, broken: bool) -> None:
        self.choices.broken = broken

    @rule(
        terms=st.sampled_from(
            [None, TERMS, Terms(provider="https://b", model="m", context=0)]
            + [Terms(provider=TERMS.provider, model=m, context=c) for m in "mn" for c in (0, 3)]
        )
    )
    def configure(self, terms: Terms | None) -> None:
        self.terms = terms
        self.consents.changed()

    @rule()
    def restart(self) -> None:
        self.start()

    @invariant()
    def nothing_is_permitted_that_nobody_agreed_to(self) -> None:
        agreed = (
            self.yes is not None
            and self.terms is not None
            and not self.denied
            and not self.choices.guest
            and (self.yes.provider, self.yes.model) == (self.terms.provider, self.terms.model)
            and self.terms.context <= self.yes.context
        )
        assert (self.consents.permit() is not None) == agreed

    def teardown(self) -> None:
        self.folder.cleanup()


TestHouse = House.TestCase
TestHouse.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
