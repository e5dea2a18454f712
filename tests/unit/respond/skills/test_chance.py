import datetime as dt

from roomtone.respond.skills.chance import MOMENT

BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def moments(count):
    return (BEGIN + dt.timedelta(seconds=n * MOMENT) for n in range(count))


def test_what_is_drawn_before_the_end_is_sure_holds_a_moment_later(ask):
    later = dt.timedelta(seconds=0.7)
    assert all(ask("roll a die", now=m) == ask("roll a die", now=m + later) for m in moments(20))


def test_a_die_shows_every_face_and_no_other(ask):
    assert {ask("roll a die", now=now).text for now in moments(100)} == {
        *("One.", "Two.", "Three.", "Four.", "Five.", "Six.")
    }


def test_a_coin_has_two_sides(ask):
    assert {ask("flip a coin", now=now).text for now in moments(30)} == {"Heads.", "Tails."}


def test_a_number_lies_between_its_bounds(ask):
    said = {ask("pick a number between three and five", now=now).text for now in moments(50)}
    assert said == {"Three.", "Four.", "Five."}
    assert ask("pick a number between five and three") is None
