"""What is to be found again: volume, mute, guests, consent, an echo's delay, wakes."""

from __future__ import annotations

from roomtone.store.store import Store

WAKES = "wakes"
"""What is learnt of wake words; it is forgotten with everything else."""

NAMES = ("volume", "muted", "guest", "consent", "echo_delay", WAKES)
"""Every choice there is."""


async def guests(store: Store) -> bool:
    """Whether guests were here last, by their sign or by the database. Raises PartError."""
    return store.guests() or await store.setting("guest", "no") == "yes"


_MISSING = "\0"
"""What nobody can have chosen: a no that was written down is another thing than no word."""


class Choices:
    """The choices of this run, and those that the disk knew; what is new is owed to the disk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: dict[str, str] = {}
        self._owed: set[str] = set()

    def get(self, name: str) -> str:
        """What was chosen; empty when nobody chose."""
        return self._made.get(name, "")

    def put(self, name: str, value: str) -> None:
        """Take down a choice; `save` writes it."""
        self._made[name] = value
        self._owed.add(name)

    def recorded(self, name: str) -> bool:
        """Whether the last choice is on the disk."""
        return name not in self._owed

    async def load(self) -> dict[str, str]:
        """Take over, and return, what nobody has chosen anew; a sign is newer than the database.

        Raises PartError.
        """
        found: dict[str, str] = {}
        for name in NAMES:
            known = await self._store.setting(name, _MISSING)
            kept = "" if known == _MISSING else known
            if name == "muted" and (signed := self._store.muted()) is not None:
                known = "yes" if signed else "no"
            if name not in self._made and known != _MISSING:
                found[name] = self._made[name] = known
            if kept != self._made.get(name, kept):
                self._owed.add(name)
        return found

    async def save(self) -> None:
        """Write what is owed. Raises PartError; the rest is still owed then."""
        for name in list(self._owed):
            value = self._made[name]
            await self._store.set_setting(name, value)
            if self._made[name] == value:
                self._owed.discard(name)
