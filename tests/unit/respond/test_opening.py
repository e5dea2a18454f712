"""Clauses that are spoken before their sentence is written, and those that must not be."""

import random

import pytest

from roomtone.respond.fit import Fit
from roomtone.respond.judgement import judge, leads
from roomtone.respond.opening import FEWEST_LETTERS, FEWEST_WORDS, Opening
from roomtone.respond.outside import tame
from roomtone.respond.sentence import Splitter
from roomtone.respond.settings import AnswerSettings
from unit.respond.answers import RIGHT

SETTINGS = AnswerSettings()
WAKES = ("hey jarvis", "computer")
MOON = "what is the moon"


def opened(question, written, *, earlier=("", ""), wakes=WAKES):
    """Clauses given away of `written`, word by word, and what is left behind them."""
    splitter, fit, opening = Splitter(), Fit(SETTINGS), Opening(question, earlier, wakes)
    given = []
    for word in written.split(" "):
        if splitter.feed(f"{word} "):
            break
        if clause := opening.take(splitter.begun, fit):
            given.append(str(clause))
    first = next(iter([*(whole := Splitter()).feed(f"{written} "), *whole.flush()]), "")
    return given, opening.rest(Fit(SETTINGS).take(first) or "") if given else ""


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        (MOON, ["The Moon is a ball of rock,", "which goes around the Earth."]),
        (
            "when did people walk on the moon",
            [
                "On July 20, 1969,",
                "two people walked on the Moon,",
                "and a third one waited above them.",
            ],
        ),
        (
            "why is the sky blue",
            ["The sky is blue", "because the air scatters the short waves of its light more."],
        ),
        (
            "how do vaccines work",
            ["Vaccines train the body to know a germ", "and to fight it before it can spread."],
        ),
        (
            "what is a planet",
            ["A planet is a large round body", "with its own path around a star for ever."],
        ),
    ],
)
def test_a_sentence_is_given_away_clause_by_clause(question, pieces):
    given, rest = opened(question, " ".join(pieces))
    assert [*given, rest] == pieces


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (MOON, "Well, yes, it is."),
        (MOON, "The Moon is round and cold."),
        ("what is there", "It weighs 1, 2 or 3 pounds."),
        ("when was it", "It was built on May 5, 1950."),
        ("can you help me", "Happy to help, just ask me."),
        (MOON, "**The Moon is** a rock, as you know."),
        (MOON, "The Moon (our only one) is a rock, as you know."),
        (MOON, "User: what about the Moon, then, is it a rock?"),
        (MOON, "<think>The Moon is a rock, as you know. </think> It is."),
        (MOON, "```The Moon is a rock, as you know."),
        (MOON, '{"moon": "The Moon is a rock, as you know"}'),
        (MOON, "Here is the thing, about the Moon: it is a rock."),
        (MOON, "As an AI language model, I cannot see the Moon, but it is a rock."),
        (MOON, "The Moon, hey jarvis, is a rock."),
        ("who are you", "You are Roomtone, a friendly voice assistant."),
        ("who are you", "I answer in spoken sentences, if I can."),
        (MOON, "\u041b\u0443\u043d\u0430 \u044d\u0442\u043e \u0448\u0430\u0440, \u0434\u0430."),
        (MOON, "Albert Einstein was a physicist, who lived in Germany."),
        ("what is the moon, do you know", "What is the Moon, do you know that?"),
    ],
)
def test_what_might_not_remain_waits_for_the_end_of_its_sentence(question, written):
    given, _ = opened(question, written)
    assert given == []


def test_what_may_be_the_answer_before_waits_too():
    earlier = ("who wrote hamlet", "A poet wrote it, William Shakespeare.")
    assert opened("and macbeth", earlier[1], earlier=earlier) == ([], "")
    assert opened("who wrote hamlet", earlier[1], earlier=earlier)[0] == ["A poet wrote it,"]


def test_a_sentence_that_comes_to_something_else_has_no_rest():
    opening = Opening(MOON, ("", ""), WAKES)
    assert opening.take("The Moon is a rock, and ", Fit(SETTINGS)) == "The Moon is a rock,"
    assert opening.rest("The Moon is a rock, and it is far.") == "and it is far."
    assert opening.rest("The Moon was a rock, and it is far.") == ""
    assert opening.rest("The Moon is a rock,") == ""
    assert opening.take("Another sentence is there, and ", Fit(SETTINGS)) is None


def test_right_answers_begin_early_and_are_said_whole():
    early = 0
    for question, answer in RIGHT:
        given, rest = opened(question, answer)
        early += bool(given)
        assert not given or answer.startswith(" ".join([*given, rest]))
        assert not given or rest
        assert all(len(one) >= FEWEST_LETTERS for one in given)
        assert all(len(one.split()) >= FEWEST_WORDS for one in given)
    assert early >= 10


ENDS = (
    ", which you are Roomtone, a friendly voice assistant in a home.",
    ", and hey jarvis, what time is it, please.",
    ", but **you** (see www.example.com) can stop. Stop.",
    ", \u5df4\u9ece\u662f\u9996\u90fd\u5df4\u9ece\u662f\u9996\u90fd\u5df4\u9ece\u662f\u9996\u90fd.",
    ", and and and and and and it goes on.",
)


def test_nothing_is_given_away_of_what_is_withheld_from_its_beginning_on(known):
    """Of answers to other questions: what is judged unfit as a whole is not begun either."""
    answers = [answer for _, answer in (*known, *RIGHT)]
    random.Random(5).shuffle(answers)  # noqa: S311 - the same order every time
    questions = [question for question, _ in (*known, *RIGHT)]
    for question, answer in zip(questions, answers, strict=True):
        given, _ = opened(question, answer)
        if given:
            first = (splitter := Splitter()).feed(f"{answer} ") or splitter.flush()
            assert judge(question, first[0], SETTINGS, finished=False).kind == "fit"


@pytest.mark.parametrize("end", ENDS)
def test_however_it_goes_on_only_fit_words_are_said(end):
    for question, answer in RIGHT:
        written = answer.rstrip(".") + end
        given, rest = opened(question, written)
        if not given:
            continue
        said = " ".join([*given, rest])
        assert not any(wake in said.lower() for wake in WAKES)
        assert tame(said, WAKES) == said.strip()
        assert "you are Roomtone" not in " ".join(given)
        assert not any(letter > "\u024f" for letter in " ".join(given))


@pytest.mark.parametrize(
    ("question", "beginning", "sure"),
    [
        ("what is the capital of france", "The capital of France,", True),
        ("what is the capital of france", "Albert Einstein,", False),
        ("what is the capital of france", "It lies on a river,", True),
        ("how many legs does a spider have", "Twenty,", False),
        ("how are you", "A man comes to a doctor,", True),
    ],
)
def test_a_beginning_is_sure_when_it_keeps_to_its_question(question, beginning, sure):
    assert leads(question, beginning) is sure


def test_a_call_that_a_clause_cuts_in_two_is_never_said_to_its_end():
    given, rest = opened("how do i call you", "You can always say hey, jarvis is what I am called.")
    assert given == ["You can always say hey,"]
    assert rest == ""


@pytest.mark.parametrize(
    ("written", "clause"),
    [
        ("Vincent van Gogh painted it,", "Vincent van Gogh painted it,"),
        ("It fell on the 4th of July,", None),
        ("It weighs about 384,", None),
        ("It is in the north of it,", "It is in the north of it,"),
    ],
)
def test_a_comma_behind_a_plain_word_is_spoken_before_the_next_token(written, clause):
    opening = Opening("who painted it", ("", ""), WAKES)
    assert opening.take(written, Fit(SETTINGS)) == clause
