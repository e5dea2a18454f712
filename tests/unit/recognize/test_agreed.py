from __future__ import annotations

from roomtone.recognize.agreed import Agreed


def test_one_reading_agrees_on_nothing() -> None:
    agreed = Agreed()
    assert not agreed.feed("what is the")
    assert agreed.text == ""


def test_two_readings_agree_on_how_both_begin() -> None:
    agreed = Agreed()
    agreed.feed("what is the cap")
    assert agreed.feed("what is the capital of")
    assert agreed.text == "what is the"


def test_case_and_punctuation_do_not_disagree() -> None:
    agreed = Agreed()
    agreed.feed("What is the capital?")
    assert agreed.feed("what is the capital of sweden")
    assert agreed.text == "what is the capital"


def test_what_was_agreed_on_is_not_taken_back() -> None:
    agreed = Agreed()
    agreed.feed("what is the capital")
    agreed.feed("what is the capital of")
    assert not agreed.feed("what is a capital")
    assert not agreed.feed("what is a capital of")
    assert agreed.text == "what is the capital"


def test_the_same_again_is_no_news() -> None:
    agreed = Agreed()
    agreed.feed("what is")
    assert agreed.feed("what is")
    assert not agreed.feed("what is")
