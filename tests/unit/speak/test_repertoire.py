from __future__ import annotations

from roomtone.speak.repertoire import MOST, Repertoire


def test_what_was_learned_is_given_as_it_was() -> None:
    repertoire = Repertoire()
    assert repertoire.learn("Done.", [b"ab", b"cd"])
    assert repertoire.sound("Done.") == (b"ab", b"cd")
    assert repertoire.sound("done") == ()


def test_there_is_an_end_to_what_it_holds() -> None:
    repertoire = Repertoire(most=10)
    assert repertoire.learn("one", [b"12345", b"6"])
    assert not repertoire.learn("two", [b"12345"])
    assert repertoire.learn("three", [b"1234"])
    assert repertoire.sound("two") == ()
    assert repertoire.learn("one", [b"12345", b"6"])
    assert MOST == 8 * 1024 * 1024
