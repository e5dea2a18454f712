"""How long a timer still runs: whatever the clock on the wall does."""

from __future__ import annotations

import pytest

from roomtone.base.clock import Moment
from roomtone.base.countdown import RELEASED, as_of, begun, left

SET_AT = RELEASED + 1_000_000.0
YEARS = 3 * 365 * 86_400.0
PIZZA = begun(1, 600, "pizza", Moment(wall=SET_AT, elapsed=50.0, boot="first"))


def moment(wall: float, elapsed: float, boot: str) -> Moment:
    """`wall` seconds after the timer was set by the wall's own account."""
    return Moment(wall=SET_AT + wall, elapsed=elapsed, boot=boot)


@pytest.mark.parametrize("jump", [0.0, YEARS, -YEARS, 3600.0, -3600.0])
def test_while_the_machine_runs_the_wall_does_not_matter(jump: float) -> None:
    assert left(PIZZA, moment(100.0 + jump, 150.0, "first")) == 500.0
    assert left(PIZZA, moment(700.0 + jump, 750.0, "first")) == -100.0


def test_after_a_power_cut_the_wall_counts() -> None:
    assert left(PIZZA, moment(100.0, 5.0, "second")) == 500.0
    assert left(PIZZA, moment(1800.0, 5.0, "second")) == -1200.0


def test_a_wall_behind_the_setting_is_not_believed() -> None:
    """No clock chip: after the power cut it shows a time from before."""
    assert left(PIZZA, moment(-90_000.0, 20.0, "second")) == 580.0
    assert left(PIZZA, moment(-90_000.0, 601.0, "second")) == -1.0


def test_a_wall_from_before_the_program_is_not_believed() -> None:
    timer = begun(1, 600, "", Moment(wall=100.0, elapsed=50.0, boot="first"))
    assert left(timer, Moment(wall=300.0, elapsed=20.0, boot="second")) == 580.0


def test_a_wall_that_is_put_right_is_believed_at_once() -> None:
    assert left(PIZZA, moment(-90_000.0, 20.0, "second")) == 580.0
    assert left(PIZZA, moment(450.0, 30.0, "second")) == 150.0


def test_a_timer_from_before_the_schema_knew_of_runs_goes_by_the_wall() -> None:
    old = as_of(PIZZA, moment(0.0, 50.0, ""))
    assert left(old, moment(100.0, 5.0, "second")) == 500.0


def test_told_by_the_clocks_of_now_it_is_the_same_timer() -> None:
    now = moment(100.0 + YEARS, 150.0, "first")
    told = as_of(PIZZA, now)
    assert told.due - now.wall == 500.0
    assert (told.id, told.name, told.seconds) == (1, "pizza", 600)
    later = as_of(PIZZA, moment(200.0, 7.0, "second"))
    assert left(later, moment(YEARS, 107.0, "second")) == 300.0
