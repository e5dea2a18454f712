"""Faults of the devices: each is told once when it begins and once when it is over."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from roomtone.base import message

News = message.Complaint | message.Mended | message.Ready
KEPT = 64
"""News that may wait for the ear; older ones are dropped."""


class Troubles:
    """What is wrong now. Filled by the owner of the devices, emptied by the ear."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since: dict[str, float] = {}
        self._news: deque[News] = deque(maxlen=KEPT)

    def begin(self, kind: str, fault: str, action: str, since: float | None = None) -> None:
        """Tell `fault`, unless one of this kind lasts; it began at clock time `since`, or now."""
        if kind not in self._since:
            self._since[kind] = self._now() if since is None else since
            self._news.append(message.Complaint(fault=fault, action=action, kind=kind))

    def over(self, *kinds: str) -> None:
        """Tell that the faults of these kinds that last are over."""
        for kind in kinds:
            if (since := self._since.pop(kind, None)) is not None:
                after_ms = round((self._now() - since) * 1000)
                self._news.append(message.Mended(kind=kind, after_ms=after_ms))

    def lasts(self, *kinds: str) -> bool:
        """Whether a fault of one of these kinds lasts."""
        return not self._since.keys().isdisjoint(kinds)

    def tell(self, news: News) -> None:
        """Tell something else, in order."""
        self._news.append(news)

    def news(self) -> list[News]:
        """What was told since the last call."""
        return [self._news.popleft() for _ in range(len(self._news))]
