"""The date, the day of the week, and how far away a day is."""

from __future__ import annotations

import calendar
import datetime as dt

from roomtone.base.room import Reply, Room
from roomtone.respond.number import opened, ordinal
from roomtone.respond.skills import holiday
from roomtone.respond.slot import MONTHS, WEEKDAYS
from roomtone.respond.template import Slots

_DATE = (
    "({month} [the] {day}|[the] {day} of {month}|{day} {month}|the {day:alone}) [{year}|of {year}]"
)
_UNTIL = (
    "(until|till|to|before|are left until|left until|are there until|is it until|are left till)"
)

SENTENCES: tuple[str, ...] = (
    "(what|which) (day|date) (is it|is today|is it today|do we have|do we have today) [{when}]",
    "what (day|date) is {when}",
    "[what is|tell me|do you know] (the|today's) [current] date [{when}] [is]",
    "[what is] {when} date",
    "what is {when:whose} date",
    "what (day|date) (will it be|is it going to be) {when}",
    "what (day|date) was [it] {when}",
    "what is {when} [day]",
    "[do you know] what day it is [today]",
    "date [today]",
    "what day of the week (is|was) (it|{when}|it today)",
    f"[on] (what|which) day [of the week] (is|was|does|will) {_DATE} [be|fall|fall on]",
    "(what|which) {part} (is it|is this|are we in|do we have) [now|today]",
    "(which|what) {week} (of the year|number) is (it|this)",
    "[what is] the {week} number",
    f"how {{many}} {_UNTIL} ({{holiday}}|{_DATE})",
    f"how long [is it] {_UNTIL} {{holiday}}",
    "when is {holiday} [this year]",
    "what (day|date) is {holiday} [this year]",
    "is (it|today) {weekday} [today|already]",
    "is (it|this) a {leap} [year]",
    "is today (a|the) {leap} year",
    "is {when:named} {weekday}",
)
LISTS: dict[str, str] = {
    "when": r"today|tomorrow|yesterday|the day after tomorrow|the day before yesterday|"
    r"today's|tomorrow's|yesterday's",
    "year": r"(?:19|20)\d\d",
    "part": "month|year",
    "week": "week",
    "many": "many days|many weeks|many more days|many nights",
    "holiday": "|".join(holiday.NAMES),
    "leap": "leap",
}
_OFFSETS = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "the day after tomorrow": 2,
    "the day before yesterday": -2,
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """One short sentence about a day."""
    today = room.now.date()
    text = _about_now(slots, today)
    if text is None:
        day = _meant(slots, today)
        text = None if day is None else _about(day, slots, today)
    return None if text is None else Reply(text=text, skill="date")


def _about_now(slots: Slots, today: dt.date) -> str | None:
    """Answers that need today alone."""
    if "part" in slots:
        month = calendar.month_name[today.month]
        return f"It's {month}." if slots["part"] == "month" else f"It's {today.year}."
    if "week" in slots:
        return f"It's week {today.isocalendar().week}."
    if "leap" in slots:
        leap = "a" if calendar.isleap(today.year) else "not a"
        return f"{today.year} is {leap} leap year."
    return None


def _meant(slots: Slots, today: dt.date) -> dt.date | None:
    """Find the day that is spoken of; None when there is no such day."""
    if "holiday" in slots:
        return holiday.following(slots["holiday"], today)
    if "month" in slots or "alone" in slots:
        return _named_day(slots, today)
    when = next((slots[key] for key in ("when", "whose", "named") if key in slots), "today")
    return today + dt.timedelta(_OFFSETS[when.removesuffix("'s")])


def _named_day(slots: Slots, today: dt.date) -> dt.date | None:
    said = slots.get("day", slots.get("alone", ""))
    number = _day(said)
    month = MONTHS.index(slots["month"]) + 1 if "month" in slots else today.month
    year = int(slots.get("year", today.year))
    try:
        day = dt.date(year, month, number)
    except ValueError:
        return None
    if "many" in slots and day < today:
        return holiday.next_year(day)
    return day


def _day(said: str) -> int:
    """Read "3rd", "3" or "20 second"."""
    if said.endswith("second"):
        return int(said.removesuffix("second") or 0) + 2
    return int(said.rstrip("stndrh"))


def _about(day: dt.date, slots: Slots, today: dt.date) -> str:
    weekday = WEEKDAYS[day.weekday()].title()
    date = f"{weekday}, {calendar.month_name[day.month]} {ordinal(day.day)}"
    if "many" in slots or ("holiday" in slots and "year" in slots):
        return _distance((day - today).days, slots.get("many", ""))
    if "weekday" in slots:
        return (
            f"Yes, it's {weekday}."
            if slots["weekday"] == weekday.lower()
            else f"No, it's {weekday}."
        )
    if "holiday" in slots:
        return opened(f"{holiday.title(slots['holiday'])} is on {date}.")
    if "month" in slots or "alone" in slots:
        verb = "was" if day < today else "is"
        return f"{calendar.month_name[day.month]} {ordinal(day.day)} {verb} a {weekday}."
    lead = {0: "It's", 1: "Tomorrow is", -1: "Yesterday was", 2: "That will be"}
    return f"{lead.get((day - today).days, 'That was')} {date}."


def _distance(days: int, many: str) -> str:
    if days == 0:
        return "That is today."
    if days == 1:
        return "That is tomorrow."
    if "weeks" in many and days >= 14:
        weeks, rest = divmod(days, 7)
        more = f" and {rest} day{'s' if rest > 1 else ''}" if rest else ""
        return opened(f"{weeks} weeks{more}.")
    return opened(f"{days} days.")
