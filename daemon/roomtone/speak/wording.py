"""Text as it is written to text as it is said: numbers, times, units, signs and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable

from roomtone.speak.markup import plain
from roomtone.speak.moment import clocks, dates
from roomtone.speak.number import cardinal, decimal, digits, ordinal, year
from roomtone.speak.quantity import NUMBER, fractions, measures, money


def wording(text: str, language: str = "en") -> str:
    """The words of `text` for the ear, with the stops that the voice pauses at.

    Empty when nothing in it has a sound. Only English (`language` "en") is put into words; of other
    languages the marks for the eye are taken off and the voice reads the rest.
    """
    text = plain(text)
    if language == "en":
        for step in _STEPS:
            text = step(text)
        text = _tidy(text)
    return text if re.search(r"\w", text) else ""


_Rules = tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]


def _table(*rows: tuple[str, str | Callable[[re.Match[str]], str]]) -> _Rules:
    return tuple((re.compile(pattern), said) for pattern, said in rows)


def _apply(rules: _Rules, text: str) -> str:
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


_ABBREVIATIONS = _table(
    (r"\bDr\.(?= [A-Z])", "Doctor"),
    (r"(?<=[a-z] )Dr\.?(?=[,.;]|$)", "Drive"),
    (r"\bMr\.?(?= [A-Z])", "Mister"),
    (r"\bMrs\.?(?= [A-Z])", "Missis"),
    (r"\bMs\.?(?= [A-Z])", "Miz"),
    (r"\bProf\.(?= [A-Z])", "Professor"),
    (r"\bCapt\.(?= [A-Z])", "Captain"),
    (r"\bGen\.(?= [A-Z])", "General"),
    (r"\bSt\.? (?=[A-Z][a-z])", "Saint "),
    (r"(?<=[a-z] )St\.(?=\W|$)", "Street"),
    (r"\bMt\.? (?=[A-Z][a-z])", "Mount "),
    (r"\bAve\.", "Avenue"),
    (r"\bBlvd\.?", "Boulevard"),
    (r"(?<=[a-z] )Rd\.", "Road"),
    (r"\bJr\b\.?", "Junior"),
    (r"(?<=[a-z] )Sr\b\.?", "Senior"),
    (r"\bInc\.", "Incorporated"),
    (r"\bLtd\b\.?", "Limited"),
    (r"\bCorp\.", "Corporation"),
    (r"\b[Dd]ept\.", "department"),
    (r"\b[Nn]o\.\s?(?=\d)", "number "),
    (r"\bp\.\s?(?=\d)", "page "),
    (r"\bpp\.\s?(?=\d)", "pages "),
    (r"\b[Vv]ol\.\s?(?=\d)", "volume "),
    (r"\b(?i:e\.\s?g\.|e\.g\b),?", "for example,"),
    (r"\b(?i:i\.\s?e\.|i\.e\b),?", "that is,"),
    (r"\b(?i:etc)\b\.(?=\s+[a-z,;)])", "et cetera"),
    (r"\b(?i:etc)\b", "et cetera"),
    (r"\b(?i:vs)\b\.?(?=\s)", "versus"),
    (r"\b[Aa]pprox\.", "approximately"),
    (r"\b[Cc]a\.\s?(?=\d)", "around "),
    (r"\b[Mm]ax\.(?=\s+[a-z\d])", "maximum"),
    (r"\b[Mm]in\.(?=\s+[a-z\d])", "minimum"),
    (r"\bPh\.?D\b\.?(?=\s+[a-z]|[,;])", "P H D"),
    (r"\bA\.D\.", "A D"),
    (r"\bB\.C\.(?:E\.)?", "B C"),
    (r"\b(?:[A-Z]\.){2,}(?=\s+[a-z0-9]|[,;:!?)])", lambda m: " ".join(m[0].replace(".", ""))),
    (r"\b(?:[A-Z]\.){2,}", lambda m: " ".join(m[0].replace(".", "")) + "."),
    (r"\bw/o\b", "without"),
    (r"\bw/(?=\s?\w)", "with "),
)

_SPELLED = _table(
    # What espeak-ng reads as a word, or as something else; every other initialism it spells itself.
    (r"\bLEDs?\b", lambda m: "L E D" + ("s" if m[0][-1] == "s" else "")),
    (r"\bFAQs?\b", lambda m: "F A Q" + ("s" if m[0][-1] == "s" else "")),
    (r"\b(?:OK|Ok|ok)\b", "okay"),
    (r"\bH2O\b", "H two O"),
    (r"\bCO2\b", "C O two"),
    (r"\bO2\b", "O two"),
    (r"\bWi-?[Ff]i\b", "Wi-Fi"),
    (r"\be-?mail\b", "email"),
    (r"\b([Cc])an't\b", r"\1annot"),  # a swallowed t would turn the meaning round
    (r"\bIPv(\d)\b", r"I P version \1"),
)

_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50}
_COUNTED = (
    r"(?:War|Part|Chapter|Act|Volume|Book|Type|Phase|Level|Section|Appendix|Title|Mark|Episode)"
)
_TITLES = re.compile(rf"\b({_COUNTED}) ([IVXL]+)\b")
_REGENTS = re.compile(
    r"\b(Henry|Louis|Elizabeth|Charles|George|Edward|James|William|Richard|Philip|Frederick|Napoleon|"
    r"Catherine|Peter|Nicholas|Alexander|Ramesses|Pope [A-Z][a-z]+(?: Paul)?) ([IVX]+)\b"
)


def _romans(text: str) -> str:
    text = _TITLES.sub(lambda m: f"{m[1]} {cardinal(_roman(m[2]))}", text)
    return _REGENTS.sub(lambda m: f"{m[1]} the {ordinal(_roman(m[2]))}", text)


def _roman(letters: str) -> int:
    values = [_ROMANS[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


_YEAR = r"(1[1-9]\d\d|20\d\d)"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|[Cc]hristmas)"
_BEFORE = (
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Bb]efore|[Aa]fter|[Dd]uring|[Aa]round|[Cc]irca|[Oo]f|"
    rf"[Yy]ear|[Tt]he|{_SEASON}|[Bb]orn|[Dd]ied|[Ff]rom|[Ee]arly|[Ll]ate|[Mm]id) "
)
_UNIT_AHEAD = (
    r"(?!\s?[%\u00b0]|,\d|\.\d|\w| (?:of|or more|more|[a-z]+(?<!i)s)\b(?<! was)(?<! is)(?<! has))"
)

_YEARS = _table(
    (rf"\b{_YEAR}\s?[-\u2013]\s?{_YEAR}\b", lambda m: f"{year(int(m[1]))} to {year(int(m[2]))}"),
    (
        rf"\b{_YEAR} (to|and|until) {_YEAR}\b",
        lambda m: f"{year(int(m[1]))} {m[2]} {year(int(m[3]))}",
    ),
    (r"((?:[Ii]t's|[Ii]t is) )(20\d\d)(?=[.,!]|$)(?![.,]\d)", lambda m: m[1] + year(int(m[2]))),
    (rf"({_BEFORE})({_YEAR}){_UNIT_AHEAD}", lambda m: m[1] + year(int(m[2]))),
    (
        rf"(?<![\d.,\u20ac$\u00a3-]){_YEAR}(?= (?:was|is|A ?D|B ?C|AD|BC|CE|BCE)\b)",
        lambda m: year(int(m[1])),
    ),
    (rf"\({_YEAR}\)", lambda m: f"({year(int(m[1]))})"),
)


_DECADES = _table(
    (r"\b(1[1-9]\d0|20\d0)'?s\b", lambda m: _decade(int(m[1]))),
    (r"(?:(?<!\w)'|(?<=\b[Tt]he ))([2-9]0)'?s\b", lambda m: _plural(cardinal(int(m[1])))),
)


def _decade(n: int) -> str:
    return "two thousands" if n == 2000 else _plural(year(n))


def _plural(words: str) -> str:
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


_CODES = _table(
    (r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", lambda m: _dotted(m[0])),
    (r"\b(?:[Vv]ersion |v)(\d+(?:\.\d+)+)", lambda m: "version " + _dotted(m[1])),
    (r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.])", lambda m: _dotted(m[0])),
    (r"(?<![\w-])\+\d[\d\s()-]{6,}\d\b", lambda m: "plus " + _telephone(m[0][1:])),
    (r"(?<![\w.,-])\(?\d{3}\)?[\s-]\d{3}[\s-]\d{4}\b", lambda m: _telephone(m[0])),
    (r"(?<![\w.,-])\d{3}-\d{4}(?![\w-])", lambda m: _telephone(m[0])),
    (r"(?<![\w.,-])0\d{2,4}[\s/-]\d{3,}(?:[\s-]\d{2,})*\b", lambda m: _telephone(m[0])),
    (r"(?<![\w.,-])0\d+\b(?![.,]\d)", lambda m: digits(m[0])),
    (r"(?<![\w.,$])\d{10,}(?<!000)\b", lambda m: digits(m[0])),
)


def _dotted(text: str) -> str:
    return " point ".join(
        cardinal(int(part)) if part[0] != "0" else digits(part) for part in text.split(".")
    )


def _telephone(text: str) -> str:
    return ", ".join(digits(group) for group in re.findall(r"\d+", text))


_END = r"(?![\w]|[.,]\d)"
_NUMBERS = _table(
    (rf"({NUMBER})\s?x\s?({NUMBER})\b", r"\1 by \2"),
    (rf"({NUMBER})\s?[-\u2013\u2014]\s?({NUMBER})(?=\s?%)", r"\1 to \2"),
    (r"(?<=\d)\s?%", " percent"),
    (rf"(?<![\w.-])({NUMBER})[-\u2013]({NUMBER}){_END}", r"\1 to \2"),
    (r"(\d)\s+[-\u2013]\s+(?=\d)", r"\1 minus "),
    (r"(\d)\s?\+\s?(?=\d)", r"\1 plus "),
    (r"(\d)\s?[*\u00d7\u22c5]\s?(?=\d)", r"\1 times "),
    (r"(\d)\s?[/\u00f7]\s?(?=\d)", r"\1 divided by "),
    (r"(\d)\s?\^\s?-\s?(\d+)", r"\1 to the power of minus \2"),
    (r"(\d)\s?\^\s?(\d+)", r"\1 to the power of \2"),
    (r"(?<=\d)\u00b2", " squared"),
    (r"(?<=\d)\u00b3", " cubed"),
    (r"(?<=\w)\u00b2", " squared"),
    (r"(?<=\w)\u00b3", " cubed"),
    (r"(\d)\s?<\s?(?=\d)", r"\1 is less than "),
    (r"(\d)\s?>\s?(?=\d)", r"\1 is greater than "),
    (r"(?<=[\d\w])\s?=\s?(?=[-\d\w])", " equals "),
    (r"\b(\d+)(st|nd|rd|th)\b", lambda m: ordinal(int(m[1]))),
    (r"#\s?(?=\d)", "number "),
    (rf"(?<![\w.])[-\u2013]({NUMBER}){_END}", lambda m: "minus " + decimal(m[1])),
    (rf"(?<![\w.])\+({NUMBER}){_END}", lambda m: "plus " + decimal(m[1])),
    (rf"(?<![A-Za-z\d.])({NUMBER})(?=[A-Z])", lambda m: decimal(m[1]) + " "),
    (r"(?<=[A-Za-z])-(\d+)\b", lambda m: " " + cardinal(int(m[1]))),
    (r"(?<![\d.])\.(\d+)\b", lambda m: "point " + digits(m[1])),
    (rf"(?<![A-Za-z\d.])({NUMBER})(?!\d)", lambda m: decimal(m[1])),
)

_SYMBOLS = _table(
    (r"\s?&\s?", " and "),
    (r"\s?\u2248\s?|~(?=\s?\w)", " about "),
    (r"\u2264|<=", " at most "),
    (r"\u2265|>=", " at least "),
    (r"\u2260|!=", " is not "),
    (r"\u00b1", " plus or minus "),
    (r"\u221a", " the square root of "),
    (r"\u03c0", " pi "),
    (r"\u221e", " infinity "),
    (r"\u00b0", " degrees "),
    (r"\u00b5", " micro "),
    (r"\s?(?:\u2192|->|=>)\s?", " to "),
    (r"(?<=\w)\s\+\s(?=\w)", " plus "),
    (r"(?<=\w)@(?=\w)|\s@\s", " at "),
    (r"(?<!\w)[@#](?=\w)", ""),
    (r"\band/or\b", "and or"),
    (r"(?<=[a-z])/(?=[a-z])", " or "),
    (r"(?<=\w)/(?=\w)", " "),
    (r"\.{2,}(?=\s*[A-Z]|\s*$)", "."),
    (r"\.{2,}", ","),
    (r"\s*[\u2014\u2015]+\s*|\s+[\u2013-]+\s+|\s*--+\s*", ", "),
    (r"\u2013", " to "),
    (r"\s*[(\[{]\s*", ", "),
    (r"\s*[)\]}](?=\s*[.,;:!?])", ""),
    (r"\s*[)\]}]\s*", ", "),
    (r"(?<!\w)'|'(?!\w)(?<!s')", ""),
    (r"[\"*_`^~<>=|\\+#$\u20ac\u00a3%/]", " "),
)

_MOST_CAPITALS = 0.7
"""Share of capital letters from which a text of three words and more is shouted, not spelled."""


def _calm(text: str) -> str:
    words = re.findall(r"[A-Za-z]{3,}", text)
    letters = [char for char in text if char.isalpha()]
    shouted = len(words) > 2 and sum(c.isupper() for c in letters) > _MOST_CAPITALS * len(letters)
    return text.lower() if shouted else text


def _tidy(text: str) -> str:
    """One space between words, stops where they belong."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+(?=[.,;:!?])", "", text)
    text = re.sub(r"[,;:]+(?=[.!?])|,(?=[,;:])", "", text)
    text = re.sub(r"([.!?;:])(?:,)", r"\1", text)
    text = re.sub(r"(?<=[.!?])[.]+", "", text)
    return re.sub(r"^[\s.,;:!?-]+|[\s,;:-]+$", "", text)


_STEPS: tuple[Callable[[str], str], ...] = (
    _calm,
    lambda text: _apply(_ABBREVIATIONS, text),
    _romans,
    dates,
    clocks,
    money,
    lambda text: _apply(_DECADES, text),
    lambda text: _apply(_CODES[:3], text),
    measures,
    lambda text: _apply(_SPELLED, text),
    lambda text: _apply(_CODES[3:], text),
    lambda text: _apply(_YEARS, text),
    fractions,
    lambda text: _apply(_NUMBERS, text),
    lambda text: _apply(_SYMBOLS, text),
)
