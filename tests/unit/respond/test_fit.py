import pytest

from roomtone.respond.fit import MOST_WORDS, NOTHING, Fit
from roomtone.respond.sentence import Splitter
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


def streamed(text, size=5):
    """What is said of `text` as it comes in pieces."""
    splitter, fit, said = Splitter(), Fit(AnswerSettings(max_sentences=3)), []
    for at in range(0, len(text), size):
        said += [fit.take(sentence) for sentence in splitter.feed(text[at : at + size])]
    said += [fit.take(sentence) for sentence in splitter.flush()]
    return " ".join(filter(None, [*said, fit.finish()]))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("| City | People |\n|---|---|\n| Paris | 2 million |", "City, People Paris, 2 million"),
        ("1. Boil water.\n2. Add pasta.\n3. Drain.", "Boil water. Add pasta. Drain."),
        ("- [ ] task\n- [x] done", "task done"),
        ("\u2022 Paris \u2022 Rome", "Paris, Rome"),
        ("---\n\nParis.", "Paris."),
        ("## **Heading**\n\nText.", "Heading Text."),
        ("**Answer:** Paris.", "Paris."),
        ("TL;DR: Paris.", "Paris."),
        ("### Response: Paris.", "Paris."),
        ("Sure! Here is the answer: Paris is far.", "Paris is far."),
        ("Sure, here's a short answer:\nParis.", "Paris."),
        ("Great question! The moon is far.", "The moon is far."),
        ("Certainly! The moon is far.", "The moon is far."),
        ("Sure!", "Sure!"),
        (
            "As an AI language model, I can tell you that it is far.",
            "I can tell you that it is far.",
        ),
        ("Paris is big.[1][2] It is old [citation needed].", "Paris is big. It is old."),
        ("Paris[^1] is big.\n\n[^1]: A source.", "Paris is big."),
        ("Paris is big (source: https://x.org/a?b=c).", "Paris is big."),
        ("\u5df4\u9ece\u3002 Paris\uff0c the capital\u3002", "\u5df4\u9ece. Paris, the capital."),
        ("Pa\u200bris\u200b is\u00ad big.", "Paris is big."),
        ("\u202eParis\u202c is \u2066big\u2069.", "Paris is big."),
        ("Bell\x07 and\x00 nul.", "Bell and nul."),
        ("The key is " + "x1" * 40 + " today.", "The key is today."),
        ("<p>Hello <a href='x'>there</a></p><script>alert(1)</script>", "Hello there"),
        ("Paris<br>Rome<br/>Berlin", "Paris, Rome, Berlin"),
        ("Fish &amp; chips &lt;3", "Fish & chips <3"),
        ("Line one\\nline two.", "Line one line two."),
        ("The answer is \\boxed{42}.", "The answer is 42."),
        ("5 > 3 and 2 < 4.", "5 > 3 and 2 < 4."),
        ("It costs $5 or $6.", "It costs $5 or $6."),
        ("C++ and C# are languages.", "C++ and C# are languages."),
        ("See e.g. Dr. Who at 7 p.m. today.", "See e.g. Dr. Who at 7 p.m. today."),
    ],
)
def test_nothing_of_a_page_or_a_machine_is_read_out(written, said):
    assert streamed(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<think>They ask for a city. I say Paris.</think>Paris.", "Paris."),
        ("<think>\nLet me see. It is late.\n</think>\n\nParis is big.", "Paris is big."),
        ("Hmm.</think> Paris.", "Paris."),
        ("It is big. <thinking>Or not? Hm.</thinking> It is old.", "It is big. It is old."),
        ("<think>No end. At all.", NOTHING),
    ],
)
def test_what_a_model_tells_itself_is_not_heard(written, said):
    assert streamed(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Paris.\nUser: And of Spain?\nAssistant: Madrid.", "Paris."),
        ("User: and Rome?\nAssistant: Rome.", "Rome."),
        ("Q: what?\nA: Paris.", "Paris."),
        ("Human: hello", NOTHING),
        ("<|im_start|>assistant\nParis.<|im_end|>", "Paris."),
    ],
)
def test_a_model_answers_and_asks_nothing_in_our_name(written, said):
    assert streamed(written) == said


@pytest.mark.parametrize(
    "written",
    [
        '{"answer": "Paris", "confidence": 0.9}',
        '[{"name": "set_timer", "arguments": {"seconds": 60}}]',
        '{"text": "Hello there. All is well. Yes."}',
        '<tool_call>{"name": "mute"}</tool_call>',
        "Action: search\nAction Input: Paris\nObservation: big",
        "```json\n{}\n```",
        "~~~\nls -la\n~~~",
        "```python\nprint(1)\nprint(2)",
        "https://" + "a" * 300,
    ],
)
def test_data_and_code_are_no_answer(written):
    assert streamed(written) == NOTHING


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
