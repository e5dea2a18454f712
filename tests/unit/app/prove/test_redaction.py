"""A redactor that leaks is found, and nothing that leaked is told again."""

from __future__ import annotations

from roomtone.app.prove import redaction
from roomtone.respond.redact import corpus

ITEMS = list(corpus.items(1, 60))
NAMES = ("Bartholomew", "Ann")


def everything(_names, _text):
    return "WORD_1"


def test_a_redactor_that_does_nothing_breaks_it():
    found = redaction.hidden(ITEMS, lambda _names, text: text, 1)
    assert found.verdict == "broken"
    assert "60 of 60" in found.said
    assert "(seed 1)" in found.said


def test_one_item_that_comes_through_breaks_it():
    def forgetful(_names, text):
        return text if text == ITEMS[7].text else "WORD_1"

    found = redaction.hidden(ITEMS, forgetful, 1)
    assert found.verdict == "broken"
    assert found.said.startswith("1 of 60")
    assert ITEMS[7].secret not in found.said


def test_a_redactor_that_hides_everything_holds():
    assert redaction.hidden(ITEMS, everything, 1).verdict == "holds"
    assert redaction.listed(NAMES, everything, "").verdict == "holds"


def test_a_name_of_the_household_that_comes_through_breaks_it_and_is_not_told():
    found = redaction.listed(NAMES, lambda _names, text: text.replace("Ann", "NAME_1"), "")
    assert found.verdict == "broken"
    assert "1 of 2 names" in found.said
    assert "Bartholomew" not in found.said


def test_names_that_nobody_lists_are_no_promise():
    found = redaction.listed((), everything, redaction.recall(ITEMS[:3], lambda _names, text: text))
    assert found.verdict == "not tried"
    assert "only 0 were replaced" in found.said


def test_the_household_s_own_names_are_hidden_by_the_real_one():
    assert redaction.listed(NAMES, redaction.veiled, "").verdict == "holds"
