"""Amounts in words: money, measures, percentages, fractions."""

from __future__ import annotations

import re

from roomtone.speak.number import cardinal, decimal, ordinal

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""A number as written, thousands' commas and point included."""

_FORMS = """
mm millimeter|cm centimeter|dm decimeter|m meter|km kilometer|nm nanometer|\u00b5m micrometer
mi mile|ft foot feet|yd yard|ha hectare|sq\u00a0ft square-foot square-feet
mg milligram|\u00b5g microgram|g gram|kg kilogram|lb pound|lbs pound|oz ounce
ml milliliter|mL milliliter|cl centiliter|dl deciliter|l liter|L liter|gal gallon|tsp teaspoon
tbsp tablespoon|ms millisecond|s second|sec second|secs second|min minute|mins minute|h hour
hr hour|hrs hour|yr year|yrs year|W watt|kW kilowatt|MW megawatt|GW gigawatt|V volt|mV millivolt
A amp|mA milliamp|mAh milliamp-hour|Wh watt-hour|kWh kilowatt-hour|J joule|kJ kilojoule|cal calorie
kcal kilocalorie|N newton|Hz hertz hertz|kHz kilohertz kilohertz|MHz megahertz megahertz
GHz gigahertz gigahertz|B byte|KB kilobyte|kB kilobyte|MB megabyte|GB gigabyte|TB terabyte
Mbit megabit|Gbit gigabit|dB decibel|Pa pascal|hPa hectopascal|kPa kilopascal|mbar millibar
bpm beat-per-minute beats-per-minute|rpm revolution-per-minute revolutions-per-minute
ppm part-per-million parts-per-million|mph mile-per-hour miles-per-hour
kph kilometer-per-hour kilometers-per-hour|Mbps megabit-per-second megabits-per-second
Gbps gigabit-per-second gigabits-per-second|ly light-year|px pixel
\u00b0C degree-Celsius degrees-Celsius
\u00b0F degree-Fahrenheit degrees-Fahrenheit|\u00b0 degree
"""
"""Sign, one of them, several of them (one with an s when left out); hyphens stand for spaces."""


def _units() -> dict[str, tuple[str, str]]:
    units = {}
    for entry in _FORMS.replace("\n", "|").strip("|").split("|"):
        sign, one, *several = (part.replace("\u00a0", " ") for part in entry.split(" "))
        one, many = one.replace("-", " "), (several or [one + "s"])[0].replace("-", " ")
        units[sign] = (one, many)
    return units


_UNITS = _units()
_SIGN = "|".join(re.escape(sign) for sign in sorted(_UNITS, key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?P<minus>(?<![\w)])-)?(?P<number>{NUMBER})(?P<joint>\s?|-)"
    rf"(?P<sign>{_SIGN})(?P<power>[\u00b2\u00b3]|\^?[23](?!\d))?"
    rf"(?:/(?P<per>{_SIGN})(?P<per_power>[\u00b2\u00b3]|\^?[23](?!\d))?)?(?![\w\u00b0'])"
)
_HEIGHT = re.compile(r"\b(\d)'\s?(\d{1,2})(?:\"|''|(?!\w))")

_MONEY = {"$": ("dollar", "cent"), "\u20ac": ("euro", "cent"), "\u00a3": ("pound", "penny")}
_PLAIN_MONEY = {"\u00a5": "yen", "\u20b9": "rupees", "\u20bd": "rubles"}
_CODES = {"USD": "$", "EUR": "\u20ac", "GBP": "\u00a3", "JPY": "\u00a5"}
_SIZES = {"k": "thousand", "m": "million", "bn": "billion", "b": "billion", "tn": "trillion"}
_SYMBOL = "[" + re.escape("".join([*_MONEY, *_PLAIN_MONEY])) + "]"
_SIZE = r"(?:(?P<short>[kKmMbB]|bn|tn)\b|\s(?P<long>hundred|thousand|million|billion|trillion)\b)?"
_PRICES = (
    re.compile(rf"(?P<minus>-)?(?:US|C|A)?(?P<mark>{_SYMBOL})\s?(?P<number>{NUMBER}){_SIZE}"),
    re.compile(rf"(?P<number>{NUMBER}){_SIZE}\s?(?P<mark>{_SYMBOL}|(?:USD|EUR|GBP|JPY)\b)"),
    re.compile(rf"\b(?P<mark>USD|EUR|GBP|JPY)\s(?P<number>{NUMBER}){_SIZE}"),
)

_FRACTION = re.compile(r"(?<![\d/.,])(?:(\d+)\s+)?(\d{1,2})/(\d{1,3})(?![\d/]|\.\d)")
_PARTS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def money(text: str) -> str:
    """`text` with its prices in words: "$3.50" -> "three dollars and fifty cents"."""
    for pattern in _PRICES:
        text = pattern.sub(_price, text)
    return text


def measures(text: str) -> str:
    """`text` with its measures in words: "5 km/h" -> "five kilometers per hour"."""
    text = _HEIGHT.sub(lambda m: f"{cardinal(int(m[1]))} foot {cardinal(int(m[2]))}", text)
    return _MEASURE.sub(_measure, text)


def fractions(text: str) -> str:
    """`text` with its fractions in words: "2 1/2" -> "two and a half"."""
    return _FRACTION.sub(_fraction, text)


def _price(found: re.Match[str]) -> str:
    parts = found.groupdict()
    mark = _CODES.get(parts["mark"], parts["mark"])
    number = parts["number"]
    minus = "minus " if parts.get("minus") else ""
    size = _SIZES.get((parts["short"] or "").lower(), parts["long"] or "")
    if mark in _PLAIN_MONEY or size:
        names = _MONEY[mark][0] + "s" if mark in _MONEY else _PLAIN_MONEY[mark]
        return f"{minus}{decimal(number)}{' ' + size if size else ''} {names}"
    one, small = _MONEY[mark]
    whole, _, cents = number.replace(",", "").partition(".")
    if len(cents) not in {0, 2}:
        return f"{minus}{decimal(number)} {one}s"
    said = []
    if int(whole) or not int(cents or 0):
        said.append(f"{cardinal(int(whole))} {one}{'' if int(whole) == 1 else 's'}")
    if int(cents or 0):
        many = "pence" if small == "penny" else small + "s"
        said.append(f"{cardinal(int(cents))} {small if int(cents) == 1 else many}")
    return minus + " and ".join(said)


def _measure(found: re.Match[str]) -> str:
    one, many = _UNITS[found["sign"]]
    alone = found["number"] == "1" or found["joint"] == "-"
    name = _powered(one if alone else many, found["power"])
    if found["per"]:
        name += " per " + _powered(_UNITS[found["per"]][0], found["per_power"])
    return f"{'minus ' if found['minus'] else ''}{decimal(found['number'])} {name}"


def _powered(name: str, power: str | None) -> str:
    if not power:
        return name
    square = power in {"\u00b2", "2", "^2"}
    if name.startswith("second"):
        return name + (" squared" if square else " cubed")
    return ("square " if square else "cubic ") + name


def _fraction(found: re.Match[str]) -> str:
    whole, top, bottom = found[1], int(found[2]), int(found[3])
    if (top, bottom) == (24, 7):
        return "twenty-four seven"
    if top >= bottom or (bottom > 20 and bottom != 100):
        said = f"{cardinal(top)} over {cardinal(bottom)}"
    else:
        one, many = _PARTS.get(bottom, (ordinal(bottom), ordinal(bottom) + "s"))
        first = "a" if whole and top == 1 else cardinal(top)
        said = f"{first} {one if top == 1 else many}"
    return f"{cardinal(int(whole))} and {said}" if whole else said
