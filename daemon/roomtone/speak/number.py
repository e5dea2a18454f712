"""Numbers as English words."""

from __future__ import annotations

_ONES_TEXT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ONES = _ONES_TEXT.split()
_TENS_TEXT = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = _TENS_TEXT.split()
_SCALES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1000, "thousand"),
    (100, "hundred"),
)
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
MOST = 10**15 - 1
"""The largest number that is read as one; a longer one is read digit by digit."""


def cardinal(n: int) -> str:
    """21 -> twenty-one; 105 -> one hundred five, as in America. Below zero "minus" comes first."""
    if n < 0:
        return "minus " + cardinal(-n)
    if n > MOST:
        return digits(str(n))
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + ("-" + _ONES[n % 10] if n % 10 else "")
    size, name = next(scale for scale in _SCALES if n >= scale[0])
    head, rest = divmod(n, size)
    return f"{cardinal(head)} {name}" + (" " + cardinal(rest) if rest else "")


def ordinal(n: int) -> str:
    """3 -> third; 21 -> twenty-first; 100 -> one hundredth."""
    words = cardinal(n)
    head, last = words[: -len(_last(words))], _last(words)
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(n: int) -> str:
    """1989 -> nineteen eighty-nine; 1905 -> nineteen oh five; 2007 -> two thousand seven."""
    head, tail = divmod(n, 100)
    if not 1000 < n < 2100 or 2000 <= n < 2010:
        return cardinal(n)
    if not tail:
        return cardinal(n) if head % 10 == 0 else cardinal(head) + " hundred"
    return cardinal(head) + (" oh " if tail < 10 else " ") + cardinal(tail)


def decimal(text: str) -> str:
    """Digits with thousands' commas and a point, as written: "1,234.05" -> ... point zero five."""
    whole, _, fraction = text.replace(",", "").partition(".")
    said = digits(whole) if len(whole) > 1 and whole[0] == "0" else cardinal(int(whole or 0))
    return f"{said} point {digits(fraction)}" if fraction else said


def digits(text: str) -> str:
    """Each digit by itself: "007" -> zero zero seven."""
    return " ".join(_ONES[int(digit)] for digit in text)


def _last(words: str) -> str:
    return words.replace("-", " ").rsplit(" ", 1)[-1]
