import pytest

from roomtone.respond.judgement import SAID, judge
from roomtone.respond.settings import AnswerSettings

SETTINGS = AnswerSettings()


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        ("what is the capital of france", "Paris is the capital of France.", "fit"),
        ("what is the capital of france", "I don't know that.", "fit"),
        ("can you help me", "Sure!", "fit"),
        ("what is the capital of france", "", "empty"),
        ("what is the capital of france", " \n\U0001f600 ***", "empty"),
        ("what is the capital of france", '{"city": "Paris"}', "unfit"),
        ("what is the capital of france", "```\nParis\n```", "unfit"),
        ("what is the capital of france", "\u5df4\u9ece\u662f\u9996\u90fd\u3002", "unfit"),
        ("who are you", "You are Roomtone, a friendly voice assistant in a home.", "unfit"),
        ("what is the capital of france", "What is the capital of France?", "repeated"),
        ("what is the capital of france", "Albert Einstein was from Germany.", "off_question"),
        ("what is the capital of france", "The capital of France is called", "cut_off"),
    ],
)
def test_an_answer_is_judged(question, answer, kind):
    verdict = judge(question, answer, SETTINGS)
    assert verdict.kind == kind
    assert verdict.kind == "fit" or SAID[verdict.kind].endswith(".")


def test_the_same_answer_to_another_question_is_repeated():
    earlier = ("who wrote hamlet", "William Shakespeare wrote Hamlet.")
    answer = "William Shakespeare wrote Hamlet."
    assert judge("and macbeth", answer, SETTINGS, earlier=earlier).kind == "repeated"
    assert judge("Who wrote Hamlet?", answer, SETTINGS, earlier=earlier).kind == "fit"
    short = ("is it late", "Yes.")
    assert judge("is it dark", "Yes.", SETTINGS, earlier=short).kind == "fit"


def test_the_first_sentence_of_an_answer_need_not_be_its_last():
    answer = "The capital of France is called"
    assert judge("the capital of france", answer, SETTINGS, finished=False).kind == "fit"


def test_what_breaks_off_behind_the_allowed_sentences_is_not_missed():
    answer = "One is odd. Two is even. Three is odd. Four is"
    assert judge("count", answer, SETTINGS).kind == "fit"


def test_what_is_fit_to_be_heard_comes_with_the_verdict():
    verdict = judge("what is far", "**The moon** is far \U0001f600", SETTINGS)
    assert verdict.text == "The moon is far"
