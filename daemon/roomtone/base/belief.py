"""Whether the wall clock can be believed: it may be years ahead before it is set right. Pure."""

from __future__ import annotations

import msgspec

from roomtone.base.clock import Moment

DAY = 86_400.0
"""Seconds. A clock that leaps ahead by more is doubted, for as long."""

JUMP = 2.0
"""Seconds from one look to the next by which the clocks may differ without anybody having set one.

A time server that corrects gently moves the clock by 0.5 ms a second (adjtimex(2)).
"""


class Belief(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of the wall clock up to the last look."""

    last: Moment
    jump: float = 0.0
    """Seconds by which it had jumped at the last look; 0 when it had not."""
    doubted: float | None = None
    """Elapsed seconds at which it leapt ahead by more than a day; None when it never did."""

    def holds(self) -> bool:
        """True when the clock has been set by a time server, or has kept step for a day."""
        if self.last.synchronised or self.doubted is None:
            return True
        return self.last.elapsed - self.doubted >= DAY


def first(now: Moment, known: float | None) -> Belief:
    """The first look.

    `known` is the newest Unix time in the books that is older than a day, if there is any: when
    it is older than two, the clock may have leapt since.
    """
    leapt = known is not None and now.wall - known > 2 * DAY
    return Belief(last=now, doubted=now.elapsed if leapt else None)


def looked(before: Belief, now: Moment) -> Belief:
    """Another look, in the same run of the machine."""
    jump = (now.wall - before.last.wall) - (now.elapsed - before.last.elapsed)
    if abs(jump) < JUMP:
        jump = 0.0
    return Belief(last=now, jump=jump, doubted=now.elapsed if jump > DAY else before.doubted)
