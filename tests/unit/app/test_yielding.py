"""Our own sound gives way to a voice, and takes no longer than it must."""

from __future__ import annotations

import pytest

from roomtone.app.yielding import IN_VAIN, LONGEST, PATIENCE, Yielding


class Queue:
    """What `Yielding` needs of a player."""

    def __init__(self, queued: float = 5.0) -> None:
        self.queued = queued
        self.paused = False

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False


@pytest.fixture
def player() -> Queue:
    return Queue()


def test_it_is_silent_while_somebody_speaks_and_is_weighed(player: Queue) -> None:
    yielding = Yielding(player)
    yielding.began(10.0)
    assert player.paused
    yielding.ended(11.0)
    yielding.step(11.0 + PATIENCE - 0.01)
    assert player.paused


def test_a_core_that_says_nothing_is_not_waited_for(player: Queue) -> None:
    yielding = Yielding(player)
    yielding.began(10.0)
    yielding.ended(11.0)
    yielding.step(11.0 + PATIENCE)
    assert not player.paused


def test_talk_without_an_end_is_not_waited_for(player: Queue) -> None:
    yielding = Yielding(player)
    yielding.began(10.0)
    yielding.step(10.0 + LONGEST)
    assert not player.paused


def test_it_goes_on_when_the_core_says_so(player: Queue) -> None:
    yielding = Yielding(player)
    yielding.began(10.0)
    yielding.resume()
    assert not player.paused


def test_where_nothing_sounds_nothing_gives_way() -> None:
    player = Queue(queued=0.0)
    Yielding(player).began(10.0)
    assert not player.paused


def test_a_television_does_not_keep_an_answer_from_being_heard(player: Queue) -> None:
    yielding = Yielding(player)
    for number in range(IN_VAIN):
        yielding.began(10.0 * number)
        yielding.resume()
    yielding.began(50.0)
    assert not player.paused
    player.queued = 0.0
    yielding.step(60.0)
    player.queued = 5.0
    yielding.began(61.0)
    assert player.paused


def test_a_voice_at_the_very_end_of_an_answer_does_not_hold_the_next_one(player: Queue) -> None:
    yielding = Yielding(player)
    yielding.began(10.0)
    yielding.over()
    assert not player.paused
