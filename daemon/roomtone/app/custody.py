"""What is kept and what leaves the house, as the doors see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from roomtone.app.build import Core
from roomtone.app.cloud_account import account
from roomtone.app.keeping import What
from roomtone.app.kept import as_data, as_json
from roomtone.base.clock import local
from roomtone.base.error import OwnerError
from roomtone.turn.consent import Terms

_WHATS: tuple[What, ...] = ("last", "today", "all")


class Custody:
    """The part of `base.port.Control` that is about memory and cloud."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def history(self, limit: int) -> list[dict[str, Any]]:
        """The last `limit` turns, newest first; a turn that waits for the disk has no number."""
        self._unlocked()
        await self._core.memory.drain()
        return [as_data(turn) for turn in await self._core.memory.archive.turns(limit)]

    async def search(self, words: str, limit: int) -> list[dict[str, Any]]:
        """The last `limit` turns in which all of `words` were said, newest first."""
        return [as_data(turn) for turn in await self._core.memory.archive.search(words, limit)]

    async def explain(self, turn: int | None) -> dict[str, Any] | None:
        """Everything kept about one turn, or about the last; None when it is not kept."""
        archive = self._core.memory.archive
        found = await archive.turn(turn)
        if found is None:
            return None
        entries = await archive.ledger(len(found.entries), found.id) if found.entries else []
        return as_data(found) | {"ledger": [msgspec.to_builtins(entry) for entry in entries]}

    async def export(self) -> AsyncIterator[dict[str, Any]]:
        """Everything that is kept, one record after the other."""
        await self._core.memory.drain()
        async for row in self._core.memory.archive.export():
            yield row

    async def forget(self, what: str) -> int:
        """Forget `last`, `today`, `all`, or the turn with this number; how many went."""
        self._unlocked()
        self._core.answerer.forget()
        if what.isdigit():
            await self._core.memory.archive.forget_turn(int(what))
            gone = 1
        else:
            chosen = next((known for known in _WHATS if known == what), None)
            if chosen is None:
                raise OwnerError(f"{what!r} is none of last, today, all and the number of a turn")
            gone = await self._core.memory.erase(chosen)
        await self._forgotten()
        return gone

    async def forget_matching(self, text: str) -> int:
        """Forget every turn, note and text of the ledger that holds `text`; how many went."""
        self._unlocked()
        self._core.answerer.forget()
        gone = await self._core.memory.forget_matching(text)
        await self._forgotten()
        return gone

    async def notes(self) -> list[dict[str, Any]]:
        """What is to be remembered, the oldest first."""
        self._unlocked()
        return [
            msgspec.to_builtins(note) | {"at": local(note.at).isoformat(timespec="seconds")}
            for note in await self._core.memory.notes()
        ]

    async def drop_notes(self, ids: list[int]) -> int:
        """Forget the notes with these numbers; how many went."""
        self._core.memory.pass_over()
        gone = await self._core.memory.drop_notes(tuple(ids))
        await self._forgotten()
        return gone

    async def guest(self, *, on: bool) -> None:
        """Keep nothing from now on (`on`), or again what the owner wants to be kept."""
        self._core.answerer.forget()
        await self._core.memory.set_guest(on=on)

    async def cloud(self) -> dict[str, Any]:
        """Policy, terms, consent and how the way to the internet stands."""
        core, settings = self._core, self._core.config.cloud
        consent, standing = core.consents.consent, await core.outside.look()
        sent = await core.memory.archive.sent_today()
        return account(settings, consent, core.consents.why_not, standing, sent)

    async def allow(self, terms: Terms, by: str) -> None:
        """Record that `by` agrees to `terms`. Raises OwnerError when others are in force."""
        await self._core.consents.allow(terms, by)
        await self._core.outside.look()

    async def deny(self) -> None:
        """Take every consent back; what is being sent is cut off."""
        await self._core.consents.deny()

    async def ledger(self, limit: int, turn: int | None) -> list[dict[str, Any]]:
        """The last `limit` entries, newest first; with `turn` only those of that turn."""
        found = await self._core.memory.archive.ledger(limit, turn)
        return [msgspec.to_builtins(entry) for entry in found]

    async def memory(self) -> dict[str, Any]:
        """File, size, age and protection of what is kept, and what is wrong with it."""
        faults = [fault for fault in self._core.newsroom.faults.active() if fault.part == "store"]
        return {
            "file": str(self._core.paths.database),
            "faults": [f"{fault.fault}; {fault.action}" for fault in faults],
        } | await self._core.memory.archive.standing()

    async def check_memory(self) -> list[str]:
        """Read the whole memory; what is wrong with it, a line each."""
        return await self._core.memory.store.check()

    async def snapshot(self) -> dict[str, Any]:
        """Write a copy of the memory now; where it is and how large."""
        await self._core.memory.drain()
        return as_json(await self._core.memory.store.snapshot())

    async def restore(self) -> dict[str, Any]:
        """Go back to the newest copy that is whole; where it was and how old."""
        memory = self._core.memory
        memory.mending.known(restored := await memory.store.restore())
        await memory.again()
        await self._forgotten()
        return as_json(restored)

    async def protect(self, passphrase: str | None) -> dict[str, Any]:
        """Encrypt the memory anew under `passphrase`, or under a key file; the protection."""
        return as_json(await self._core.memory.store.protect(passphrase))

    async def unlock(self, passphrase: str) -> None:
        """Open a memory that waits for its passphrase."""
        await self._core.memory.store.unlock(passphrase)
        await self._core.memory.again()

    def _unlocked(self) -> None:
        """Raise OwnerError while the memory waits for its passphrase: it is not empty."""
        for fault in self._core.newsroom.faults.active():
            if fault.part == "store" and fault.kind == "locked":
                raise OwnerError("the memory is locked; `roomtone memory unlock` opens it")

    async def _forgotten(self) -> None:
        """Have nobody know any more what was said: not the answerer, not the language model."""
        self._core.answerer.forget()
        await self._core.thinker.warm(*self._core.answerer.context())
