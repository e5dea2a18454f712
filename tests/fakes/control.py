"""A scripted conversation for the doors: answers as told, notes what it was asked."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

from roomtone.base.bulletin import Bulletin
from roomtone.base.error import OwnerError, RoomtoneError
from roomtone.base.event import Event, ReplyFinished, ReplyStarted, Sentence
from roomtone.base.port import Terms
from roomtone.base.room import AlarmClock, Timer

PROTECTION = {"kind": "file", "against": "a copy", "not_against": "a thief"}


class FakeControl:
    """Implements `base.port.Control`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.problem: RoomtoneError | None = None
        """Raised by everything that is asked."""
        self.breaks_off: RoomtoneError | None = None
        """Raised in the middle of an answer."""
        self.bulletin = Bulletin()
        self.turns = [{"id": 2, "heard": "tea?"}, {"id": 1, "heard": "time?"}]
        self.kept_notes = [
            {"id": 1, "at": "2026-11-22T07:00:00", "text": "the key is under the mat"}
        ]
        self.entries = [{"id": 4, "turn": 2, "by": "cloud", "bytes": 321}]
        self.terms = Terms(provider="https://api.openai.com/v1", model="gpt-4o-mini", context=2)
        self.policy = "local-first"
        self.wrong: list[str] = []
        self.memory_problem: RoomtoneError | None = None
        """Raised when it is asked how the memory stands."""
        self.hangs = False
        self.given_up = asyncio.Event()

    def _note(self, what: str, given: Any = None) -> None:
        self.asked.append((what, given))
        if self.problem is not None:
            raise self.problem

    async def status(self) -> dict[str, Any]:
        self._note("status")
        return {"state": "asleep", "muted": False}

    async def ask(self, text: str) -> AsyncIterator[Event]:
        self._note("ask", text)
        yield ReplyStarted(t=1.0, turn=3, by="skill")
        if self.breaks_off is not None:
            raise self.breaks_off
        yield Sentence(t=1.5, turn=3, text="Grüße.\nNoon.")
        try:
            if self.hangs:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.given_up.set()
            raise
        yield ReplyFinished(t=2.0, turn=3, by="skill", text="Noon.", spoken_text="")

    async def metrics(self) -> str:
        self._note("metrics")
        return "roomtone_ready 1.0\n"

    async def false_wake(self) -> bool:
        self._note("false_wake")
        return True

    async def say(self, text: str) -> None:
        self._note("say", text)

    async def listen(self) -> None:
        self._note("listen")

    async def hush(self) -> None:
        self._note("hush")

    async def mute(self, *, on: bool) -> None:
        self._note("mute", on)

    async def reload(self) -> list[str]:
        self._note("reload")
        return ["wake"]

    async def timers(self) -> list[Timer]:
        self._note("timers")
        return [Timer(id=1, name="egg", seconds=60, due=99.0)]

    async def alarms(self) -> list[AlarmClock]:
        self._note("alarms")
        return [AlarmClock(id=1, at=dt.datetime(2026, 11, 22, 7, 0))]  # noqa: DTZ001 - no zone

    async def history(self, limit: int) -> list[dict[str, Any]]:
        self._note("history", limit)
        return self.turns[:limit]

    async def explain(self, turn: int | None) -> dict[str, Any] | None:
        self._note("explain", turn)
        return next((t for t in self.turns if turn in (None, t["id"])), None)

    def events(self) -> AsyncIterator[Event]:
        self._note("events")
        return self.bulletin.follow()

    async def search(self, words: str, limit: int) -> list[dict[str, Any]]:
        self._note("search", (words, limit))
        return [turn for turn in self.turns if words in str(turn["heard"])][:limit]

    async def export(self) -> AsyncIterator[dict[str, Any]]:
        self._note("export")
        for turn in self.turns:
            yield {"kind": "turn"} | turn
        if self.breaks_off is not None:
            raise self.breaks_off

    async def forget(self, what: str) -> int:
        self._note("forget", what)
        return 2

    async def forget_matching(self, text: str) -> int:
        self._note("forget_matching", text)
        return 3

    async def learnt(self) -> dict[str, Any]:
        self._note("learnt")
        return {"voices": [{"name": "Ada", "word": "hey_jarvis"}], "false_alarms": 2}

    async def enroll(self, word: str, name: str, weights: bytes, bias: float) -> None:
        self._note("enroll", (word, name, weights, bias))

    async def forget_voice(self, name: str | None) -> int:
        self._note("forget_voice", name)
        return 1

    async def notes(self) -> list[dict[str, Any]]:
        self._note("notes")
        return self.kept_notes

    async def drop_notes(self, ids: list[int]) -> int:
        self._note("drop_notes", ids)
        return sum(note["id"] in ids for note in self.kept_notes)

    async def guest(self, *, on: bool) -> None:
        self._note("guest", on)

    async def cloud(self) -> dict[str, Any]:
        self._note("cloud")
        return {
            "policy": self.policy,
            "allowed": False,
            "why_not": "nobody has allowed it",
            "consent": None,
            "terms": {"provider": self.terms.provider, "model": self.terms.model}
            | {"context": self.terms.context, "names": 1},
            "standing": None,
            "sent_today_bytes": 0,
            "last_used": None,
        }

    async def allow(self, terms: Terms, by: str) -> None:
        self._note("allow", (terms, by))
        if terms != self.terms:
            raise OwnerError("the configuration says something else; ask again")

    async def deny(self) -> None:
        self._note("deny")

    async def ledger(self, limit: int, turn: int | None) -> list[dict[str, Any]]:
        self._note("ledger", (limit, turn))
        return [entry for entry in self.entries if turn in (None, entry["turn"])][:limit]

    async def memory(self) -> dict[str, Any]:
        self._note("memory")
        if self.memory_problem is not None:
            raise self.memory_problem
        return {
            "file": "/var/lib/roomtone/roomtone.db",
            "bytes": 40960,
            "turns": 2,
            "oldest": 5.0,
            "snapshot": 6.0,
            "protection": PROTECTION,
            "restored": None,
            "guest": False,
            "faults": [],
        }

    async def check_memory(self) -> list[str]:
        self._note("check_memory")
        return self.wrong

    async def snapshot(self) -> dict[str, Any]:
        self._note("snapshot")
        return {"file": "/var/lib/roomtone/roomtone.db.snapshot-6", "bytes": 40960}

    async def restore(self) -> dict[str, Any]:
        self._note("restore")
        return {"from_unix": 6.0, "lost_s": 60.0, "damaged": None}

    async def protect(self, passphrase: str | None) -> dict[str, Any]:
        self._note("protect", passphrase)
        return PROTECTION

    async def unlock(self, passphrase: str) -> None:
        self._note("unlock", passphrase)
