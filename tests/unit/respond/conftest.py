import datetime as dt
import sys
from pathlib import Path

import pytest

from roomtone.base.room import Room, Timer
from roomtone.respond.route import Router

DOMAIN = Path(__file__).parents[3] / "scripts" / "starter" / "domain"
NOW = dt.datetime(2026, 11, 21, 10, 5, tzinfo=dt.UTC)
"""A Saturday."""


@pytest.fixture(scope="session")
def router():
    return Router()


@pytest.fixture
def ask(router):
    """Ask in a room; `timers` are (id, name, seconds, seconds left)."""

    def asked(text, *timers, now=NOW, **room):
        running = tuple(
            Timer(id=id_, name=name, seconds=seconds, due=now.timestamp() + left)
            for id_, name, seconds, left in timers
        )
        return router.answer(text, Room(now=now, timers=running, **room))

    return asked


@pytest.fixture(scope="session")
def known():
    """Questions of the starter model's domain with their right answers."""
    sys.path.insert(0, str(DOMAIN))
    try:
        from dialogues import Dialogues
    finally:
        sys.path.remove(str(DOMAIN))
    drawn = zip(range(2000), Dialogues()(11), strict=False)
    turns = [turn for _, dialogue in drawn for turn in dialogue.turns if turn.kind == "fact"]
    return sorted({(turn.user, turn.answer) for turn in turns})
