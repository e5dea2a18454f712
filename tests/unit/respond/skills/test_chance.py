import datetime as dt


def moments(count):
    return (dt.datetime(2026, 1, 1, 0, 0, 0, n * 7919, tzinfo=dt.UTC) for n in range(count))


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
