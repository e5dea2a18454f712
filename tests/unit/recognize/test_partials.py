from __future__ import annotations

from roomtone.recognize.partials import Agreement, PartialPace


def test_the_first_partial_waits_for_half_a_second_of_sound() -> None:
    pace = PartialPace()
    assert not pace.due(0.4, busy=False)
    assert pace.due(0.5, busy=False)


def test_partials_follow_every_300_ms_of_new_sound() -> None:
    pace = PartialPace()
    asked = [tick for tick in range(0, 2000, 20) if pace.due(tick / 1000, busy=False)]
    assert asked == [500, 800, 1100, 1400, 1700]


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


def test_words_count_once_two_readings_agree_on_them() -> None:
    agreement = Agreement()
    assert agreement.add("what") == ""
    assert agreement.add("what time") == "what"
    assert agreement.add("what time is it") == "what time"


def test_case_and_stops_do_not_hinder_agreement() -> None:
    agreement = Agreement()
    agreement.add("What time.")
    assert agreement.add("what time is it") == "what time"


def test_the_volatile_end_is_not_committed() -> None:
    agreement = Agreement()
    agreement.add("set a timer for fifty")
    assert agreement.add("set a timer for fifteen minutes") == "set a timer for"


def test_what_is_committed_stays_and_is_never_continued_by_another_reading() -> None:
    agreement = Agreement()
    agreement.add("turn on the")
    agreement.add("turn on the lamp")
    agreement.add("turn off the lamp now")
    assert agreement.add("turn off the lamp now please") == "turn on the"
    assert agreement.committed == "turn on the"


def test_an_empty_reading_commits_nothing() -> None:
    agreement = Agreement()
    agreement.add("")
    assert agreement.add("stop") == ""
