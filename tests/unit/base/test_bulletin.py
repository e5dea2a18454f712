"""Observers never hold up the voice."""

from __future__ import annotations

import asyncio

from roomtone.base import event
from roomtone.base.bulletin import DEPTH, Bulletin


def test_a_slow_observer_loses_its_oldest_events() -> None:
    async def watch() -> None:
        bulletin = Bulletin()
        following = bulletin.follow()
        first = asyncio.ensure_future(anext(following))
        await asyncio.sleep(0)
        for number in range(DEPTH + 5):
            bulletin.publish(event.NothingHeard(turn=number))
        assert (await first).turn == 5
        await following.aclose()

    asyncio.run(watch())


def test_a_listener_hears_at_once() -> None:
    heard: list[event.Event] = []
    bulletin = Bulletin()
    bulletin.listen(heard.append)
    bulletin.publish(event.StopHeard())
    assert heard == [event.StopHeard()]


def test_a_listener_that_fails_keeps_nobody_from_hearing(caplog) -> None:
    def fails(_happened: event.Event) -> None:
        raise ValueError("canary")

    heard: list[event.Event] = []
    bulletin = Bulletin()
    bulletin.listen(fails)
    bulletin.listen(heard.append)
    bulletin.publish(event.StopHeard())
    assert heard == [event.StopHeard()]
    assert "canary" not in caplog.text
