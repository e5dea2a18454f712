import datetime as dt

import pytest


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what day is it", "It's Saturday, November 21st."),
        ("what's the date", "It's Saturday, November 21st."),
        ("What is today's date?", "It's Saturday, November 21st."),
        ("what day is it tomorrow", "Tomorrow is Sunday, November 22nd."),
        ("what is tomorrow's date", "Tomorrow is Sunday, November 22nd."),
        ("what day was yesterday", "Yesterday was Friday, November 20th."),
        ("what month is it", "It's November."),
        ("what year is it", "It's 2026."),
        ("which week of the year is it", "It's week 47."),
        ("is it monday today", "No, it's Saturday."),
        ("is today saturday", "Yes, it's Saturday."),
        ("is it a leap year", "2026 is not a leap year."),
        ("how many days until christmas", "Thirty four days."),
        ("how many weeks until christmas", "Four weeks and 6 days."),
        ("how many days until the weekend", "That is today."),
        ("when is halloween", "Halloween is on Sunday, October 31st."),
        ("when is easter", "Easter is on Sunday, March 28th."),
        ("what day of the week is december twenty fifth", "December 25th is a Friday."),
        ("what day was the third of may", "May 3rd was a Sunday."),
        ("what day is may the twenty second", "May 22nd was a Friday."),
        ("how many days until january first", "Forty one days."),
    ],
)
def test_days_are_known(ask, question, answer):
    assert ask(question).text == answer


def test_a_day_that_does_not_exist_is_left_to_others(ask):
    assert ask("what day is february thirtieth") is None


def test_the_last_day_of_february_has_no_next_year(ask):
    leap = dt.datetime(2028, 3, 1, 9, 0, tzinfo=dt.UTC)
    assert ask("how many days until february twenty ninth", now=leap) is None
