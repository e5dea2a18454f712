"""How much of a timer is left, whatever has become of the clocks since it was set. Pure."""

from __future__ import annotations

import datetime as dt

import msgspec

from roomtone.base.clock import Moment
from roomtone.base.room import Timer

RELEASED = dt.datetime(2026, 9, 1, tzinfo=dt.UTC).timestamp()
"""Unix time before which this program did not exist: a clock that shows less is wrong."""


def left(timer: Timer, now: Moment) -> float:
    """Seconds until `timer` rings; below zero when it should have rung already.

    While the machine runs, only elapsed time counts. After a restart of the machine the wall clock
    counts, unless it shows a time at which the timer was not even set, or the program not written:
    then the timer rings when its whole length has run since the start, unless the clock is put
    right before.
    """
    if timer.boot and timer.boot == now.boot:
        return timer.ends - now.elapsed
    if now.wall >= max(timer.due - timer.seconds, RELEASED):
        return timer.due - now.wall
    return timer.seconds - now.elapsed


def as_of(timer: Timer, now: Moment) -> Timer:
    """The same timer, told by the clocks as they stand `now`."""
    rest = left(timer, now)
    return msgspec.structs.replace(
        timer, due=now.wall + rest, boot=now.boot, ends=now.elapsed + rest
    )


def begun(number: int, seconds: int, name: str, now: Moment) -> Timer:
    """A timer of `seconds` that starts `now`."""
    return Timer(
        id=number,
        name=name,
        seconds=seconds,
        due=now.wall + seconds,
        boot=now.boot,
        ends=now.elapsed + seconds,
    )
