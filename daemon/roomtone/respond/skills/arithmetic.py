"""Sums: two or three numbers, percentages, roots, fractions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from roomtone.base.room import Reply, Room
from roomtone.respond.number import NUMBER, figures, value
from roomtone.respond.template import Slots

_ASK = (
    "[what is|how much is|how much are|what are|calculate|compute|tell me|work out|what does|"
    "what do] [the result of]"
)

SENTENCES: tuple[str, ...] = (
    f"{_ASK} {{sum}} [make|equal|equals]",
    f"{_ASK} {{number:percent}} percent of {{number}}",
    f"{_ASK} [the] square root of {{number:root}}",
    f"{_ASK} {{number:square}} squared",
    f"{_ASK} [the] square of {{number:square}}",
    f"{_ASK} {{number:cube}} cubed",
    f"{_ASK} {{part}} of {{number}}",
    f"{_ASK} double {{number:double}}",
    "[and|now|and now] {more}",
)
_SIGN = r"plus|minus|times|multiplied by|divided by|over|to the power of"
LISTS: dict[str, str] = {
    "sum": rf"{NUMBER}(?: (?:{_SIGN}) {NUMBER}){{1,4}}",
    "more": rf"(?:{_SIGN}) {NUMBER}",
    "part": r"half|(?:a|1) half|an? 3rd|1 3rd|2 3rds?|an? quarter|1 quarter|3 quarters|"
    r"an? 5th|an? 10th",
}
_PARTS = {"half": 1 / 2, "3rd": 1 / 3, "3rds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4}
_PARTS |= {"5th": 1 / 5, "10th": 1 / 10}
_RESULT = re.compile(r"(?:.* is |That's |It's )(?:about )?((?:minus )?\d+(?:\.\d+)?)\.")
_LARGEST = 1e15
"""Beyond this, digits would be wrong or endless to listen to."""


def answer(slots: Slots, room: Room) -> Reply | None:
    """Say the result, rounded to what can be listened to."""
    try:
        result = _result(slots, room.last_reply)
    except (ZeroDivisionError, ValueError):
        return Reply(text="That has no result.", skill="arithmetic")
    except OverflowError:
        result = math.inf
    if result is None:
        return None
    if abs(result) > _LARGEST:
        return Reply(text="That is too large a number for me to say.", skill="arithmetic")
    return Reply(text=f"That's {_said(result)}.", skill="arithmetic")


def _said(result: float) -> str:
    text = figures(result, 3)
    return text if math.isclose(float(text.replace("minus ", "-")), result) else f"about {text}"


def _result(slots: Slots, last: str) -> float | None:
    """Work it out; a sum that goes on ("times two") begins with the number of our last reply."""
    if "sum" in slots:
        return _sum(slots["sum"])
    if "more" in slots:
        before = _RESULT.fullmatch(last)
        return _sum(f"{before[1]} {slots['more']}") if before else None
    if "number" in slots:
        by = value(slots["percent"]) / 100 if "percent" in slots else _part(slots["part"])
        return by * value(slots["number"])
    return next(_ONE[key](value(text)) for key, text in slots.items())


_ONE: dict[str, Callable[[float], float]] = {
    "root": math.sqrt,
    "square": lambda number: number**2,
    "cube": lambda number: number**3,
    "double": lambda number: number * 2,
}


def _part(text: str) -> float:
    count, _, part = text.rpartition(" ")
    return _PARTS[part] * (int(count) if count.isdigit() else 1)


def _sum(text: str) -> float:
    """Evaluate with the usual precedence: powers, then products, then sums, left to right."""
    pieces = re.split(rf" ({_SIGN}) (?={NUMBER})", text)
    numbers = [value(piece) for piece in pieces[::2]]
    signs = [_SYMBOLS[sign] for sign in pieces[1::2]]
    for level in ("^", "*/", "+-"):
        at = 0
        while at < len(signs):
            if signs[at] in level:
                numbers[at : at + 2] = [_apply(numbers[at], signs.pop(at), numbers[at + 1])]
            else:
                at += 1
    return numbers[0]


_SYMBOLS = {
    "plus": "+",
    "and": "+",
    "minus": "-",
    "times": "*",
    "multiplied by": "*",
    "divided by": "/",
    "over": "/",
    "to the power of": "^",
}


def _apply(left: float, sign: str, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return math.pow(left, right)
