from __future__ import annotations

from roomtone.recognize.partials import PartialPace


def test_the_first_partial_waits_for_half_a_second_of_sound() -> None:
    pace = PartialPace()
    assert not pace.due(0.4)
    assert pace.due(0.5)


def test_partials_follow_every_300_ms_of_new_sound() -> None:
    pace = PartialPace()
    asked = [tick for tick in range(0, 2000, 20) if pace.due(tick / 1000)]
    assert asked == [500, 800, 1100, 1400, 1700]


def test_a_long_utterance_is_read_along_less_often() -> None:
    pace = PartialPace()
    asked = [tick / 1000 for tick in range(0, 9000, 20) if pace.due(tick / 1000)]
    assert len(asked) <= 21
    assert asked[-1] > 7.5


def test_where_somebody_stops_a_partial_need_not_wait() -> None:
    pace = PartialPace()
    assert not pace.due(0.4, stopped=True)
    assert pace.due(0.5)
    assert not pace.due(0.58, stopped=True)
    assert not pace.due(0.6)
    assert pace.due(0.6, stopped=True)
    assert not pace.due(0.88)
    assert pace.due(0.9)
