import pytest


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how many kilometers are in five miles", "Five miles are about 8.05 kilometers."),
        ("how many feet are in a mile", "One mile is 5280 feet."),
        (
            "what is twenty degrees celsius in fahrenheit",
            "Twenty degrees Celsius are 68 degrees Fahrenheit.",
        ),
        (
            "convert thirty two fahrenheit to celsius",
            "Thirty two degrees Fahrenheit are 0 degrees Celsius.",
        ),
        ("convert 10 pounds to kg", "Ten pounds are about 4.54 kilograms."),
        ("how many cups are in a liter", "One liter is about 4.23 cups."),
        ("how many seconds are in a day", "One day is 86400 seconds."),
        ("How many inches is 2.54 cm?", "2.54 centimeters are 1 inch."),
        ("how many days are in february", "February has 28 days, or 29 in a leap year."),
        ("how many days does march have", "March has 31 days."),
        ("how many miles are in a pound", "I can't turn pounds into miles."),
    ],
)
def test_units_are_converted(ask, question, answer):
    assert ask(question).text == answer
