from __future__ import annotations

from roomtone.recognize.partials import PartialPace


def test_the_first_partial_waits_for_half_a_second_of_sound() -> None:
    pace = PartialPace()
    assert not pace.due(0.4, busy=False)
    assert pace.due(0.5, busy=False)


def test_partials_follow_every_300_ms_of_new_sound() -> None:
    pace = PartialPace()
    asked = [tick for tick in range(0, 2000, 20) if pace.due(tick / 1000, busy=False)]
    assert asked == [500, 800, 1100, 1400, 1700]


def test_a_long_utterance_is_read_along_less_often() -> None:
    pace = PartialPace()
    asked = [tick / 1000 for tick in range(0, 9000, 20) if pace.due(tick / 1000, busy=False)]
    assert len(asked) <= 21
    assert asked[-1] > 7.5


def test_a_busy_transcriber_is_left_alone_and_asked_once_it_is_idle() -> None:
    pace = PartialPace()
    assert not pace.due(0.6, busy=True)
    assert not pace.due(1.6, busy=True)
    assert pace.due(1.62, busy=False)
    assert not pace.due(1.8, busy=False)


def test_no_partial_is_asked_for_after_the_end() -> None:
    pace = PartialPace()
    pace.end()
    assert not pace.due(5.0, busy=False)
