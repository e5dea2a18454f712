"""What stands between and around numbers: what joins them, what calculates, what tells a time."""

from __future__ import annotations

import re

from roomtone.respond.redact.digits import TIMES

BRIDGES = frozenset(
    (
        *"-.,/()[]+*#:;'\"_|~<>=\\!?&{}@",
        *("and", "then", "und", "dann", "et", "puis", "y", "luego", "e", "poi", "dan", "og", "och"),
        *("dash", "hyphen", "space", "dot", "point", "period", "comma", "slash", "stroke", "star"),
        *("hash", "pound", "plus", "uh", "um", "er", "erm", "hmm", "eh", "ah", "so", "ok", "okay"),
        *("extension", "ext", "x", "pause", "next", "again", "punkt", "punto", "punt", "komma"),
        *(
            "strich",
            "bindestrich",
            "minus",
            "tiret",
            "trait",
            "guion",
            "trattino",
            "streep",
            "coma",
        ),
        *(
            "virgule",
            "virgola",
            "leerzeichen",
            "ehm",
            "ahm",
            "euh",
            "este",
            "allora",
            "alors",
            "also",
        ),
        *(
            "afterwards",
            "followed",
            "by",
            "yeah",
            "right",
            "well",
            "like",
            "gap",
            "barra",
            "bindestreck",
        ),
        *(
            "colon",
            "underscore",
            "en",
            "na",
            "daarna",
            "sedan",
            "sa",
            "h",
            "hm",
            "mm",
            "schragstrich",
        ),
        *(
            "open",
            "close",
            "bracket",
            "brackets",
            "parenthesis",
            "paren",
            "area",
            "code",
            "zero",
            "tens",
        ),
        *(
            "actually",
            "sorry",
            "no",
            "wait",
            "sir",
            "ma'am",
            "then's",
            "that's",
            "it's",
            "is",
            "nul",
        ),
    )
    | TIMES.keys()
)
DATING = frozenset(("of", "the", "in", "de", "del", "di", "den", "le", "im", "am", "and"))
SUMS = frozenset(("plus", "minus", "+", "x", "is", "by", "so", "like", "right", "well"))
"""Between two numbers they calculate or compare; they bridge only after an announcement."""

CALCULATING = frozenset(
    (
        *("plus", "minus", "times", "divided", "multiplied", "over", "percent", "of", "than", "$"),
        *(
            "between",
            "equals",
            "+",
            "*",
            "/",
            "=",
            "%",
            "x",
            "convert",
            "by",
            "divide",
            "into",
            "bc",
        ),
        *("root", "sum", "square", "add", "subtract", "multiply", "modulo", "\u20ac", "\u00a3"),
        *("people", "meters"),
    )
)
"""Beside four digits they calculate, compare or count."""

CALM = re.compile(
    r"(?<![\d:.-])(?:[01]?\d"
    r"|2[0-3])[:.][0-5]\d(?!\s?[\d:.-]*\d)(?::[0-5]\d(?![\d:]))?(?=\s?(?:[ap]\.?m"
    r"|uhr|h\b|o'clock))"
    r"|(?<![\d:.-])(?:[01]?\d|2[0-3]):[0-5]\d(?!\s?[.:/-]?\d)"
    r"|(?<![\d:.-])(?:[01]?\d|2[0-3]):[0-5]\d\s?-\s?(?:[01]?\d|2[0-3]):[0-5]\d(?!\s?[.:/-]?\d)"
    r"|(?<![\d./-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\120[3-9]\d(?![./-]?\d)"
    r"|(?<![\d./-])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/20[3-9]\d(?![./-]?\d)"
    r"|(?<![\d./-])20[3-9]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![./-]?\d)"
)
"""Times of day, and dates of a year in which nobody who asks was born."""
