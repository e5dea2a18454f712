from __future__ import annotations

import pytest

from roomtone.speak.number import MOST, cardinal, decimal, digits, ordinal, year


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (101, "one hundred one"),
        (1000, "one thousand"),
        (12_345, "twelve thousand three hundred forty-five"),
        (1_000_001, "one million one"),
        (3_000_000_000, "three billion"),
        (-7, "minus seven"),
    ],
)
def test_a_whole_number_is_counted_out(number: int, said: str) -> None:
    assert cardinal(number) == said


def test_a_number_too_long_to_follow_is_read_digit_by_digit() -> None:
    assert cardinal(MOST).startswith("nine hundred ninety-nine trillion")
    assert cardinal(MOST + 1) == "one" + " zero" * 15


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (5, "fifth"),
        (8, "eighth"),
        (9, "ninth"),
        (11, "eleventh"),
        (12, "twelfth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (32, "thirty-second"),
        (40, "fortieth"),
        (100, "one hundredth"),
        (112, "one hundred twelfth"),
        (1000, "one thousandth"),
    ],
)
def test_a_place_in_a_row_is_an_ordinal(number: int, said: str) -> None:
    assert ordinal(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1066, "ten sixty-six"),
        (1200, "twelve hundred"),
        (1900, "nineteen hundred"),
        (1905, "nineteen oh five"),
        (1989, "nineteen eighty-nine"),
        (2000, "two thousand"),
        (2007, "two thousand seven"),
        (2010, "twenty ten"),
        (2026, "twenty twenty-six"),
        (753, "seven hundred fifty-three"),
        (2100, "two thousand one hundred"),
    ],
)
def test_a_year_is_read_in_pairs(number: int, said: str) -> None:
    assert year(number) == said


def test_digits_behind_the_point_are_read_one_by_one() -> None:
    assert decimal("3.14") == "three point one four"
    assert decimal("1,234.05") == "one thousand two hundred thirty-four point zero five"
    assert decimal("0.5") == "zero point five"
    assert decimal("42") == "forty-two"


def test_leading_zeros_are_heard() -> None:
    assert decimal("007") == "zero zero seven"
    assert digits("0042") == "zero zero four two"
