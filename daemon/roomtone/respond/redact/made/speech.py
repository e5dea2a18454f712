"""How a recognizer, another language or another alphabet writes a value."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from roomtone.respond.redact.made.pieces import WORDS, grouped, spoken
from roomtone.respond.redact.word_list import in_order

_FILLERS = (", uh, ", " um ", ", let me see, ", " no wait ", ", ", " ... ", " and ", " then, ")
GERMAN_DIGITS = in_order("null eins zwei drei vier fünf sechs sieben acht neun")
_FRENCH = in_order("zéro un deux trois quatre cinq six sept huit neuf")
_SPANISH = in_order("cero uno dos tres cuatro cinco seis siete ocho nueve")
_ITALIAN = in_order("zero uno due tre quattro cinque sei sette otto nove")
_DUTCH = in_order("nul een twee drie vier vijf zes zeven acht negen")
_SWEDISH = in_order("noll ett två tre fyra fem sex sju åtta nio")
_LANGUAGES = (GERMAN_DIGITS, _FRENCH, _SPANISH, _ITALIAN, _DUTCH, _SWEDISH)
_TENS = in_order("twenty thirty forty fifty sixty seventy eighty ninety")
NATO = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        in_order(
            """
    alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november
    oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu
    """
        ),
        strict=True,
    )
)


def said(digits: str, random: Random) -> str:
    """Digits in words of one language, in tens, with fillers, or as a recognizer writes them."""
    way = random.randrange(6)
    if way == 0:
        words = random.choice(_LANGUAGES)
        return " ".join(words[int(d)] for d in digits)
    if way == 1:
        pairs = [digits[i : i + 2] for i in range(0, len(digits), 2)]
        return " ".join(pair(two) for two in pairs)
    if way == 2:
        groups = grouped(digits, (3, 3, 3)).split()
        return "".join(
            g + (random.choice(_FILLERS) if i < len(groups) - 1 else "")
            for i, g in enumerate(groups)
        )
    if way == 3:
        return ". ".join(grouped(digits, (4, 3, 3)).split())
    if way == 4:
        return spoken(digits[:4], random) + " " + grouped(digits[4:], (3, 3))
    return "-".join(digits)


def pair(two: str) -> str:
    """Two digits as they are said together."""
    if len(two) == 2 and two[0] > "1":
        ones = "" if two[1] == "0" else "-" + WORDS[int(two[1])]
        return _TENS[int(two[0]) - 2] + ones
    return " ".join(WORDS[int(d)] for d in two)


def disguised(text: str, random: Random) -> str:
    """The same to the eye: wide forms, invisible characters, other digits, line breaks."""
    return random.choice(_DISGUISES)(text)


_DISGUISES: tuple[Callable[[str], str], ...] = (
    lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "\u200b".join,
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\n", 1),
    lambda text: "".join(chr(0x0660 + int(c)) if c.isdigit() else c for c in text),
    lambda text: text.replace("-", "\u2011").replace(" ", "\u202f"),
    lambda text: text if "\u00df" in text else text.upper(),
    lambda text: text.replace("1", "1\ufe0f\u20e3"),
)
