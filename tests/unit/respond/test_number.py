import pytest

from roomtone.respond import number


@pytest.mark.parametrize(
    ("spoken", "digits"),
    [
        ("twenty five", "25"),
        ("one hundred and five", "105"),
        ("a hundred", "100"),
        ("two thousand one hundred", "2100"),
        ("three million", "3000000"),
        ("a dozen eggs", "12 eggs"),
        ("two dozen", "24"),
        ("two and a half", "2.5"),
        ("one and a quarter", "1.25"),
        ("three point one four", "3.14"),
        ("five twenty", "5 20"),
        ("one two three", "1 2 3"),
        ("nineteen eighty four", "19 84"),
        ("2 million", "2000000"),
        ("zero", "0"),
        ("the third of may", "the 3rd of may"),
        ("the twenty eighth of may", "the 28th of may"),
        ("twenty second timer", "20 second timer"),
        ("a second timer", "a second timer"),
        ("bread and butter", "bread and butter"),
        ("five and six", "5 and 6"),
        ("a hundred and a bit", "100 and a bit"),
        ("what is the point", "what is the point"),
        ("hundreds of people", "hundreds of people"),
    ],
)
def test_spoken_numbers_become_digits_and_other_words_stay(spoken, digits):
    assert " ".join(number.with_digits(spoken.split())) == digits


@pytest.mark.parametrize("n", [0, 7, 12, 20, 21, 99, 100, 105, 342, 1000, 1001, 45_678, 999_999])
def test_words_read_back_as_the_same_number(n):
    assert number.with_digits(number.words(n).split()) == [str(n)]


@pytest.mark.parametrize(
    ("text", "number_"), [("7", 7), ("3.5", 3.5), ("minus 4", -4), ("negative 2.5", -2.5)]
)
def test_a_number_has_its_value(text, number_):
    assert number.value(text) == number_


@pytest.mark.parametrize("text", ["", "seven", "1 2", "1e5", "minus"])
def test_what_is_no_number_has_no_value(text):
    with pytest.raises(ValueError, match="not a number"):
        number.value(text)


@pytest.mark.parametrize(
    ("number_", "text"),
    [
        (56.0, "56"),
        (3.14159, "3.14"),
        (-2.0, "minus 2"),
        (0.5, "0.5"),
        (100.0, "100"),
        (-0.001, "0"),
    ],
)
def test_figures_are_rounded_and_bare(number_, text):
    assert number.figures(number_) == text


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("10 minutes", "Ten minutes"),
        ("25 minutes", "Twenty five minutes"),
        ("pizza timer", "Pizza timer"),
        ("10:05 is late", "10:05 is late"),
        ("3.5 miles", "3.5 miles"),
        ("", ""),
    ],
)
def test_a_sentence_opens_with_a_word(text, opened):
    assert number.opened(text) == opened


def test_ordinals_have_their_endings():
    assert [number.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 31)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "31st")
    ]
