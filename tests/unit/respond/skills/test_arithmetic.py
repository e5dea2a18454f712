import pytest


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is seven times eight", "That's 56."),
        ("What's 7 x 8?", "That's 56."),
        ("two plus two", "That's 4."),
        ("what is two plus three times four", "That's 14."),
        ("what is ten minus four minus three", "That's 3."),
        ("what is five minus eight", "That's minus 3."),
        ("what is ten divided by four", "That's 2.5."),
        ("what is ten divided by three", "That's about 3.333."),
        ("what is fifteen percent of eighty", "That's 12."),
        ("What's 7.5% of 200?", "That's 15."),
        ("what is the square root of eighty one", "That's 9."),
        ("what is the square root of two", "That's about 1.414."),
        ("what is nine squared", "That's 81."),
        ("what is half of ninety", "That's 45."),
        ("what is a third of ninety", "That's 30."),
        ("what is three quarters of eighty", "That's 60."),
        ("what is two to the power of ten", "That's 1024."),
        ("what is three point five plus one", "That's 4.5."),
        ("what is one divided by zero", "That has no result."),
        ("what is the square root of minus one", "That has no result."),
    ],
)
def test_sums_are_done(ask, question, answer):
    assert ask(question).text == answer


def test_a_sum_goes_on_from_the_last_result(ask):
    assert ask("times two", last_reply="That's 56.").text == "That's 112."
    assert ask("and minus six", last_reply="That's about 3.5.").text == "That's minus 2.5."
    assert ask("times two", last_reply="It's 10:05.") is None


@pytest.mark.parametrize(
    "question", ["what is 9 to the power of 99", "what is 9 to the power of 9999"]
)
def test_no_number_is_too_large_to_be_refused(ask, question):
    assert "number" in ask(question).text or "result" in ask(question).text
