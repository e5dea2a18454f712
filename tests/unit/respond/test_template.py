import pytest

from roomtone.respond.template import Template

PATTERNS = {"n": r"\d+", "name": "[a-z]+"}


def test_a_template_matches_the_whole_utterance_or_nothing():
    template = Template("stop [it]", {})
    assert template.match("stop") == {}
    assert template.match("stop it") == {}
    assert template.match("stop it now") is None
    assert template.match("please stop") is None


def test_words_never_run_into_one_another():
    template = Template("set [a] timer", {})
    assert template.match("set timer") == {}
    assert template.match("settimer") is None
    assert template.match("set atimer") is None


def test_slots_are_named_and_absent_when_not_taken():
    template = Template("(set {n:count}|call {name})", PATTERNS)
    assert template.match("set 5") == {"count": "5"}
    assert template.match("call mom") == {"name": "mom"}


def test_the_same_slot_may_stand_in_several_branches():
    template = Template("({n} timer|timer {n})", PATTERNS)
    assert template.match("timer 7") == {"n": "7"}
    assert template.match("7 timer") == {"n": "7"}


def test_words_of_a_template_are_spelled_like_what_is_heard():
    assert Template("what's [the] first number", {}).match("what is the 1st number") == {}


def test_an_unknown_slot_is_refused():
    with pytest.raises(ValueError, match="colour"):
        Template("make it {colour}", PATTERNS)
