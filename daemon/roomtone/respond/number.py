"""Numbers between words and digits."""

from __future__ import annotations

import re

NUMBER = r"(?:(?:minus|negative) )?\d+(?:\.\d+)?"
"""Pattern of one number in plain text (see `plain.plain`)."""

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = (
    *("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty"),
    "ninety",
)
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VALUES = {word: n for n, word in enumerate(_SMALL)} | {
    word: n * 10 for n, word in enumerate(_TENS) if n > 1
}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
            *("ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
            *("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
        ),
        start=1,
    )
} | {"thirtieth": 30}
_MULTIPLIED = ("hundred", "dozen", *_SCALES)


def with_digits(words: list[str]) -> list[str]:
    """Write every spoken number in digits: "two and a half" is "2.5", "third" is "3rd".

    "second" stays a word, for it is a length of time more often than an ordinal.
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        value, after = _cardinal(words, at)
        if value is None:
            out.append(_ordinal(words[at]))
            at += 1
            continue
        unit = _ORDINALS.get(words[after], 0) if after < len(words) else 0
        if words[after - 1] in _TENS[2:] and 0 < unit < 10 and words[after] != "second":
            out.append(ordinal(value + unit))
            at = after + 1
            continue
        text, at = _fraction(str(value), words, after)
        out.append(text)
    return out


def value(text: str) -> float:
    """Read the number that `NUMBER` matched. Raises ValueError for anything else."""
    if not re.fullmatch(NUMBER, text):
        raise ValueError("not a number")
    sign, _, digits = text.rpartition(" ")
    return -float(digits) if sign else float(digits)


def figures(number: float, places: int = 2) -> str:
    """Write the number in digits, rounded to `places`, without ".0" at its end: 3.14, minus 2."""
    rounded = round(number, places)
    text = f"{abs(rounded):.{places}f}".rstrip("0").rstrip(".") if places else f"{abs(rounded):.0f}"
    return f"minus {text}" if rounded < 0 else text


def words(number: int) -> str:
    """Write a whole number from 0 to 999 999 as it is spoken: "one hundred and five"."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_SMALL[ones]}" if ones else "")
    size, name, joint = (100, "hundred", " and ") if number < 1000 else (1000, "thousand", " ")
    head, rest = divmod(number, size)
    return f"{words(head)} {name}" + (f"{joint}{words(rest)}" if rest else "")


def opened(text: str) -> str:
    """Write a leading number in words and the first letter large, as a sentence opens."""
    head = re.match(r"\d{1,3}(?!\d|[.,:]\d)", text)
    if head:
        text = words(int(head[0])) + text[head.end() :]
    return text[:1].upper() + text[1:]


def ordinal(day: int) -> str:
    """1 is "1st"."""
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _cardinal(words: list[str], at: int) -> tuple[int | None, int]:
    """Read the whole number that starts at `at`: it and where it ends, None when there is none."""
    total, group, start = 0, None, at
    while at < len(words):
        word = words[at]
        if word == "and" and start < at and words[at - 1] in _MULTIPLIED:
            if at + 1 < len(words) and _is_simple(words[at + 1]):
                at += 1
                continue
            break
        if word in ("a", "an") and group is None and words[at + 1 : at + 2]:
            if words[at + 1] not in _MULTIPLIED:
                break
            group = 1
        elif word in _MULTIPLIED:
            if group is None:
                break
            if word in _SCALES:
                total, group = total + group * _SCALES[word], 0
            else:
                group *= 100 if word == "hundred" else 12
        elif _is_simple(word) and _fits(group, words[at - 1] if at > start else "", word):
            group = (group or 0) + int(_VALUES.get(word, word if word.isdigit() else 0))
        else:
            break
        at += 1
    return (None, start) if group is None else (total + group, at)


def _is_simple(word: str) -> bool:
    return word in _VALUES or word.isdigit()


def _fits(group: int | None, before: str, word: str) -> bool:
    """Whether `word` continues the number: "twenty five" is one number, "five twenty" is two."""
    if group is None or before in ("and", *_MULTIPLIED):
        return True
    return before in _TENS[2:] and 0 < _VALUES.get(word, 0) < 10


def _fraction(whole: str, words: list[str], at: int) -> tuple[str, int]:
    """Append "point one four" or "and a half" that follows `whole`."""
    if words[at : at + 1] == ["point"]:
        end = at + 1
        while end < len(words) and (words[end] in _SMALL[:10] or words[end].isdigit()):
            end += 1
        digits = "".join(str(_VALUES.get(word, word)) for word in words[at + 1 : end])
        return (f"{whole}.{digits}", end) if digits else (whole, at)
    for phrase, part in (("and a half", ".5"), ("and a quarter", ".25")):
        if words[at : at + 3] == phrase.split():
            return whole + part, at + 3
    if words[at : at + 3] == ["and", "three", "quarters"]:
        return f"{whole}.75", at + 3
    return whole, at


def _ordinal(word: str) -> str:
    return f"{ordinal(_ORDINALS[word])}" if word in _ORDINALS and word != "second" else word
