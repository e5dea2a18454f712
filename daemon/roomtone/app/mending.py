"""A memory that was damaged and is mended is told once, in the journal and in the room."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.clock import local
from roomtone.base.error import PartError
from roomtone.store.repair import Restored
from roomtone.store.store import Store

SPOKEN = (
    "My memory was damaged or gone. I went back to a copy from {when}; "
    "what came after it may be lost."
)


class Mending:
    """Knows what was told; `say` has it spoken."""

    def __init__(self, store: Store, bulletin: Bulletin) -> None:
        self.say: Callable[[str], None] = lambda _words: None
        self._store = store
        self._bulletin = bulletin
        self._told: Restored | None = None
        self._listened_to = False

    def known(self, restored: Restored) -> None:
        """Somebody has ordered it, and need not be told."""
        self._told = restored

    async def begin(self) -> None:
        """Tell of what was mended at the start, as soon as there is somebody to be told."""
        self._listened_to = True
        await self.tell()

    async def tell(self) -> None:
        """Tell of a repair that nobody knows of yet."""
        if not self._listened_to:
            return
        restored: Restored | None = None
        with contextlib.suppress(PartError):
            restored = await self._store.restored()
        if restored is None or restored == self._told:
            return
        self._told = restored
        when = local(restored.from_unix)
        self._bulletin.publish(
            event.Fault(
                part="store",
                fault=f"damaged or gone; a copy of {when:%Y-%m-%d %H:%M} is in its place",
                action="what was kept after it may be missing; see `roomtone memory status`",
                kind="database_restored",
                recovered_ms=round(restored.lost_s * 1000),
            )
        )
        self.say(SPOKEN.format(when=f"{when:%H:%M}"))
