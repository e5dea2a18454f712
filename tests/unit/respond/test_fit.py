import pytest

from roomtone.respond.fit import MOST_WORDS, NOTHING, Fit
from roomtone.respond.settings import AnswerSettings


def fitted(*sentences, most=3):
    fit = Fit(AnswerSettings(max_sentences=most))
    said = [plain for sentence in sentences if (plain := fit.take(sentence))]
    if last := fit.finish():
        said.append(last)
    return said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The **moon** is *far*.", "The moon is far."),
        ("# The Moon", "The Moon"),
        ("- Milk", "Milk"),
        ("1. Boil water.", "Boil water."),
        ("See [the map](https://x.org/a_b) now.", "See the map now."),
        ("Look at https://example.org/x for more.", "Look at for more."),
        ("Use `ls` here.", "Use ls here."),
        ("Hello \U0001f600 you \u2728!", "Hello you!"),
        ("<b>Yes</b>.", "Yes."),
        ("Assistant: It is late.", "It is late."),
        ("| a | b |", "a, b"),
        ("It is 3.5 * 2.", "It is 3.5 * 2."),
        ("snake_case stays.", "snake_case stays."),
        ("It is minus 5 to -3 degrees.", "It is minus 5 to -3 degrees."),
    ],
)
def test_markup_is_not_read_out(written, said):
    assert fitted(written) == [said]


def test_an_answer_ends_after_the_allowed_sentences():
    assert fitted("One.", "Two.", "Three.", "Four.") == ["One.", "Two.", "Three."]


def test_it_is_full_at_once_so_that_the_model_can_be_told_to_stop():
    fit = Fit(AnswerSettings(max_sentences=1))
    assert fit.take("Yes.") == "Yes."
    assert fit.full


def test_an_answer_ends_before_it_gets_long():
    long = " ".join(["word"] + [f"w{n}" for n in range(MOST_WORDS - 10)]) + "."
    assert fitted(long, "Eleven more words would be too many for anyone to hear.") == [long]


def test_a_single_endless_sentence_is_cut_at_a_clause():
    words = [f"w{n}" for n in range(100)]
    words[50] += ","
    (said,) = fitted(" ".join(words))
    assert said.endswith("w50.")


def test_a_repeated_sentence_ends_the_answer():
    assert fitted("It is far.", "It is FAR!", "Very.") == ["It is far."]


def test_words_that_run_in_circles_are_cut():
    assert fitted("The cat and the dog and the dog and the dog and the dog.") == [
        "The cat and the dog."
    ]


def test_saying_no_twice_is_no_circle():
    assert fitted("No, no, that is very, very good.") == ["No, no, that is very, very good."]


def test_code_is_left_out():
    assert fitted("Try this.", "```python", "print(1)", "```", "Good luck.") == [
        "Try this.",
        "Good luck.",
    ]


def test_nothing_to_say_is_said():
    assert fitted("\U0001f600", "***", "  ") == [NOTHING]
    assert fitted() == [NOTHING]
