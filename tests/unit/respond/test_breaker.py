"""A provider that fails again and again is left alone for a while."""

from __future__ import annotations

from roomtone.respond.breaker import REST, SHORT, WINDOW, Breaker


def fallen(at: float = 0.0) -> Breaker:
    breaker = Breaker(draw=lambda: 0.0)
    for seconds in range(3):
        assert breaker.begin(at + seconds)
        breaker.failed(at + seconds)
    return breaker


def test_three_failures_in_a_minute_open_it_for_half_a_minute():
    breaker = fallen()
    assert breaker.rests_s(2.0) == REST
    assert not breaker.begin(2.0 + REST - 0.1)
    assert breaker.begin(2.0 + REST)


def test_failures_that_lie_far_apart_or_two_of_them_do_not():
    breaker = Breaker()
    for at in (0.0, 40.0, WINDOW + 1, 200.0):
        assert breaker.begin(at)
        breaker.failed(at)
    assert breaker.rests_s(200.0) == 0


def test_answers_in_between_do_not_hide_that_it_comes_and_goes():
    breaker = Breaker()
    for at in (0.0, 7.0, 14.0):
        breaker.succeeded()
        breaker.failed(at)
    assert breaker.rests_s(14.0) >= REST


def test_after_the_rest_one_try_decides_and_the_others_wait_for_it():
    breaker = fallen()
    later = 2.0 + REST
    assert breaker.begin(later)
    assert not breaker.begin(later)
    assert breaker.rests_s(later) > 0
    breaker.failed(later)
    assert breaker.rests_s(later) == REST
    assert breaker.begin(later + REST)
    breaker.succeeded()
    assert breaker.rests_s(later + REST) == 0
    breaker.failed(later + REST)
    assert breaker.rests_s(later + REST) == 0


def test_a_try_that_was_given_up_proves_nothing_and_lets_the_next_one_in():
    breaker = fallen()
    later = 2.0 + REST
    assert breaker.begin(later)
    breaker.gave_up()
    assert breaker.begin(later)


def test_where_nobody_is_reached_rests_are_short_at_first_and_grow_to_the_usual_one():
    breaker = Breaker(draw=lambda: 0.0)
    now, rests = 0.0, []
    for _ in range(2):
        breaker.failed(now, reached=False)
    for _ in range(8):
        breaker.failed(now, reached=False)
        rests.append(breaker.rests_s(now))
        now += rests[-1]
        assert breaker.begin(now)
    assert rests == [SHORT, 2.0, 4.0, 8.0, 16.0, REST, REST, REST]
    breaker.succeeded()
    for _ in range(3):
        breaker.failed(now, reached=False)
    assert breaker.rests_s(now) == SHORT


def test_a_provider_that_is_there_and_fails_rests_as_long_as_ever():
    breaker = Breaker(draw=lambda: 0.0)
    for _ in range(2):
        breaker.failed(0.0, reached=False)
    breaker.failed(0.0)
    assert breaker.rests_s(0.0) == REST


def test_the_rest_is_longer_by_chance():
    breaker = Breaker(draw=lambda: 1.0)
    for _ in range(3):
        breaker.failed(0.0)
    assert REST < breaker.rests_s(0.0) <= 1.3 * REST
