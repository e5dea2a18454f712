"""Written answers as they are spoken: lower case, numbers and dates as words, no punctuation."""

from __future__ import annotations

import re

from domain import ONES, ORDINALS, words

MONTHS = (
    "january february march april may june july august september october november december"
).split()
LETTERS = {"d.c.": "d c", "h2o": "h two o", "au": "a u", "ag": "a g", "fe": "f e"}


def year(n: int) -> str:
    """A year from 1100 to 1999 in the usual pairs: 1905 -> nineteen oh five."""
    head, tail = divmod(n, 100)
    if tail == 0:
        return words(head) + " hundred"
    return words(head) + (" oh " if tail < 10 else " ") + words(tail)


def large(n: int) -> str:
    """A whole number below a billion."""
    if n < 10000:
        return words(n)
    if n < 1_000_000:
        head, tail = divmod(n, 1000)
        return words(head) + " thousand" + (" " + words(tail) if tail else "")
    head, tail = divmod(n, 1_000_000)
    return words(head) + " million" + (" " + large(tail) if tail else "")


def number(match: re.Match[str]) -> str:
    """One written number as words: 384,000 and 13.8 and 1889."""
    text = match[0]
    plain = text.replace(",", "")
    if "." in plain:
        whole, digits = plain.split(".")
        return large(int(whole)) + " point " + " ".join(ONES[int(d)] for d in digits)
    n = int(plain)
    return year(n) if "," not in text and 1100 <= n < 2000 else large(n)


def spoken(text: str) -> str:
    """`text` as a listener would write it down, in the domain's spelling."""
    text = text.lower()
    for written, said in LETTERS.items():
        text = re.sub(rf"(?<![a-z]){re.escape(written)}(?![a-z])", said, text)
    text = re.sub(
        rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b",
        lambda m: f"{m[1]} {ORDINALS[int(m[2]) - 1]}",
        text,
    )
    text = re.sub(r"\d[\d,]*(\.\d+)?(?<!,)", number, text)
    text = re.sub(r"[^a-z' ]", " ", text)
    return " ".join(text.split())
