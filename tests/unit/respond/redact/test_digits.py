import pytest

from roomtone.respond.redact.digits import digits, values


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("seven", "7"),
        ("oh", "0"),
        ("zwanzig", "20"),
        ("42", "42"),
        ("thousand", ""),
        ("house", None),
    ],
)
def test_a_word_stands_for_digits(word, said):
    assert digits(word) == said


def test_a_compound_holds_at_least_two_digits():
    assert all(
        len(digits(word) or "") >= 2 for word in ("dreiundzwanzig", "eenentwintig", "ventitre")
    )


def test_tens_and_a_unit_are_one_number():
    assert values(["twenty", "three", "twenty", "oh", "three"]) == ["2", "3", "20", "0", "3"]
