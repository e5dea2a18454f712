"""What is wrong at this moment, as `status` tells it."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from roomtone.base import event
from roomtone.base.event import Event


class ActiveFault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that has begun and is not over; the fields are those of `event.Fault`."""

    part: str
    kind: str
    fault: str
    action: str
    since: float
    """Time of the monotonic clock at which it was first told."""
    told: float = 0.0
    """The same of the last time."""


class Faults:
    """Listens to the events; a fault without a kind is over as soon as it is told."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._active: dict[tuple[str, str], ActiveFault] = {}

    def note(self, happened: Event) -> None:
        """Take down the beginning or the end of a fault; any other event means nothing."""
        if not isinstance(happened, event.Fault) or not happened.kind:
            return
        key = (happened.part, happened.kind)
        if happened.recovered_ms is not None:
            self._active.pop(key, None)
            return
        known, now = self._active.get(key), self._now()
        self._active[key] = ActiveFault(
            part=happened.part,
            kind=happened.kind,
            fault=happened.fault,
            action=happened.action,
            since=known.since if known else now,
            told=now,
        )

    def find(self, part: str, kind: str) -> ActiveFault | None:
        """A fault, if it lasts."""
        return self._active.get((part, kind))

    def active(self) -> list[ActiveFault]:
        """Every fault that lasts, the oldest first."""
        return sorted(self._active.values(), key=lambda fault: fault.since)
