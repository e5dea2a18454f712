import datetime as dt

from roomtone.respond.facts import facts

NOW = dt.datetime(2026, 11, 21, 9, 5, tzinfo=dt.UTC)


def test_the_moment_is_told_in_one_line():
    assert facts(NOW) == "Facts: It is Saturday, 21 November 2026, 09:05."


def test_notes_follow_as_sentences():
    assert facts(NOW, ["the key is under the pot", "The vet is on main street."]).endswith(
        "\nNotes: the key is under the pot. The vet is on main street."
    )
