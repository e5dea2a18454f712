import random

import pytest

from roomtone.respond.relevance import is_off
from unit.respond.answers import RIGHT


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the capital of France?", "Albert Einstein was from Germany."),
        ("who painted the mona lisa", "Water freezes at 0 degrees Celsius, or 32 Fahrenheit."),
        ("how many legs does a spider have", "Leo Tolstoy wrote War and Peace."),
        ("when did the titanic sink", "The giraffe is the tallest animal."),
        ("why is the sky blue", "Ludwig van Beethoven composed the Moonlight Sonata."),
        ("where is machu picchu", "Jupiter is the largest planet."),
        ("tell me what a black hole is", "An adult has 206 bones."),
        ("could you tell me who wrote hamlet", "The Nile is about 6,650 kilometers long."),
    ],
)
def test_an_answer_to_something_else_is_off(question, answer):
    assert is_off(question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("and of spain", "Albert Einstein was from Germany."),
        ("when did he live", "Leonardo da Vinci lived from 1452 to 1519."),
        ("how are you", "Albert Einstein was from Germany."),
        ("what is my name", "You are Anna."),
        ("tell me a joke", "What do you call a sleeping bull? A bulldozer."),
        ("who wrote hamlet", "I don't know that one."),
        ("who wrote hamlet", "William Shakespeare."),
        ("what is photosynthesis", "Plants use sunlight to make sugar and oxygen."),
        ("", ""),
    ],
)
def test_in_doubt_nothing_is_off(question, answer):
    assert not is_off(question, answer)


def test_of_right_answers_fewer_than_one_in_a_hundred_is_called_off(known):
    assert len(known) > 1500
    assert sum(is_off(*pair) for pair in known) / len(known) < 0.01


def test_right_answers_in_other_words_are_not_called_off():
    assert [pair for pair in RIGHT if is_off(*pair)] == []


def test_of_answers_to_other_questions_a_third_is_called_off(known):
    answers = [answer for _, answer in known]
    random.Random(4).shuffle(answers)  # noqa: S311 - the same order every time
    wrong = [
        (question, other)
        for (question, right), other in zip(known, answers, strict=True)
        if right != other
    ]
    assert sum(is_off(*pair) for pair in wrong) / len(wrong) > 1 / 3
