"""A clock that leaps ahead is doubted until it is confirmed."""

from __future__ import annotations

import pytest

from roomtone.base.belief import DAY, Belief, first, looked
from roomtone.base.clock import Moment

START = 1_790_000_000.0


def seen(*looks: tuple[float, float], known: float | None = START, synchronised=False) -> Belief:
    """What is believed after looks at (wall, elapsed) seconds since the start."""
    moments = [
        Moment(wall=START + wall, elapsed=elapsed, synchronised=synchronised)
        for wall, elapsed in looks
    ]
    belief = first(moments[0], known)
    for moment in moments[1:]:
        belief = looked(belief, moment)
    return belief


def test_a_clock_that_keeps_step_is_believed() -> None:
    belief = seen((0, 0), (600, 600), (1200.4, 1200))
    assert belief.holds()
    assert belief.jump == 0.0


@pytest.mark.parametrize("jump", [3600.0, -3600.0, -3 * 365 * DAY, DAY - 1])
def test_a_small_jump_or_one_back_is_told_and_believed(jump: float) -> None:
    belief = seen((0, 0), (600 + jump, 600))
    assert belief.jump == jump
    assert belief.holds()


def test_a_leap_ahead_is_doubted_for_a_day() -> None:
    years = 3 * 365 * DAY
    assert not seen((0, 0), (years, 600)).holds()
    assert not seen((0, 0), (years, 600), (years + DAY - 1, 600 + DAY - 1)).holds()
    assert seen((0, 0), (years, 600), (years + DAY, 600 + DAY)).holds()


def test_a_leap_that_a_time_server_made_is_believed() -> None:
    assert seen((0, 0), (3 * 365 * DAY, 600), synchronised=True).holds()


def test_a_start_long_after_what_is_known_is_doubted() -> None:
    assert not seen((3 * DAY, 0)).holds()
    assert seen((3 * DAY, 0), (4 * DAY, DAY)).holds()
    assert seen((1.5 * DAY, 0)).holds()


def test_nothing_known_is_nothing_to_doubt() -> None:
    assert seen((3 * DAY, 0), known=None).holds()
