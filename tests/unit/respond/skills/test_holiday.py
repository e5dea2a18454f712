import datetime as dt

import pytest

from roomtone.respond.skills import holiday


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)],
)
def test_easter_falls_on_the_published_days(year, month, day):
    assert holiday.easter(year) == dt.date(year, month, day)


def test_thanksgiving_is_the_fourth_thursday_of_november():
    assert holiday.following("thanksgiving", dt.date(2026, 11, 1)) == dt.date(2026, 11, 26)


def test_a_holiday_is_the_next_one_today_included():
    assert holiday.following("christmas", dt.date(2026, 12, 25)) == dt.date(2026, 12, 25)
    assert holiday.following("christmas", dt.date(2026, 12, 26)) == dt.date(2027, 12, 25)


@pytest.mark.parametrize("name", holiday.NAMES)
def test_every_holiday_lies_within_a_year(name):
    today = dt.date(2026, 11, 21)
    assert 0 <= (holiday.following(name, today) - today).days <= 366
