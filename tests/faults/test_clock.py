"""Whatever the clock on the wall does, what is to ring rings, once, and nothing is forgotten."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from faults.household import Keeper

pytestmark = pytest.mark.fault

YEARS = 3 * 365 * 86_400


@pytest.fixture
def keep(tmp_path: Path):
    """Starts keepers on a folder, and ends them after the test."""
    started: list[Keeper] = []

    def start(**environment: str) -> Keeper:
        started.append(Keeper(tmp_path / "state", None, **environment))
        return started[-1]

    yield start
    for keeper in started:
        keeper.kill()


def struck(keeper: Keeper, book: str) -> None:
    """Wait until the book is empty, and the disk knows it."""
    keeper.wait_for(book, [])
    keeper.ask("volume 0.5")


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_a_clock_that_jumps_neither_rings_a_timer_nor_loses_it(keep, recovered, jump):
    keeper = keep()
    keeper.ask("timer pizza 4")
    began = time.monotonic()
    keeper.ask(f"ahead {jump}")
    while time.monotonic() - began < 3.5:
        assert keeper.ask("rang") == []
        time.sleep(0.05)
    keeper.wait_for("rang", ["Your pizza timer is done."], 3.0)
    late = time.monotonic() - began - 4.0
    assert late < 0.5
    end = time.monotonic() + 6.0
    while not (told := keeper.ask("told")):  # its end is told too, as soon as it is believed again
        assert time.monotonic() < end
    assert set(told) == {"clock_jumped"}
    recovered(37, f"clock {'ahead' if jump > 0 else 'back'} by 3 years: timer late by", late)


def test_a_jump_forgets_no_conversation_not_even_at_the_next_start(keep, recovered):
    keeper = keep()
    keeper.ask("turn kept")
    keeper.ask(f"ahead {YEARS}")
    time.sleep(0.2)
    assert keeper.ask("heard") == ["kept"]
    keeper.kill()
    began = time.monotonic()
    again = keep(AHEAD=str(YEARS))
    time.sleep(0.5)
    again.ask("turn later")
    again.kill()
    again = keep(AHEAD=str(YEARS))
    time.sleep(0.5)
    assert again.ask("heard") == ["later", "kept"]
    recovered(37, "start 3 years ahead forgets nothing", time.monotonic() - began - 1.0)


def test_a_timer_that_ended_during_a_power_cut_is_told_once_soon_after_the_start(keep, recovered):
    keeper = keep(BOOT="first")
    keeper.ask("timer pizza 600")
    keeper.kill()
    began = time.monotonic()
    again = keep(BOOT="second", AHEAD="1800")
    again.wait_for("rang", ["Your pizza timer ended 20 minutes ago."], 5.0)
    recovered(37, "power cut: overdue timer told after the start", time.monotonic() - began)
    struck(again, "timers")
    again.kill()
    third = keep(BOOT="second", AHEAD="1800")
    time.sleep(1.0)
    assert third.ask("rang") == []


def test_without_a_clock_chip_a_timer_rings_when_its_length_has_run_since_the_start(keep):
    keeper = keep(BOOT="first")
    keeper.ask("timer egg 4")
    keeper.kill()
    again = keep(BOOT="second", AHEAD=str(-20 * YEARS))
    assert again.ask("rang") == []
    seconds = again.wait_for("rang", ["Your egg timer is done."], 6.0)
    assert seconds > 2.0


def test_without_a_clock_chip_a_timer_is_overdue_when_the_clock_is_set(keep):
    keeper = keep(BOOT="first")
    keeper.ask("timer egg 600")
    keeper.kill()
    again = keep(BOOT="second", AHEAD=str(-20 * YEARS))
    time.sleep(0.5)
    assert again.ask("rang") == []
    again.ask("ahead 7200")
    again.wait_for("rang", ["Your egg timer ended 1 hour and 50 minutes ago."], 8.0)


def ahead(local_time: str) -> str:
    """By how many seconds the clock must be ahead to show this time in Berlin."""
    zone = dt.timezone(dt.timedelta(hours=2))
    there = dt.datetime.fromisoformat(local_time).replace(tzinfo=zone)
    return str(there.timestamp() - time.time())


def test_an_alarm_in_the_hour_that_is_skipped_rings_once_and_says_so(keep, recovered):
    keeper = keep(TZ="Europe/Berlin", AHEAD=ahead("2026-03-29T02:50:00"))
    assert keeper.ask("time").startswith("2026-03-29T01:5")
    keeper.ask("alarm 2026-03-29T02:30")
    keeper.ask(f"ahead {ahead('2026-03-29T03:29:55')}")
    began = time.monotonic()
    time.sleep(3.0)
    assert keeper.ask("rang") == []
    keeper.wait_for("rang", ["It's 3:30. Today there is no 2:30."], 12.0)
    recovered(38, "alarm at 2:30 in the skipped hour: late by", time.monotonic() - began - 5.0)
    struck(keeper, "alarms")
    keeper.kill()
    again = keep(TZ="Europe/Berlin", AHEAD=ahead("2026-03-29T03:31:00"))
    time.sleep(0.5)
    assert again.ask("rang") == []
