"""From one unit to another."""

from __future__ import annotations

import math

from roomtone.base.room import Reply, Room
from roomtone.respond.number import figures, opened, value
from roomtone.respond.template import Slots

_KINDS: dict[str, dict[str, float]] = {
    "length in metres": {
        "millimeter": 0.001,
        "centimeter": 0.01,
        "meter": 1,
        "kilometer": 1000,
        "inch": 0.0254,
        "foot": 0.3048,
        "yard": 0.9144,
        "mile": 1609.344,
    },
    "mass in kilograms": {
        "milligram": 1e-6,
        "gram": 0.001,
        "kilogram": 1,
        "ton": 1000,
        "ounce": 0.028349523125,
        "pound": 0.45359237,
        "stone": 6.35029318,
    },
    "volume in litres, the customary units of the USA": {
        "milliliter": 0.001,
        "centiliter": 0.01,
        "deciliter": 0.1,
        "liter": 1,
        "teaspoon": 0.00492892159375,
        "tablespoon": 0.01478676478125,
        "cup": 0.2365882365,
        "pint": 0.473176473,
        "quart": 0.946352946,
        "gallon": 3.785411784,
    },
    "area in square metres": {
        "square foot": 0.09290304,
        "square meter": 1,
        "square kilometer": 1e6,
        "square mile": 2589988.110336,
        "acre": 4046.8564224,
        "hectare": 10_000,
    },
    "time in seconds": {
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": 86_400,
        "week": 604_800,
        "year": 31_536_000,
    },
    "speed in kilometres per hour": {"mile per hour": 1.609344, "kilometer per hour": 1},
}
_PLURALS = {"foot": "feet", "inch": "inches", "square foot": "square feet"}
_PLURALS |= {"mile per hour": "miles per hour", "kilometer per hour": "kilometers per hour"}
_SHORT = {"km": "kilometer", "kg": "kilogram", "kilo": "kilogram", "kilos": "kilogram"}
_SHORT |= {"cm": "centimeter", "mm": "millimeter", "ml": "milliliter", "lbs": "pound", "g": "gram"}
_SHORT |= {"mph": "mile per hour", "litre": "liter", "litres": "liter", "metre": "meter"}
_SHORT |= {"metres": "meter", "kilometre": "kilometer", "kilometres": "kilometer"}
_DEGREES = {
    "celsius": "celsius",
    "degrees celsius": "celsius",
    "degrees c": "celsius",
    "fahrenheit": "fahrenheit",
    "degrees fahrenheit": "fahrenheit",
    "degrees f": "fahrenheit",
}


def _spellings() -> dict[str, str]:
    singular = {unit for units in _KINDS.values() for unit in units}
    plural = {_PLURALS.get(unit, unit + "s"): unit for unit in singular}
    return {unit: unit for unit in singular} | plural | _SHORT | _DEGREES


_UNITS = _spellings()

SENTENCES: tuple[str, ...] = (
    "how (many|much) {unit:to} (are|is|are there|make|do you get) [in|there in|in there in] "
    "{amount} {unit:from}",
    "how (many|much) {unit:to} {amount} {unit:from} (is|are|makes)",
    "how (many|much) {unit:to} (has|does|in|to|make) {amount} {unit:from} [have]",
    "(convert|change) {amount} {unit:from} (to|into|in) {unit:to}",
    "[what is|what are|how much is|how much are|how many is] {amount} {unit:from} (in|to|"
    "into) {unit:to}",
    "how many days (are|are there|does) [in] {month} [have]",
)
LISTS: dict[str, str] = {
    "unit": "|".join(sorted(_UNITS, key=len, reverse=True)),
    "amount": r"(?:minus )?\d+(?:\.\d+)?|an?|half an?",
}
_DAYS = dict.fromkeys(("april", "june", "september", "november"), "30 days")
_DAYS |= {"february": "28 days, or 29 in a leap year"}


def answer(slots: Slots, _room: Room) -> Reply | None:
    """Say the converted amount, to three significant figures or so."""
    if "month" in slots:
        month = slots["month"]
        return Reply(text=f"{month.title()} has {_DAYS.get(month, '31 days')}.", skill="convert")
    amount = _amount(slots["amount"])
    source, target = _UNITS[slots["from"]], _UNITS[slots["to"]]
    result = _temperature(amount, source, target)
    if result is None:
        result = _ratio(amount, source, target)
    if result is None:
        text = f"I can't turn {_plural(source)} into {_plural(target)}."
        return Reply(text=text, skill="convert")
    text = f"{_named(amount, source)} {'is' if amount == 1 else 'are'} {_about(result, target)}."
    return Reply(text=opened(text), skill="convert")


def _amount(text: str) -> float:
    if text in ("a", "an"):
        return 1.0
    return 0.5 if text.startswith("half") else value(text)


def _ratio(amount: float, source: str, target: str) -> float | None:
    for units in _KINDS.values():
        if source in units and target in units:
            return amount * units[source] / units[target]
    return None


def _temperature(amount: float, source: str, target: str) -> float | None:
    if (source, target) == ("celsius", "fahrenheit"):
        return amount * 9 / 5 + 32
    if (source, target) == ("fahrenheit", "celsius"):
        return (amount - 32) * 5 / 9
    return None


def _about(result: float, unit: str) -> str:
    if unit in _DEGREES:
        return _named(round(result), unit)
    places = 0 if abs(result) >= 100 else max(0, 2 - math.floor(math.log10(abs(result) or 1)))
    rounded = round(result, min(places, 4))
    about = "" if math.isclose(rounded, result, rel_tol=1e-9) else "about "
    return about + _named(rounded, unit)


def _plural(unit: str) -> str:
    return unit.title() if unit in _DEGREES else _PLURALS.get(unit, unit + "s")


def _named(amount: float, unit: str) -> str:
    if unit in _DEGREES:
        return f"{figures(amount)} degrees {unit.title()}"
    name = unit if amount == 1 else _plural(unit)
    return f"{figures(amount, 4)} {name}"
