"""What is to ring rings: once, in time, whatever the clocks and the ear do."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator

import pytest

from roomtone.app.alarm import Alarm
from roomtone.app.memory import Memory
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import Moment, StreamClock, unix
from roomtone.store.settings import KeepSettings
from roomtone.store.store import Store
from roomtone.turn.port import Sound

DAY = 86_400.0
NOON = dt.datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001 - the wall has no zone
SEVEN = dt.datetime(2026, 11, 22, 7, 0)  # noqa: DTZ001 - as above


class Clocks(StreamClock):
    """A machine whose wall clock somebody can set, and that can be started again."""

    def __init__(self, wall: dt.datetime = NOON) -> None:
        super().__init__(unix(wall))
        self.ahead = 0.0
        self.boot = "first"
        self.synchronised = False

    def now(self) -> float:
        return super().now() + self.ahead

    def read(self) -> Moment:
        return Moment(
            wall=self.now(), elapsed=self._t, boot=self.boot, synchronised=self.synchronised
        )


class Household:
    """Real books and the real alarm; whoever listens notes what rang."""

    def __init__(self, clocks: Clocks | None = None) -> None:
        self.clocks = clocks or Clocks()
        self.bulletin = Bulletin()
        self.rung: list[str] = []
        self.pieces: list[int] = []
        self.events: list[event.Event] = []
        self.deaf = False
        self.free = asyncio.Event()
        self.free.set()
        self.bulletin.listen(self.events.append)
        self.store = Store()

    async def begin(self) -> asyncio.Task[None]:
        """Start the daemon, or start it again."""
        self.memory = await Memory.open(self.store, self.clocks, self.bulletin, KeepSettings())
        alarm = Alarm(self.memory, self._announce, self.clocks, 30.0, self.bulletin)
        self.memory.on_timers(alarm.changed)
        task = asyncio.create_task(alarm.run())
        await self.settle()
        return task

    async def _announce(
        self, pieces: AsyncIterator[str | Sound], why: event.TimerFired | None = None
    ) -> bool:
        await self.free.wait()
        if self.deaf:
            self.rung.append("unheard")
            return False
        said = [piece async for piece in pieces]
        self.rung.append(next(piece for piece in said if isinstance(piece, str)))
        self.pieces.append(sum(isinstance(piece, Sound) for piece in said))
        return True

    async def goes_by(self, seconds: float, step: float = 5.0) -> None:
        """Time passes."""
        end = self.clocks.read().elapsed + seconds
        while (now := self.clocks.read().elapsed) < end:
            await self.clocks.move(min(now + step, end))
            await self.settle()

    async def settle(self) -> None:
        for _ in range(3):
            await asyncio.sleep(0.0005)
            for _ in range(5):
                await asyncio.sleep(0)


def live(play) -> None:
    asyncio.run(play())


def test_a_timer_rings_once_and_leaves_the_book() -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        await home.memory.add_timer(60, "pizza", home.clocks.now())
        await home.goes_by(55)
        assert home.rung == []
        await home.goes_by(10)
        assert home.rung == ["Your pizza timer is done."]
        await home.goes_by(60)
        assert len(home.rung) == 1
        assert await home.memory.timers() == ()

    live(play)


@pytest.mark.parametrize("jump", [3 * 365 * DAY, -3 * 365 * DAY, 45.0])
def test_a_wall_clock_that_jumps_neither_rings_a_timer_nor_loses_it(jump: float) -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        await home.memory.add_timer(60, "", home.clocks.now())
        await home.goes_by(20)
        home.clocks.ahead += jump
        await home.goes_by(35)
        assert home.rung == []
        await home.goes_by(10)
        assert home.rung == ["Your 1 minute timer is done."]
        told = [one for one in home.events if isinstance(one, event.Fault)]
        assert {(one.part, one.kind) for one in told} == {("clock", "clock_jumped")}
        assert [one.recovered_ms is None for one in told] == (
            [True] if jump > DAY else [True, False]
        )

    live(play)


def test_a_leap_is_over_when_a_time_server_confirms_it() -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        home.clocks.ahead = 3 * 365 * DAY
        await home.goes_by(10)
        home.clocks.synchronised = True
        await home.goes_by(10)
        told = [one.recovered_ms for one in home.events if isinstance(one, event.Fault)]
        assert told == [None, 10_000]

    live(play)


def test_after_a_power_cut_a_timer_that_was_told_by_a_sure_clock_heeds_no_jump() -> None:
    async def play() -> None:
        home = Household()
        first = await home.begin()
        await home.memory.add_timer(600, "pizza", home.clocks.now())
        first.cancel()
        home.clocks = Clocks(NOON + dt.timedelta(minutes=5))
        home.clocks.boot, home.clocks.synchronised = "second", True
        await home.begin()
        home.clocks.ahead = 3 * 365 * DAY
        await home.goes_by(290)
        assert home.rung == []
        await home.goes_by(15)
        assert home.rung == ["Your pizza timer is done."]

    live(play)


def test_a_bell_that_breaks_once_rings_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        timers = home.memory.timers

        async def broken() -> None:
            monkeypatch.setattr(home.memory, "timers", timers)
            raise RuntimeError

        monkeypatch.setattr(home.memory, "timers", broken)
        await home.memory.add_timer(10, "pizza", home.clocks.now())
        await home.goes_by(20)
        assert home.rung == ["Your pizza timer is done."]

    live(play)


def test_a_restart_in_the_same_run_goes_on_by_elapsed_time() -> None:
    async def play() -> None:
        home = Household()
        first = await home.begin()
        await home.memory.add_timer(600, "pizza", home.clocks.now())
        await home.goes_by(20)
        first.cancel()
        home.clocks.ahead -= 365 * DAY
        await home.begin()
        await home.goes_by(575)
        assert home.rung == []
        await home.goes_by(10)
        assert home.rung == ["Your pizza timer is done."]

    live(play)


def test_a_timer_that_ended_during_a_power_cut_is_told_once() -> None:
    async def play() -> None:
        home = Household()
        first = await home.begin()
        await home.memory.add_timer(600, "pizza", home.clocks.now())
        first.cancel()
        home.clocks = Clocks(NOON + dt.timedelta(minutes=30))
        home.clocks.boot = "second"
        second = await home.begin()
        assert home.rung == ["Your pizza timer ended 20 minutes ago."]
        assert home.pieces == [2]
        second.cancel()
        await home.begin()
        await home.goes_by(60)
        assert len(home.rung) == 1

    live(play)


def test_without_a_clock_chip_a_timer_rings_after_its_length_at_the_latest() -> None:
    async def play() -> None:
        home = Household()
        first = await home.begin()
        await home.memory.add_timer(600, "pizza", home.clocks.now())
        first.cancel()
        home.clocks = Clocks(dt.datetime(1970, 1, 2))  # noqa: DTZ001 - as above
        home.clocks.boot = "second"
        await home.begin()
        await home.goes_by(590)
        assert home.rung == []
        await home.goes_by(15)
        assert home.rung == ["Your pizza timer is done."]

    live(play)


def test_what_could_not_be_heard_rings_again_when_the_ear_is_back() -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        home.deaf = True
        await home.memory.add_timer(10, "pizza", home.clocks.now())
        await home.goes_by(100)
        tries = home.rung.count("unheard")
        assert 3 <= tries <= 8
        assert len(await home.memory.timers()) == 1
        home.deaf = False
        home.bulletin.publish(
            event.Fault(part="ear", fault="", action="", kind="part_died", recovered_ms=9)
        )
        await home.settle()
        assert home.rung[tries:] == ["Your pizza timer ended 2 minutes ago."]
        assert home.pieces[0] > 2
        assert await home.memory.timers() == ()

    live(play)


def test_a_timer_that_is_cancelled_while_it_waits_for_the_room_stays_silent() -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        home.free.clear()
        timer = await home.memory.add_timer(10, "pizza", home.clocks.now())
        await home.goes_by(15)
        await home.memory.cancel_timers((timer.id,))
        await home.settle()
        home.free.set()
        await home.memory.add_timer(10, "tea", home.clocks.now())
        await home.goes_by(15)
        assert home.rung == ["Your tea timer is done."]

    live(play)


def test_an_alarm_rings_at_its_time_of_day_and_once() -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        await home.memory.add_alarm(SEVEN)
        await home.goes_by(19 * 3600 - 20, 600.0)
        assert home.rung == []
        await home.goes_by(30)
        assert home.rung == ["It's 7:00. This is your alarm."]
        home.clocks.ahead -= 3600.0
        await home.goes_by(7200, 600.0)
        assert len(home.rung) == 1
        assert await home.memory.alarms() == ()

    live(play)


def test_an_alarm_follows_a_clock_that_is_set_and_a_doubtful_one_does_not_lose_it() -> None:
    async def play() -> None:
        home = Household()
        await home.begin()
        await home.memory.add_alarm(SEVEN)
        home.clocks.ahead = 3 * 365 * DAY
        await home.goes_by(3600, 600.0)
        assert home.rung == []
        home.clocks.ahead = 0.0
        await home.goes_by(18 * 3600 + 20, 600.0)
        assert home.rung == ["It's 7:00. This is your alarm."]

    live(play)


def test_an_alarm_that_nobody_was_there_to_ring_is_told() -> None:
    async def play() -> None:
        home = Household()
        first = await home.begin()
        await home.memory.add_alarm(SEVEN)
        first.cancel()
        home.clocks = Clocks(SEVEN + dt.timedelta(hours=2))
        home.clocks.boot = "second"
        await home.begin()
        assert home.rung == ["Your 7:00 alarm was 2 hours ago."]

    live(play)


def test_an_alarm_in_the_hour_that_is_skipped_rings_once_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")

    async def play() -> None:
        home = Household(Clocks(dt.datetime(2026, 3, 29, 1, 0)))  # noqa: DTZ001 - as above
        await home.begin()
        await home.memory.add_alarm(dt.datetime(2026, 3, 29, 2, 30))  # noqa: DTZ001 - as above
        await home.goes_by(5395, 600.0)
        assert home.rung == []
        await home.goes_by(10)
        await home.goes_by(4 * 3600, 600.0)
        assert home.rung == ["It's 3:30. Today there is no 2:30."]

    live(play)
    monkeypatch.undo()
    time.tzset()


def test_an_alarm_in_the_hour_that_comes_twice_rings_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")

    async def play() -> None:
        home = Household(Clocks(dt.datetime(2026, 10, 25, 1, 0)))  # noqa: DTZ001 - as above
        await home.begin()
        await home.memory.add_alarm(dt.datetime(2026, 10, 25, 2, 30))  # noqa: DTZ001 - as above
        await home.goes_by(5 * 3600, 600.0)
        assert home.rung == ["It's 2:30. This is your alarm."]

    live(play)
    monkeypatch.undo()
    time.tzset()


def test_an_alarm_moves_with_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")

    async def play() -> None:
        home = Household(Clocks(NOON))
        await home.begin()
        await home.memory.add_alarm(NOON + dt.timedelta(hours=1))
        monkeypatch.setenv("TZ", "Europe/London")
        await home.goes_by(3700, 60.0)
        assert home.rung == []
        await home.goes_by(3600, 60.0)
        assert home.rung == ["It's 1:00. This is your alarm."]

    live(play)
    monkeypatch.undo()
    time.tzset()
