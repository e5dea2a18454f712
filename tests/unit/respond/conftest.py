import datetime as dt

import pytest

from roomtone.base.room import Room, Timer
from roomtone.respond.route import Router

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
