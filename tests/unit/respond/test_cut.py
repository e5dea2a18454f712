import pytest

from roomtone.respond.cut import is_cut


@pytest.mark.parametrize(
    "answer",
    [
        "The Moon is about 384,000",
        "The capital of France is",
        "It has eight legs and",
        "Plants use sunlight to make sugar and oxygen from water and carbon",
        "It is big. It is also very old and",
        "It is big. It was",
        "The list is: milk,",
        "It was built (by the Romans in",
        "It is very\u2026",
        "And then...",
        "The author is J. R. R. Tolk",
        "a well-",
    ],
)
def test_a_sentence_that_breaks_off_is_cut(answer):
    assert is_cut(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "Paris",
        "About ten kilometers",
        "Paris is the capital of France.",
        "Is it late?",
        'He said "wait."',
        "It is big (and old).",
        "Yes!",
        "**Paris.**",
        "It is far. It is big.",
        "At 7 p.m.",
        "3.14159",
    ],
)
def test_a_whole_one_is_not(answer):
    assert not is_cut(answer)
