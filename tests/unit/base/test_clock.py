"""Clocks that wait without waiting, and the hour that comes twice or never."""

from __future__ import annotations

import asyncio
import datetime as dt
import time

import pytest

from roomtone.base.clock import StreamClock, WallClock, local, unix


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    yield
    monkeypatch.undo()
    time.tzset()


def wall(*numbers: int) -> dt.datetime:
    """A local time without zone."""
    return dt.datetime(*numbers)  # noqa: DTZ001 - that is what it is


def test_a_stream_clock_goes_where_the_samples_go() -> None:
    async def wait() -> None:
        clock = StreamClock(100.0)
        waiting = asyncio.create_task(clock.sleep(5.0))
        await asyncio.sleep(0)
        await clock.move(4.9)
        await asyncio.sleep(0)
        assert not waiting.done()
        await clock.move(5.0)
        await waiting
        await clock.move(3.0)
        assert clock.now() == 105.0
        assert clock.read().elapsed == 5.0

    asyncio.run(wait())


def test_the_clocks_of_the_machine_go_on_together() -> None:
    async def wait() -> None:
        clock = WallClock()
        before = clock.read()
        await clock.sleep(0.01)
        after = clock.read()
        assert after.elapsed - before.elapsed >= 0.01
        assert after.boot == before.boot != ""
        assert abs(after.wall - clock.now()) < 5.0

    asyncio.run(wait())


@pytest.mark.usefixtures("berlin")
def test_a_time_of_day_goes_there_and_back() -> None:
    assert local(unix(wall(2026, 7, 1, 7, 0))).replace(tzinfo=None) == wall(2026, 7, 1, 7, 0)


@pytest.mark.usefixtures("berlin")
def test_what_the_clocks_skip_is_an_hour_later() -> None:
    rings = local(unix(wall(2026, 3, 29, 2, 30)))
    assert rings.isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.usefixtures("berlin")
def test_what_comes_twice_counts_the_first_time() -> None:
    assert local(unix(wall(2026, 10, 25, 2, 30))).isoformat() == "2026-10-25T02:30:00+02:00"


def test_another_zone_is_noticed_while_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    before = unix(wall(2026, 7, 1, 7, 0))
    monkeypatch.setenv("TZ", "America/New_York")
    assert unix(wall(2026, 7, 1, 7, 0)) - before == 6 * 3600
    assert local(before).hour == 1
    monkeypatch.undo()
    time.tzset()
