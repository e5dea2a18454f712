"""What the doors may ask of the conversation; the conductor is it, tests bring a scripted one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

import msgspec

from roomtone.base.event import Event
from roomtone.base.room import AlarmClock, Timer


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What would be sent, and to whom, by the configuration in force."""

    provider: str
    """The `base_url`."""
    model: str
    context: int
    """Earlier turns of the conversation that are sent along, at most."""


class Control(Protocol):
    """The conversation as `status`, `ask`, `hush` and the page see it.

    Any of them may raise OwnerError or PartError; the door tells it in one line.
    """

    async def status(self) -> dict[str, Any]:
        """State, devices, models and faults, as plain JSON data."""
        ...

    async def metrics(self) -> str:
        """Counts and durations in Prometheus' text form."""
        ...

    async def false_wake(self) -> bool:
        """Count the last wake as false: nobody had called. Whether its sound is remembered."""
        ...

    async def learnt(self) -> dict[str, Any]:
        """Whose voices are enrolled, and how many false alarms are remembered."""
        ...

    async def enroll(self, word: str, name: str, weights: bytes, bias: float) -> None:
        """Know a voice by what tells its wake word from other sound."""
        ...

    async def forget_voice(self, name: str | None) -> int:
        """Forget the voice of this name, or all that is learnt; how much went."""
        ...

    def ask(self, text: str) -> AsyncIterator[Event]:
        """Answer `text` in writing; the events of that turn, the last one ends it."""
        ...

    async def say(self, text: str) -> None:
        """Speak `text` in the room."""
        ...

    async def listen(self) -> None:
        """Listen as if the wake word had been said."""
        ...

    async def hush(self) -> None:
        """Stop speaking and ringing."""
        ...

    async def mute(self, *, on: bool) -> None:
        """Close (`on`) or open the microphone."""
        ...

    async def reload(self) -> list[str]:
        """Read the configuration again; the sections that changed."""
        ...

    async def timers(self) -> list[Timer]:
        """Running timers, the next one first."""
        ...

    async def alarms(self) -> list[AlarmClock]:
        """Alarms that are set, the next one first."""
        ...

    async def history(self, limit: int) -> list[dict[str, Any]]:
        """The last `limit` turns, newest first, as plain JSON data."""
        ...

    async def explain(self, turn: int | None) -> dict[str, Any] | None:
        """What is kept of the turn stored as `turn`, or of the last; None when it is not."""
        ...

    def events(self) -> AsyncIterator[Event]:
        """Every event from now on."""
        ...

    async def search(self, words: str, limit: int) -> list[dict[str, Any]]:
        """The last `limit` turns in which all of `words` were said, newest first."""
        ...

    def export(self) -> AsyncIterator[dict[str, Any]]:
        """Everything that is kept, one record after the other."""
        ...

    async def forget(self, what: str) -> int:
        """Forget `last`, `today`, `all`, or the turn with this number; how many went."""
        ...

    async def forget_matching(self, text: str) -> int:
        """Forget every turn, note and text of the ledger that holds `text`; how many went."""
        ...

    async def notes(self) -> list[dict[str, Any]]:
        """What is to be remembered, the oldest first."""
        ...

    async def drop_notes(self, ids: list[int]) -> int:
        """Forget the notes with these numbers; how many went."""
        ...

    async def guest(self, *, on: bool) -> None:
        """Keep nothing from now on (`on`), or again what the owner wants to be kept."""
        ...

    async def cloud(self) -> dict[str, Any]:
        """Policy, terms, consent and how the way to the internet stands."""
        ...

    async def allow(self, terms: Terms, by: str) -> None:
        """Record that `by` agrees to `terms`. Raises OwnerError when others are in force."""
        ...

    async def deny(self) -> None:
        """Take every consent back; what is being sent is cut off."""
        ...

    async def ledger(self, limit: int, turn: int | None) -> list[dict[str, Any]]:
        """The last `limit` entries, newest first; with `turn` only those of that turn."""
        ...

    async def memory(self) -> dict[str, Any]:
        """File, size, age and protection of what is kept, and what is wrong with it."""
        ...

    async def check_memory(self) -> list[str]:
        """Read the whole memory; what is wrong with it, a line each."""
        ...

    async def snapshot(self) -> dict[str, Any]:
        """Write a copy of the memory now; where it is and how large."""
        ...

    async def restore(self) -> dict[str, Any]:
        """Go back to the newest copy that is whole; where it was and how old."""
        ...

    async def protect(self, passphrase: str | None) -> dict[str, Any]:
        """Encrypt the memory anew under `passphrase`, or under a key file; the protection."""
        ...

    async def unlock(self, passphrase: str) -> None:
        """Open a memory that waits for its passphrase."""
        ...
