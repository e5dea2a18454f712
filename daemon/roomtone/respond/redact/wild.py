"""Strings without a space that no language has: keys, plates, handles, bank codes, passwords."""

from __future__ import annotations

import re

from roomtone.respond.redact.found import Found
from roomtone.respond.redact.known import FAMOUS, WORLD
from roomtone.respond.redact.measures import UNITS
from roomtone.respond.redact.reading import Reading
from roomtone.respond.redact.vocabulary import KNOWN_LETTERS, is_common
from roomtone.respond.redact.word_list import words as word_list

LEAST = 5
"""Letters and digits of a string that is hidden when it holds both."""

_ENDLESS = 20
"""Letters of a word that is taken for a key."""

_CHUNK = re.compile(r"[^\s\"<>]{4,400}")
_EDGES = " ([{'\",;:.!?)]}\u2026-"
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_MADE = re.compile(r"\b[A-Z]{2,12}_\d+\b")
_MEASURED = re.compile(
    r"[\u20ac$\u00a3]?\d{1,6}(?:[.,:/x-]\d{1,6}){0,3}[- ]?(?P<unit>[^\W\d_]{1,12}|%)\.?"
)
_UNITS = UNITS | word_list(
    """
    bit bn byte bytes core course cv day door fold fps gb ghz gram hz inch k kb kbps kcal khz kmh
    kph kw kwh ma mah man mbit mg mhz mp nd nm nmol p part person piece pt px rd s st star step
    storey story tb th thirds time v w way wh x year
    """
)
_SERIES = word_list(
    """
    base boeing covid formula h mp n omega ps route sars sha type utf v vitamin win x
    """
)
_ODD = re.compile(r"\w[$#%^*=~|\\{}!?;)(\]\[&]+\w")
_PLURAL = re.compile(r"\w+\((?:s|es|r|n|in|e)\)|[A-Za-z]&[A-Za-z]|\w+'\w+")
_SWITCH = re.compile(r"[a-z][A-Z]")
_SHOUTED = re.compile(r"\b[A-Z]{6,20}\b")
_ROMAN = re.compile(r"[IVXLCDM]+")
_VOWELLESS = re.compile(r"(?<![\w'])[bcdfghjklmnpqrstvwxz]{5,20}(?![\w'])")
_BANK = re.compile(
    r"\b(?:bank\w*|swift|bic|accounts?|pay|rent|transfer|wire|konto|salary|money|savings|deposit|send)\b"
)
_BANK_CODE = re.compile(
    r"\b[a-z]{4}(?:at|au|be|br|ca|ch|cz|de|dk|es|fi|fr|gb|gr|hu|ie|in|it|jp|lu|nl|no|nz|pl|pt"
    r"|ro|se|tr|us|ae|bg|cn|ee|hk|hr|id|il|is|kr|lt|lv|mx|my|ph|rs|ru|sg|si|sk|th|ua|za)[a-z0-9]{2}(?:[a-z0-9]{3})?\b"
)


def wild(reading: Reading) -> list[Found]:
    """Strings to hide for what they look like, whatever stands around them."""
    plain = reading.plain
    found = []
    made = [match.span() for match in _MADE.finditer(plain)] if "_" in plain else []
    for match in _CHUNK.finditer(plain):
        text = match[0]
        if text.islower() and text.isalpha() and len(text) < _ENDLESS:
            continue
        text = text.strip(_EDGES)
        if len(text) < LEAST - 1 or any(a < match.end() and match.start() < b for a, b in made):
            continue
        if _is_wild(text):
            found.append(Found(*match.span(), "TOKEN"))
    if not plain.isupper():
        found += [
            Found(*match.span(), "TOKEN")
            for match in _SHOUTED.finditer(plain)
            if not _is_known(match[0].lower()) and not _ROMAN.fullmatch(match[0])
        ]
    found += [
        Found(*match.span(), "TOKEN")
        for match in _VOWELLESS.finditer(reading.low)
        if match[0] not in KNOWN_LETTERS and not is_common(match[0])
    ]
    if _BANK.search(reading.low):
        found += [
            Found(*match.span(), "ACCOUNT")
            for match in _BANK_CODE.finditer(reading.low)
            if not _is_known(match[0])
        ]
    return found


def _is_known(low: str) -> bool:
    return is_common(low) or low in KNOWN_LETTERS or low in WORLD or low in FAMOUS


def _is_wild(text: str) -> bool:
    """Whether digits stand among letters, signs among either, or capitals inside a word."""
    if len(text) >= _ENDLESS and any(
        len(part) >= _ENDLESS and part.isalpha() and not is_common(part.lower())
        for part in text.split("-")
    ):
        return True
    if text.isalpha():
        return len(text) > 6 and len(_SWITCH.findall(text)) > 1
    if _ODD.search(text) and not _PLURAL.fullmatch(text):
        return True
    if not any(map(str.isdigit, text)) or not any(map(str.isalpha, text)):
        return False
    enough = sum(map(str.isalnum, text)) >= LEAST - (text.isupper() or not text.isascii())
    return enough and not is_everyday(text.lower(), shouted=text.isupper())


def is_everyday(low: str, *, shouted: bool) -> bool:
    """Whether letters and digits say a quantity or a known kind: "24-hour", "covid-19"."""
    measured = _MEASURED.fullmatch(low)
    if measured and _is_unit(measured["unit"]):
        return True
    parts = _PARTS.findall(low)
    words = [part for part in parts if not part.isdigit()]
    numbers = [part for part in parts if part.isdigit()]
    if "@" in low or "_" in low or len("".join(numbers)) > 4:
        return False
    if shouted and not set(words) <= _SERIES:
        return False
    bound = any(not mark.isalnum() for mark in low)
    return all(
        word in _SERIES or (bound and (is_common(word) or word in _UNITS)) for word in words
    ) and (bound or len(words) == 1)


def _is_unit(text: str | None) -> bool:
    return text is not None and (text in _UNITS or (len(text) > 3 and is_common(text)))
